import { setTimeout as wait } from "node:timers/promises";
import type { Operation } from "../../domain/delivery.js";
import type { Owner } from "../../domain/owner.js";
import { findByKeys } from "../../store/ledger.js";
import type { LedgerRow } from "../../store/ledger-row.js";
import type { Db } from "../../store/store.js";

const FIRST_MS = 25;
const LONGEST_MS = 500;

/**
 * The row of a key as soon as its write isn't under way any more, or as it is at the deadline: for whoever asks while another
 * request, or another replica, is sending. Undefined where there is no such row.
 */
export async function awaitOutcome(
  db: Db,
  owner: Owner,
  operation: Operation,
  key: string,
  until: number,
): Promise<LedgerRow | undefined> {
  for (let pause = FIRST_MS; ; pause = Math.min(LONGEST_MS, pause * 1.6)) {
    const [row] = await findByKeys(db, owner, [key], operation);
    if (row?.state !== "SENDING" || performance.now() + pause > until) return row;
    await wait(pause);
  }
}
