/** How much is allowed: so many calls a second, and so many at once. */
export interface Limit {
  readonly perSecond: number;
  /** How full the bucket can be; `perSecond` unless told. */
  readonly burst?: number;
}

/** Where a caller stands after a call. */
export interface Standing {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When a call is allowed again, in milliseconds from now; 0 where it is allowed now. */
  readonly waitMs: number;
}

/** One bucket per key, filled by the clock `now` (milliseconds). */
interface Limiter {
  take(key: string): Standing | undefined;
  set(limit: Limit | undefined): void;
}

/** A token bucket per key; without a limit `take` answers undefined. */
export function openLimiter(now: () => number, first?: Limit): Limiter {
  let limit = first;
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    set(next) {
      limit = next;
      buckets.clear();
    },
    take(key) {
      if (!limit) return undefined;
      const size = limit.burst ?? limit.perSecond;
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: size, at };
      const tokens = Math.min(size, bucket.tokens + ((at - bucket.at) / 1_000) * limit.perSecond);
      const allowed = tokens >= 1;
      const left = allowed ? tokens - 1 : tokens;
      buckets.set(key, { tokens: left, at });
      const waitMs = allowed ? 0 : Math.ceil(((1 - left) / limit.perSecond) * 1_000);
      return { allowed, limit: limit.perSecond, remaining: Math.floor(left), waitMs };
    },
  };
}
