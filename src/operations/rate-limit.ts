import { LRUCache } from "lru-cache";
import type { Taken } from "../store/rate-limits.js";

/** What one request was told. */
export interface Allowance {
  readonly isAllowed: boolean;
  /** Requests of a window. */
  readonly limit: number;
  /** What the key has left, as far as this replica knows. */
  readonly left: number;
  /** When there is more again, in milliseconds since 1970. */
  readonly resetsAt: number;
  /** The same from now on. */
  readonly resetsInMs: number;
}

export interface RateLimitOptions {
  /** Requests of one key in one window. */
  readonly limit: number;
  readonly windowMs: number;
  /** Takes out of the window that all replicas share. */
  readonly take: (key: string, chunk: number) => Promise<Taken>;
  /** Milliseconds from any beginning that never go back. */
  readonly now: () => number;
  /** How long the shared window may take to answer before it counts as away, in milliseconds; default 1,000. */
  readonly patienceMs?: number;
  /** Told when the shared window is away. */
  readonly onAway?: (error: unknown) => void;
}

/** Counts a request against a key's limit; at once where this replica holds some of it. */
export type RateLimit = (key: string) => Allowance | Promise<Allowance>;

/** What this replica holds of one key's window. */
interface Budget {
  held: number;
  /** What the shared window had left when it was last asked. */
  shared: number;
  /** By `now`. */
  resetsAt: number;
  taking?: Promise<void> | undefined;
}

/** How long a store that didn't answer is let alone, in milliseconds. */
const LET_ALONE_MS = 5_000;
/** Keys that are held at once; who is forgotten takes anew. */
const KEYS = 10_000;

/**
 * A limit that replicas share without asking the store each time: a replica takes a hundredth of the limit out of the shared window
 * and spends it from memory. While the store is away each replica counts by itself, so that a gateway whose store has trouble still
 * serves what needs none: then a key may have up to the limit at each replica.
 */
export function openRateLimit(options: RateLimitOptions): RateLimit {
  const { limit, windowMs, take, now, patienceMs = 1_000, onAway } = options;
  const chunk = Math.max(1, Math.floor(limit / 100));
  const budgets = new LRUCache<string, Budget>({ max: KEYS });
  const own = new LRUCache<string, Budget>({ max: KEYS });
  let awayUntil = -Infinity;

  const told = ({ held, shared, resetsAt }: Budget, isAllowed: boolean): Allowance => {
    const resetsInMs = Math.max(0, resetsAt - now());
    return { isAllowed, limit, left: held + shared, resetsAt: Date.now() + resetsInMs, resetsInMs };
  };
  /** What this replica alone would allow, for as long as nobody can say more. */
  const takeOwn = (key: string): Taken => {
    const known = own.get(key);
    const window = known && known.resetsAt > now() ? known : { held: limit, shared: 0, resetsAt: now() + windowMs };
    own.set(key, window);
    const granted = Math.min(chunk, window.held);
    window.held -= granted;
    return { granted, left: window.held, resetsInMs: window.resetsAt - now() };
  };
  const taken = async (key: string): Promise<Taken> => {
    if (now() < awayUntil) return takeOwn(key);
    try {
      return await within(patienceMs, take(key, chunk));
    } catch (error) {
      awayUntil = now() + LET_ALONE_MS;
      onAway?.(error);
      return takeOwn(key);
    }
  };
  const refill = async (key: string, budget: Budget): Promise<void> => {
    const { granted, left, resetsInMs } = await taken(key);
    Object.assign(budget, { held: granted, shared: left, resetsAt: now() + resetsInMs });
  };

  const spend: RateLimit = (key) => {
    let budget = budgets.get(key);
    if (!budget) budgets.set(key, (budget = { held: 0, shared: limit, resetsAt: -Infinity }));
    const isOver = now() >= budget.resetsAt;
    if (isOver) budget.held = 0;
    if (budget.held > 0) {
      budget.held -= 1;
      return told(budget, true);
    }
    if (!isOver && budget.shared === 0) return told(budget, false);
    budget.taking ??= refill(key, budget).finally(() => (budget.taking = undefined));
    return budget.taking.then(() => spend(key));
  };
  return spend;
}

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      answer,
      new Promise<never>((_, reject) => {
        late = setTimeout(() => reject(new Error(`The rate limits did not answer within ${ms} ms.`)), ms);
      }),
    ]);
  } finally {
    clearTimeout(late);
  }
}
