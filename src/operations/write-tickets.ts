import { randomUUID } from "node:crypto";
import type { Connection } from "../connectors/connection.js";
import type { Caller } from "../domain/caller.js";
import type { Delivery } from "../domain/delivery.js";
import type { Ticket, VendorId } from "../domain/ticket.js";
import { keyReused } from "../domain/ticket-error.js";
import type { Call } from "../http/http.js";
import type { LedgerRow } from "../store/ledger-row.js";
import { connectionFor, need } from "./access.js";
import { actOf, type Act } from "./audit.js";
import { deliverTicket } from "./deliver-ticket.js";
import { requestHashOf } from "./delivery/keys.js";
import { knownDeliveries, type Keyed } from "./delivery/known.js";
import { deliveryOf, unsent } from "./delivery/tell.js";
import type { Kernel } from "./kernel.js";
import { freshenWritten } from "./sync/freshen.js";
import type { Writing } from "./writing.js";

/** What became of one ticket. */
export interface WriteResult {
  readonly connection: Connection;
  readonly delivery: Delivery;
  /** The ticket as it is now, where it has been read. */
  readonly ticket?: Ticket;
}

/** What is asked for one ticket and, where it isn't the request's, the connection that it is for. */
export interface WriteRequest<T> {
  readonly connectionId?: string | null;
  readonly ticket: T;
  /** The same key and ticket again gives the same answer again; made here where the caller gives none. */
  readonly idempotencyKey?: string | null;
}

/**
 * Writes tickets, all in the same way, and gives one result each, in order: no ticket's trouble touches another's, and a key that was seen before
 * gives what it gave before. Throws RequestError when the caller may not write, or when a connection isn't there.
 */
export async function writeTickets<T extends object>(
  kernel: Kernel,
  caller: Caller,
  writing: Writing<T>,
  connectionId: string | null | undefined,
  requests: readonly WriteRequest<T>[],
  lane: Call["lane"] = "interactive",
): Promise<readonly WriteResult[]> {
  need(caller, "tickets:write");
  // All connections are found before any ticket is sent: a request that names a wrong one sends nothing.
  const keyed = requests.map(({ ticket, idempotencyKey, connectionId: own }): Keyed<T> => ({
    connection: connectionFor(kernel, caller, own ?? connectionId),
    ticket,
    key: idempotencyKey ?? randomUUID(),
    requestHash: requestHashOf(ticket),
  }));
  const given = keyed.filter((_, n) => requests[n]?.idempotencyKey != null);
  const known = await knownDeliveries(kernel, caller.tenantId, writing.operation, given);
  const results = await Promise.all(
    keyed.map(async (one): Promise<WriteResult> => {
      const row = known.of(one);
      const delivery = row && !mayTryAgain(row, one, lane) ? answerOf(row, one) : undefined;
      return {
        connection: one.connection,
        delivery: delivery ?? (await deliverTicket(kernel, caller.tenantId, writing, one, lane, known.error)),
      };
    }),
  );
  await kernel.audit(caller, actsOf(writing.operation, results, lane));
  return withFresh(kernel, caller.tenantId, results, lane);
}

/** What is written down of writes: of a job's only what is settled, since what isn't comes again. */
function actsOf(action: string, results: readonly WriteResult[], lane: Call["lane"]): readonly Act[] {
  const isTold = ({ state, errors }: Delivery): boolean =>
    lane === "interactive" ||
    state === "DELIVERED" ||
    state === "NEEDS_REVIEW" ||
    (state === "REJECTED" && !errors.some(({ retryable }) => retryable));
  return results.filter(({ delivery }) => isTold(delivery)).map(({ delivery }) => actOf(action, delivery));
}

/** The synced store learns of what was written at once; what it has just read, nobody need read again. */
async function withFresh(
  kernel: Kernel,
  tenantId: string,
  results: readonly WriteResult[],
  lane: Call["lane"],
): Promise<readonly WriteResult[]> {
  const written = Map.groupBy(
    results.filter(({ delivery }) => delivery.state === "DELIVERED" && delivery.ref !== null),
    ({ connection }) => connection,
  );
  const fresh = new Map<Connection, ReadonlyMap<VendorId, Ticket>>();
  await Promise.all(
    [...written].map(async ([connection, some]) => {
      const ids = some.flatMap(({ delivery }) => delivery.ref?.vendorId ?? []);
      const tickets = await freshenWritten(kernel, tenantId, connection, ids, lane);
      fresh.set(connection, new Map(tickets.map((ticket) => [ticket.vendorId, ticket])));
    }),
  );
  return results.map((result) => {
    const ticket = fresh.get(result.connection)?.get(result.delivery.ref?.vendorId ?? "");
    return ticket ? { ...result, ticket } : result;
  });
}

/** What was refused for a passing reason may be asked for again under the same key; people wait for what is under way, jobs don't. */
function mayTryAgain(row: LedgerRow, { requestHash }: Keyed<object>, lane: Call["lane"]): boolean {
  if (row.requestHash !== requestHash) return false;
  return (
    (row.state === "SENDING" && lane === "interactive") ||
    (row.state === "REJECTED" && row.errors.some(({ retryable }) => retryable))
  );
}

function answerOf(row: LedgerRow, { connection, key, requestHash }: Keyed<object>): Delivery {
  if (row.requestHash !== requestHash) return unsent(connection, key, null, [keyReused(key)]);
  return deliveryOf(row, connection);
}
