/** SKIPPED: it couldn't be looked at, because of what was found before. */
export const FINDING_STATES = ["ok", "warning", "failed", "skipped"] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** One thing that was looked at. */
export interface Finding {
  readonly state: FindingState;
  /** What was looked at, in a word or two. */
  readonly what: string;
  /** What was found, as a sentence; never a secret. */
  readonly found: string;
  /** What to do about it; absent where there is nothing to do, or where `found` says it. */
  readonly todo?: string;
}

export function ok(what: string, found: string): Finding {
  return { state: "ok", what, found };
}

export function warning(what: string, found: string, todo?: string): Finding {
  return { state: "warning", what, found, ...(todo !== undefined && { todo }) };
}

export function failed(what: string, found: string, todo?: string): Finding {
  return { state: "failed", what, found, ...(todo !== undefined && { todo }) };
}

export function skipped(what: string, found: string): Finding {
  return { state: "skipped", what, found };
}

/** "3 tickets", "1 ticket". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
