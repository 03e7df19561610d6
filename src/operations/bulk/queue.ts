import type { Slice } from "../../domain/bulk-job.js";
import type { Db } from "../../store/store.js";

/** Where work waits for a worker of any replica. */
export interface Queue {
  /** Hands slices in; within a transaction they are there only when it is committed. */
  send(tx: Db, slices: readonly Slice[], afterMs?: number): Promise<void>;
}
