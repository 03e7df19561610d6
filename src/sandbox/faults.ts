import type { Random } from "./random.js";

/** How a vendor can misbehave, and whether the deed is done all the same (where the call was good). */
export const FAULT_KINDS = {
  /** A right answer, `delayMs` late. */
  delay: { done: true },
  /** Too many requests, with `retryAfter` where it is given. */
  "429": { done: false },
  /** `status` (503 unless told) with a page of HTML. */
  status: { done: false },
  /** As if the credentials were wrong. */
  "auth-401": { done: false },
  /** The connection is reset before anything is done. */
  reset: { done: false },
  /** The deed is done, then the connection is reset with half of the answer sent. */
  "reset-mid": { done: true },
  /** The deed is done, then the connection is reset without an answer. */
  "commit-reset": { done: true },
  /** The deed is done, and no answer ever comes. */
  "commit-timeout": { done: true },
  /** Nothing is done and no answer ever comes. */
  hang: { done: false },
  /** A whole HTTP answer whose JSON stops half-way. */
  truncated: { done: true },
  /** The right status with no body. */
  empty: { done: true },
  /** The right status with the body `null`. */
  "null-body": { done: true },
  /** A sign-in page, with status 200. */
  "html-200": { done: false },
  /** A page of HTML, with status 404. */
  "html-404": { done: false },
  /** The right answer, a byte every `delayMs` (1,000 unless told). */
  slowloris: { done: true },
  /** The right answer, said to be text/plain. */
  "wrong-type": { done: true },
  /** An answer of `bytes` (512 MiB unless told). */
  huge: { done: true },
  /** An answer that unpacks to `bytes` (1 GiB unless told). */
  gzipbomb: { done: true },
  /** JSON nested `bytes` deep (100,000 unless told). */
  "deep-json": { done: true },
  /** In an answer with several things, the last has the id of the first. */
  "dup-ids": { done: true },
  /** In a bulk create, and in a bulk task, each element fails with the chance `share` (0.5 unless told). */
  partial: { done: true },
  /** Of a bulk create the first half is done (of any other call all), then `status` (500 unless told) with a page of HTML. */
  half: { done: true },
  /** A task is taken, and dies when half of it is done. */
  "dead-task": { done: true },
} as const;
export type FaultKind = keyof typeof FAULT_KINDS;

/** When to misbehave, and how. */
export interface FaultRule {
  readonly kind: FaultKind;
  /** Which calls: an operation's name, a path, "METHOD path", or a pattern (a RegExp, or its text between slashes) over these. All, unless told. */
  readonly operation?: string | RegExp;
  /** How many calls at most; without end unless told. */
  readonly times?: number;
  /** With which chance, 0 to 1; always unless told. */
  readonly probability?: number;
  /** How many matching calls are let through first; none unless told. */
  readonly after?: number;
  /** Wait so long before, in milliseconds; with slowloris, between bytes. */
  readonly delayMs?: number;
  /** What Retry-After says: seconds, or "date" for a date two seconds ahead. No such header unless told. */
  readonly retryAfter?: number | "date";
  /** The status of the kinds "status" and "half". */
  readonly status?: number;
  /** Overrides whether the deed is done. */
  readonly done?: boolean;
  readonly share?: number;
  readonly bytes?: number;
  /** More headers for an answer of kind 429 or status. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The rules in force. */
export interface Faults {
  /** Takes effect with the next call; the rule added first is asked first. Throws where its pattern can't be read. */
  add(rule: FaultRule): void;
  clear(): void;
  readonly rules: readonly FaultRule[];
  /** The rule that this call falls under, whose counts it moves on. */
  pick(names: readonly string[]): FaultRule | undefined;
}

/** No rules at first; chance comes from `random`. */
export function openFaults(random: Random): Faults {
  let entries: { rule: FaultRule; fits: (names: readonly string[]) => boolean; seen: number; used: number }[] = [];
  return {
    add: (rule) => void entries.push({ rule, fits: matcherOf(rule.operation), seen: 0, used: 0 }),
    clear: () => void (entries = []),
    get rules() {
      return entries.map(({ rule }) => rule);
    },
    pick(names) {
      for (const entry of entries) {
        const { rule } = entry;
        if (!entry.fits(names)) continue;
        entry.seen += 1;
        if (entry.seen <= (rule.after ?? 0) || entry.used >= (rule.times ?? Infinity)) continue;
        if (random() >= (rule.probability ?? 1)) continue;
        entry.used += 1;
        return rule;
      }
      return undefined;
    },
  };
}

/** Tells whether a call with these names is meant; throws a SyntaxError where the pattern can't be read. */
export function matcherOf(operation: FaultRule["operation"]): (names: readonly string[]) => boolean {
  if (operation === undefined) return () => true;
  const between = typeof operation === "string" ? /^\/(.+)\/([imsu]*)$/.exec(operation) : undefined;
  const pattern = between ? new RegExp(between[1] ?? "", between[2]) : operation;
  return (names) =>
    names.some((name) => name === operation || (pattern instanceof RegExp && name.search(pattern) !== -1));
}
