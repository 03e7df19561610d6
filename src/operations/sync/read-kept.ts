import type { Connection } from "../../connectors/connection.js";
import { ticketOf } from "../../domain/synced-ticket.js";
import type { Ticket, VendorId } from "../../domain/ticket.js";
import type { Db } from "../../store/store.js";
import { findThings, type SyncedThing as Thing } from "../../store/synced-things.js";
import { keptTickets, type SyncedRow } from "../../store/synced-tickets.js";
import type { Kernel } from "../kernel.js";
import { idsOf } from "./mentioned.js";

/** A ticket of the store, and the connection that it came through. */
export interface SyncedTicket {
  readonly connection: Connection;
  readonly ticket: Ticket;
}

/** A project, an issue type or a user as the store has it. */
export type SyncedThing = Thing & { readonly connectionId: string };

/** Which ticket is wanted. */
export interface WantedTicket {
  readonly connection: Connection;
  readonly vendorId: VendorId;
}

/** Tickets as the store has them, in no order; those that it hasn't are left out. No vendor is asked. */
export async function readKept(
  { dbOf }: Pick<Kernel, "dbOf">,
  tenantId: string,
  wanted: readonly WantedTicket[],
): Promise<readonly SyncedTicket[]> {
  const connections = new Map(wanted.map(({ connection }) => [connection.id, connection]));
  const ids = wanted.map(({ connection, vendorId }) => ({ connectionId: connection.id, vendorId }));
  const unique = new Map(ids.map((one) => [`${one.connectionId} ${one.vendorId}`, one]));
  const rows = await keptTickets(dbOf(tenantId), tenantId, [...unique.values()]);
  return rows.flatMap((row) => {
    const connection = connections.get(row.connectionId);
    return connection ? [syncedTicketOf(row, connection)] : [];
  });
}

/** A row as a ticket. */
export function syncedTicketOf({ ticket, data, syncedAt }: SyncedRow, connection: Connection): SyncedTicket {
  return { connection, ticket: ticketOf(ticket, data, syncedAt, (text) => connection.readText(text)) };
}

/** What tickets speak of, as far as the store has it. */
export function thingsOf(db: Db, tenantId: string, tickets: readonly SyncedTicket[]): Promise<readonly SyncedThing[]> {
  const mentioned = new Map(
    tickets.flatMap(({ connection, ticket }) =>
      idsOf(ticket).map((one) => [
        `${connection.id} ${one.kind} ${one.vendorId}`,
        { ...one, connectionId: connection.id },
      ]),
    ),
  );
  return findThings(db, tenantId, [...mentioned.values()]);
}
