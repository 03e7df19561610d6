/** When a connection's tickets are copied into the store by itself. All in milliseconds. */
export interface SyncPlan {
  /** How often changes are read. */
  readonly everyMs: number;
  /** How often everything is read, so that what is gone is noticed. */
  readonly fullEveryMs: number;
}

/** How far a run of changes reaches back before the last one began: for vendors whose search lags, and clocks that differ. */
export const OVERLAP_MS = 300_000;
/** How many tickets one page holds. */
export const PAGE = 100;
/** How many pages are read ahead of the store at most. */
export const AHEAD = 5;
