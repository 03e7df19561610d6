import {
  callerOf,
  operationOf,
  type BulkItem,
  type BulkJob,
  type SettledItem,
  type Slice,
} from "../../domain/bulk-job.js";
import { failedInGateway } from "../../domain/ticket-error.js";
import { StoreUnavailable } from "../../domain/store-unavailable.js";
import { findByKeys } from "../../store/ledger.js";
import { findJob, moveJob, settleItems, waitingItems } from "../../store/jobs.js";
import { CREATING, UPDATING } from "../writing.js";
import { writeTickets, type WriteRequest, type WriteResult } from "../write-tickets.js";
import type { Kernel } from "../kernel.js";
import { settledWithout } from "./without-connection.js";

/** After how many milliseconds what is left of a slice is tried again: undecided writes soon, then later, up to 8 s. */
const UNDECIDED_MS = 2_000;
const AWAY_MS = 5_000;

/** Writes what of a slice still waits. What can't be settled now goes back into the queue; a vendor that is away pauses the job. */
export async function runSlice(kernel: Kernel, slice: Slice): Promise<void> {
  const job = await runningJob(kernel, slice);
  if (!job) return;
  const db = kernel.dbOf(job.tenantId);
  const waiting = await waitingItems(db, slice);
  const open = kernel.connectionsOf(job.tenantId);
  const gone = waiting.filter(({ connectionId }) => !open.has(connectionId));
  if (gone.length > 0) await settleItems(db, slice.jobId, await settledWithout(kernel, job, gone));
  const items = waiting.filter(({ connectionId }) => open.has(connectionId));
  if (items.length === 0) return;
  const results = await write(kernel, job, items);
  const judged = items.map((item, n) => ({ item, ...judge(item, results[n] as WriteResult) }));
  const final = judged.flatMap(({ settled }) => settled ?? []);
  if (final.length > 0) await settleItems(db, slice.jobId, final);
  const left = judged.filter(({ settled }) => !settled);
  if (left.length === 0) return;
  const isAway = final.length === 0 && left.every(({ isAway }) => isAway);
  if (isAway) await moveJob(db, slice.jobId, ["RUNNING"], "PAUSED");
  const waits = final.length > 0 ? 0 : (slice.waits ?? 0);
  await kernel.queue.send(
    db,
    [{ ...slice, waits: waits + 1 }],
    isAway ? AWAY_MS : UNDECIDED_MS * 2 ** Math.min(waits, 2),
  );
}

/** Goes through a slice that failed again and again, ticket by ticket, so that the one that does it fails alone. */
export async function runPoisoned(kernel: Kernel, slice: Slice, report: (error: unknown) => void): Promise<void> {
  const job = await runningJob(kernel, slice);
  if (!job) return;
  const db = kernel.dbOf(job.tenantId);
  for (const item of await waitingItems(db, slice)) {
    try {
      const [result] = await write(kernel, job, [item]);
      const { settled } = judge(item, result as WriteResult);
      if (settled) await settleItems(db, slice.jobId, [settled]);
      else await again(kernel, job, item, slice);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      report(error);
      // What the ledger has may have been sent: its word counts, and this one's turn comes again.
      if (await isInLedger(kernel, job, item)) {
        await again(kernel, job, item, slice);
        continue;
      }
      const failed = {
        index: item.index,
        state: "REJECTED",
        identifier: null,
        ref: null,
        errors: [failedInGateway()],
      } as const;
      await settleItems(db, slice.jobId, [failed]);
    }
  }
}

function again(kernel: Kernel, { tenantId }: BulkJob, { index }: BulkItem, { jobId }: Slice): Promise<void> {
  return kernel.queue.send(kernel.dbOf(tenantId), [{ jobId, from: index, to: index + 1 }], UNDECIDED_MS);
}

async function isInLedger(
  kernel: Kernel,
  { tenantId, kind }: BulkJob,
  { connectionId, key }: BulkItem,
): Promise<boolean> {
  return (await findByKeys(kernel.dbOf(tenantId), { tenantId, connectionId }, [key], operationOf(kind))).length > 0;
}

async function runningJob(kernel: Kernel, { jobId }: Slice): Promise<BulkJob | undefined> {
  const job = await findJob(kernel.systemDb, jobId);
  if (!job || job.state === "CANCELLED" || job.state === "DONE") return undefined;
  if (job.state === "QUEUED") await moveJob(kernel.dbOf(job.tenantId), jobId, ["QUEUED"], "RUNNING");
  return job;
}

function write(kernel: Kernel, job: BulkJob, items: readonly BulkItem[]): Promise<readonly WriteResult[]> {
  const caller = callerOf(job.caller);
  const requests = <T>(): WriteRequest<T>[] =>
    items.map(({ connectionId, ticket, key }) => ({ connectionId, ticket: ticket as T, idempotencyKey: key }));
  switch (job.kind) {
    case "CREATE":
      return writeTickets(kernel, caller, CREATING, null, requests(), "background");
    case "UPDATE":
      return writeTickets(kernel, caller, UPDATING, null, requests(), "background");
  }
}

/** What is final of a result, or that it isn't and whether the vendor (or our own store) is away. */
function judge(
  { index }: BulkItem,
  { delivery: { state, identifier, ref, errors } }: WriteResult,
): { readonly settled?: SettledItem; readonly isAway: boolean } {
  const isPassing = state === "REJECTED" && errors.some(({ retryable }) => retryable);
  if (state === "PENDING" || state === "UNKNOWN" || isPassing) return { isAway: isPassing };
  return { settled: { index, state, identifier, ref, errors }, isAway: false };
}
