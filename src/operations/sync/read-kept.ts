import type { Connection } from "../../connectors/connection.js";
import { ticketOf } from "../../domain/synced-ticket.js";
import type { Ticket, VendorId } from "../../domain/ticket.js";
import { findThings, type SyncedThing } from "../../store/synced-things.js";
import { keptTicket } from "../../store/synced-tickets.js";
import type { Kernel } from "../kernel.js";
import { idsOf } from "./mentioned.js";

/** One ticket as the store has it, and what it speaks of; null where the store has none. No vendor is asked. */
export async function readKept(
  { db }: Kernel,
  tenantId: string,
  connection: Connection,
  vendorId: VendorId,
): Promise<{ readonly ticket: Ticket; readonly things: readonly SyncedThing[] } | null> {
  const connectionId = connection.id;
  const row = await keptTicket(db, { tenantId, connectionId }, vendorId);
  if (!row) return null;
  const ticket = ticketOf(row.ticket, row.data, row.syncedAt, (text) => connection.readText(text));
  const things = await findThings(
    db,
    tenantId,
    idsOf(ticket).map((one) => ({ ...one, connectionId })),
  );
  return { ticket, things };
}
