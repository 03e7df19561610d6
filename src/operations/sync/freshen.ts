import type { Connection } from "../../connectors/connection.js";
import { VendorError } from "../../domain/errors.js";
import { StoreUnavailable } from "../../domain/store-unavailable.js";
import type { Ticket, VendorId } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import { inTransaction } from "../../store/store.js";
import { keepThings } from "../../store/synced-things.js";
import { dropTickets, keepTickets } from "../../store/synced-tickets.js";
import type { Kernel } from "../kernel.js";
import { openMentioned } from "./mentioned.js";
import { tellNews } from "./news.js";
import { recordOf } from "./record-of.js";

/** Reads tickets at the vendor and keeps them as they are now; those that aren't there are taken out. Gives those that are. Throws VendorError. */
export async function freshen(
  { dbOf }: Pick<Kernel, "dbOf">,
  tenantId: string,
  connection: Connection,
  ids: readonly VendorId[],
  lane: Call["lane"],
): Promise<readonly Ticket[]> {
  const owner = { tenantId, connectionId: connection.id };
  const db = dbOf(tenantId);
  const unique = [...new Set(ids)];
  const read = lane === "background" ? connection.ticketInBackground : connection.ticket;
  const found = await Promise.all(unique.map((id) => read(id)));
  const tickets = found.filter((ticket) => ticket !== null);
  const gone = unique.filter((_, n) => found[n] === null);
  const things = await openMentioned(db, owner, connection)(tickets);
  const records = tickets.map((ticket) => recordOf(ticket, connection.capabilities.richText));
  await inTransaction(db, async (inside) => {
    await keepThings(inside, owner, things);
    const news = [...(await keepTickets(inside, owner, records)), ...(await dropTickets(inside, owner, gone))];
    await tellNews(inside, owner, news);
  });
  return tickets;
}

/**
 * The same after a write of ours, where the connection is synced: the tickets as they are now, for whoever asks for them next. A
 * write is done whatever becomes of this; the next run of the sync makes up for it.
 */
export async function freshenWritten(
  kernel: Kernel,
  tenantId: string,
  connection: Connection,
  ids: readonly VendorId[],
  lane: Call["lane"],
): Promise<readonly Ticket[]> {
  if (ids.length === 0) return [];
  try {
    if (!(await kernel.isSynced({ tenantId, connectionId: connection.id }))) return [];
    return await freshen(kernel, tenantId, connection, ids, lane);
  } catch (error) {
    if (error instanceof VendorError || error instanceof StoreUnavailable) return [];
    throw error;
  }
}
