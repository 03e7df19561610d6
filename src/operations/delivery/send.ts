import type { Connection, WriteCall } from "../../connectors/connection.js";
import type { Outcome } from "../../connectors/connector.js";
import type { TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import { settle, type Settlement } from "../../store/ledger.js";
import type { LedgerRow } from "../../store/ledger-row.js";
import { StoreUnavailable } from "../../domain/store-unavailable.js";
import type { Db } from "../../store/store.js";
import { holdLease } from "./lease.js";
import type { DeliveryEvents, DeliveryOptions } from "./options.js";
import { settled, settlementOf } from "./settlements.js";

/** What sending needs of a connection. */
export interface Sending {
  readonly db: Db;
  readonly connection: Connection;
  readonly options: DeliveryOptions;
  readonly events: DeliveryEvents;
}

/**
 * Sends rows that are SENDING and held by this process, and writes what became of them. Gives each row as it is then; null for
 * one that another process has taken meanwhile: its word counts.
 */
export async function sendRows(
  sending: Sending,
  rows: readonly LedgerRow[],
  lane: Call["lane"],
  askedAt: number,
): Promise<readonly (LedgerRow | null)[]> {
  const { db, connection, options } = sending;
  const lease = holdLease(db, rows, options.leaseMs, askedAt);
  try {
    const notAfter = lease.notAfter > performance.now() ? lease.notAfter : 0;
    const outcomes = await write(connection, rows, { lane, notAfter });
    return await settleRows(
      sending,
      rows,
      rows.map((row, n) => settlementOf(row, outcomes[n] as (typeof outcomes)[number])),
    );
  } finally {
    lease.end();
  }
}

/** Different kinds of writes share no calls: what is sent together is of one kind, in order. */
async function write(
  connection: Connection,
  rows: readonly LedgerRow[],
  call: WriteCall,
): Promise<readonly Outcome<TicketRef>[]> {
  const drafts = rows.flatMap((row) => (row.operation === "createTicket" ? [row] : []));
  const changes = rows.flatMap((row) => (row.operation === "updateTicket" ? [row] : []));
  const comments = rows.flatMap((row) => (row.operation === "addComment" ? [row] : []));
  const [created, updated, added] = await Promise.all([
    drafts.length === 0
      ? []
      : connection.createTickets(
          drafts.map(({ draft, marker, trace }) => (trace === null ? draft : { ...draft, marker })),
          call,
        ),
    changes.length === 0
      ? []
      : connection.updateTickets(
          changes.map(({ change }) => change),
          call,
        ),
    comments.length === 0
      ? []
      : connection.parts.addComments(
          comments.map(({ comment, marker, trace }) => (trace === null ? comment : { ...comment, marker })),
          call,
        ),
  ]);
  const next = {
    createTicket: created[Symbol.iterator](),
    updateTicket: updated[Symbol.iterator](),
    addComment: added[Symbol.iterator](),
  };
  return rows.map(({ operation }) => next[operation].next().value as Outcome<TicketRef>);
}

/** Writes settlements, and gives the rows as they are then; null where a fence was lost. What the store can't take is true all the same. */
export async function settleRows(
  { db, connection, events }: Sending,
  rows: readonly LedgerRow[],
  settlements: readonly Settlement[],
): Promise<readonly (LedgerRow | null)[]> {
  const [first] = rows;
  if (!first) return [];
  const place = { tenantId: first.tenantId, connectionId: connection.id };
  let written: ReadonlySet<number>;
  try {
    written = await settle(db, settlements);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    events.onUnsettled?.({ ...place, rows: rows.length, error });
    written = new Set(rows.map(({ id }) => id));
  }
  for (const [state, count] of countedStates(settlements.filter(({ id }) => written.has(id))))
    events.onSettled?.({ ...place, state, rows: count });
  const lost = rows.filter(({ id }) => !written.has(id)).length;
  if (lost > 0) events.onFenced?.({ ...place, rows: lost });
  return rows.map((row, n) => (written.has(row.id) ? settled(row, settlements[n] as Settlement) : null));
}

function countedStates(settlements: readonly Settlement[]): ReadonlyMap<Settlement["state"], number> {
  const counts = new Map<Settlement["state"], number>();
  for (const { state } of settlements) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}
