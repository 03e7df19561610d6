import type { Connection } from "../../connectors/connection.js";
import { operationOf, type BulkItem, type BulkJob, type BulkJobState } from "../../domain/bulk-job.js";
import type { Caller } from "../../domain/caller.js";
import type { Delivery } from "../../domain/delivery.js";
import { RequestError } from "../../domain/request-error.js";
import { cancelled } from "../../domain/ticket-error.js";
import { findJob, listItems, listJobs, moveJob, settleItems } from "../../store/jobs.js";
import { findByKeys } from "../../store/ledger.js";
import type { LedgerRow } from "../../store/ledger-row.js";
import { findConnection, need } from "../access.js";
import { deliveryOf, unsent } from "../delivery/tell.js";
import type { Kernel } from "../kernel.js";
import { list, type Listing, type ListRequest } from "../listing.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A job of the caller's tenant; null where there is none. */
export async function readJob(kernel: Kernel, caller: Caller, id: string): Promise<BulkJob | null> {
  need(caller, "tickets:read");
  const job = UUID.test(id) ? await findJob(kernel.dbOf(caller.tenantId), id) : undefined;
  return job?.tenantId === caller.tenantId ? job : null;
}

/** The tenant's jobs, the latest first. */
export function readJobs(
  kernel: Kernel,
  caller: Caller,
  state: BulkJobState | null | undefined,
  request: ListRequest,
): Promise<Listing<BulkJob>> {
  need(caller, "tickets:read");
  return list(request, async ({ first, after }) => {
    const before = after === undefined ? {} : { before: Number(after) };
    const items = await listJobs(kernel.dbOf(caller.tenantId), caller.tenantId, {
      ...(state && { state }),
      first,
      ...before,
    });
    const last = items.at(-1);
    return { items, total: null, ...(last && items.length === first && { next: String(last.number) }) };
  });
}

/** What became of one ticket of a job. */
interface ItemResult {
  readonly index: number;
  readonly connection: Connection;
  readonly delivery: Delivery;
}

/** The results of a job in request order; those of connections that the caller may not see are left out. */
export function readResults(
  kernel: Kernel,
  caller: Caller,
  job: BulkJob,
  failedOnly: boolean,
  request: ListRequest,
): Promise<Listing<ItemResult>> {
  return list(request, async ({ first, after }) => {
    const items = await listItems(kernel.dbOf(caller.tenantId), job.id, {
      after: Number(after ?? -1),
      first,
      failedOnly,
    });
    const rows = await ledgerRows(kernel, job, items);
    const last = items.at(-1);
    return {
      items: items.flatMap((item) => resultOf(kernel, caller, item, rows) ?? []),
      total: failedOnly ? null : job.total,
      ...(last && items.length === first && { next: String(last.index) }),
    };
  });
}

/** Stops a job: what hasn't been sent is not sent any more. Throws RequestError where there is no such job. */
export async function cancelJob(kernel: Kernel, caller: Caller, id: string): Promise<BulkJob> {
  need(caller, "tickets:write");
  const job = await readJob(kernel, caller, id);
  if (!job) throw new RequestError("NOT_FOUND", `There is no bulk job "${id}".`);
  const db = kernel.dbOf(caller.tenantId);
  if (await moveJob(db, id, ["QUEUED", "RUNNING", "PAUSED"], "CANCELLED")) {
    for (let after = -1; ;) {
      const items = await listItems(db, id, { after, first: 1_000, failedOnly: false });
      const rest = items.filter(({ state }) => state === "WAITING");
      const errors = [cancelled()];
      if (rest.length > 0)
        await settleItems(
          db,
          id,
          rest.map(({ index }) => ({ index, state: "REJECTED", identifier: null, ref: null, errors })),
        );
      const last = items.at(-1);
      if (!last) break;
      after = last.index;
    }
  }
  await kernel.audit(caller, [{ action: "cancelBulkJob", subject: id, outcome: "DONE" }]);
  return (await readJob(kernel, caller, id)) ?? job;
}

async function ledgerRows(
  kernel: Kernel,
  { tenantId, kind }: BulkJob,
  items: readonly BulkItem[],
): Promise<ReadonlyMap<string, LedgerRow>> {
  const keys = new Map<string, string[]>();
  for (const { connectionId, key } of items) keys.set(connectionId, [...(keys.get(connectionId) ?? []), key]);
  const rows = await Promise.all(
    [...keys].map(([connectionId, some]) =>
      findByKeys(kernel.dbOf(tenantId), { tenantId, connectionId }, some, operationOf(kind)),
    ),
  );
  return new Map(rows.flat().map((row) => [`${row.connectionId} ${row.key}`, row]));
}

function identifierOf({ ticket }: BulkItem): string | null {
  return "identifier" in ticket ? (ticket.identifier ?? null) : null;
}

function resultOf(
  kernel: Kernel,
  caller: Caller,
  item: BulkItem,
  rows: ReadonlyMap<string, LedgerRow>,
): ItemResult | undefined {
  const connection = findConnection(kernel, caller, item.connectionId);
  if (!connection) return undefined;
  const row = rows.get(`${item.connectionId} ${item.key}`);
  const untold = unsent(connection, item.key, identifierOf(item), item.errors);
  const state: Delivery["state"] = item.state === "WAITING" ? "PENDING" : item.state;
  // A ticket that was refused before it was sent is in no ledger; the item itself knows why.
  const delivery =
    row && row.state !== "REJECTED" ? deliveryOf(row, connection) : { ...untold, state, attempts: row?.attempts ?? 0 };
  return { index: item.index, connection, delivery };
}
