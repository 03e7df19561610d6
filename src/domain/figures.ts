import type { BulkJobState } from "./bulk-job.js";
import type { Owner } from "./owner.js";
import type { SYNC_STATES } from "./sync.js";

/** What waits in the database at a moment, for all replicas alike; ages in seconds by the database's clock. */
export interface Figures {
  /** Writes that aren't settled. */
  readonly ledger: readonly (Owner & {
    readonly state: string;
    readonly rows: number;
    readonly oldest: number;
  })[];
  /** Jobs that aren't done, and how many of their tickets wait. */
  readonly jobs: readonly { readonly state: BulkJobState; readonly jobs: number; readonly items: number }[];
  /** What is in each queue; the age of the oldest that could begin, null where none could. */
  readonly queues: readonly {
    readonly queue: string;
    readonly ready: number;
    readonly deferred: number;
    readonly active: number;
    readonly oldest: number | null;
  }[];
  /** `lag` is the age of the last whole run, null where there was none. */
  readonly syncs: readonly (Owner & {
    readonly state: (typeof SYNC_STATES)[number];
    readonly lag: number | null;
  })[];
  /** Messages of vendors that wait. */
  readonly inbox: readonly (Owner & { readonly rows: number; readonly oldest: number })[];
}
