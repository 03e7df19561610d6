export const SYNC_STATES = ["NEVER", "QUEUED", "RUNNING", "IDLE", "FAILED"] as const;
export const SYNC_MODES = ["FULL", "CHANGES"] as const;
/** Everything, or what changed since the last run. */
export type SyncMode = (typeof SYNC_MODES)[number];

/** How the sync of a connection is doing. */
export interface SyncState {
  readonly state: (typeof SYNC_STATES)[number];
  readonly mode: SyncMode | null;
  /** How many tickets the run under way, or the last one, has seen. */
  readonly tickets: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Since when the store may be behind: when the last whole run began. */
  readonly syncedAt: Date | null;
  /** Why the last run stopped; it goes on from there at its next turn. */
  readonly error: string | null;
}

/** What notices a list that goes round without keeping every cursor: Brent's way, https://en.wikipedia.org/wiki/Cycle_detection#Brent's_algorithm */
export interface LoopMark {
  readonly cursor: string;
  readonly steps: number;
  readonly until: number;
}

/** The mark after one more cursor; undefined where it was there before. */
export function stepped(mark: LoopMark | null, cursor: string): LoopMark | undefined {
  if (mark === null) return { cursor, steps: 0, until: 1 };
  if (mark.cursor === cursor) return undefined;
  const steps = mark.steps + 1;
  return steps >= mark.until ? { cursor, steps: 0, until: mark.until * 2 } : { ...mark, steps };
}
