import { createHash, randomUUID } from "node:crypto";
import { storedCaller, type BulkItem, type BulkJob, type BulkJobKind, type Slice } from "../../domain/bulk-job.js";
import type { Caller } from "../../domain/caller.js";
import { RequestError } from "../../domain/request-error.js";
import { unkeepable } from "../../domain/rules.js";
import { keyReused, type TicketError } from "../../domain/ticket-error.js";
import { findJobByKey, insertJob, type NewJob } from "../../store/jobs.js";
import { inTransaction } from "../../store/store.js";
import { connectionFor, need } from "../access.js";
import type { WriteRequest } from "../write-tickets.js";
import { requestHashOf } from "../delivery/keys.js";
import type { Kernel } from "../kernel.js";

/** A job that was begun, or what stood against it. */
type Started =
  | { readonly job: BulkJob; readonly errors: readonly [] }
  | { readonly job: null; readonly errors: readonly TicketError[] };

/**
 * Begins a job that creates or changes tickets and answers at once. The same key and tickets again give the same job.
 * Throws RequestError when the caller may not write, for too many or no tickets, or for a connection that isn't there.
 */
export async function startBulkJob(
  kernel: Kernel,
  caller: Caller,
  kind: BulkJobKind,
  connectionId: string | null | undefined,
  requests: readonly WriteRequest<BulkItem["ticket"]>[],
  idempotencyKey: string | undefined,
): Promise<Started> {
  need(caller, "tickets:write");
  const max = kernel.limits.bulkJobMax;
  if (requests.length < 1 || requests.length > max) {
    const advice = requests.length > max ? " Start several jobs." : "";
    throw new RequestError("BAD_USER_INPUT", `tickets takes 1 to ${max}; ${requests.length} were given.${advice}`);
  }
  const unkept = requests.flatMap(({ ticket }, n) => unkeepable(ticket, ["tickets", String(n)]));
  if (unkept.length > 0) return { job: null, errors: unkept.slice(0, 100) };
  const key = idempotencyKey ?? randomUUID();
  const connections = requests.map((request) => connectionFor(kernel, caller, request.connectionId ?? connectionId));
  const items = requests.map(({ ticket, idempotencyKey: own }, n) => ({
    connectionId: connections[n]?.id ?? "",
    key: own ?? `${key}#${n}`,
    ticket,
  }));
  const hash = createHash("sha256");
  if (kind !== "CREATE") hash.update(kind);
  for (const { connectionId: place, key: own, ticket } of items)
    hash.update(JSON.stringify([place, own, requestHashOf(ticket)]));
  const { tenantId } = caller;
  const job: NewJob = {
    id: randomUUID(),
    tenantId,
    kind,
    key,
    requestHash: hash.digest("hex"),
    caller: storedCaller(caller),
    items,
  };
  const begun = await inTransaction(kernel.dbOf(tenantId), async (tx) => {
    const kept = await insertJob(tx, job);
    if (kept) await kernel.queue.send(tx, slicesOf(job.id, connections));
    return kept;
  });
  const found = begun ?? (await findJobByKey(kernel.dbOf(tenantId), tenantId, key));
  if (found?.requestHash !== job.requestHash) return { job: null, errors: [keyReused(key)] };
  await kernel.audit(caller, [{ action: ACTIONS[kind], subject: found.id, outcome: "DONE" }]);
  return { job: found, errors: [] };
}

/** By which mutation a job is begun. */
const ACTIONS: Readonly<Record<BulkJobKind, string>> = {
  CREATE: "startBulkCreateTickets",
  UPDATE: "startBulkUpdateTickets",
};

/** Neighbours for the same connection, as many as its vendor takes in one call. */
function slicesOf(
  jobId: string,
  connections: readonly {
    readonly id: string;
    readonly capabilities: { readonly batch: { readonly create: number } };
  }[],
): readonly Slice[] {
  const slices: Slice[] = [];
  for (let from = 0; from < connections.length;) {
    const first = connections[from];
    const most = first?.capabilities.batch.create ?? 1;
    let to = from + 1;
    while (to < connections.length && to - from < most && connections[to]?.id === first?.id) to += 1;
    slices.push({ jobId, from, to });
    from = to;
  }
  return slices;
}
