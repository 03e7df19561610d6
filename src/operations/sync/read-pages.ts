import type { Connection } from "../../connectors/connection.js";
import type { Page } from "../../domain/page.js";
import { stepped, type LoopMark } from "../../domain/sync.js";
import type { TicketRecord } from "../../domain/synced-ticket.js";
import type { Ticket } from "../../domain/ticket.js";
import type { SyncRow } from "../../store/syncs.js";
import { LostPlace } from "./lost-place.js";
import { PAGE } from "./options.js";
import { recordOf } from "./record-of.js";

/** A page of a vendor's list, ready to be kept, and where the list goes on behind it; null at its end. */
interface ReadPage {
  readonly tickets: readonly Ticket[];
  readonly records: readonly TicketRecord[];
  readonly next: { readonly cursor: string; readonly mark: LoopMark } | null;
}

/** Reads a vendor's list from where a run is, page by page; the next is asked for while one is made ready. Throws VendorError, and what `signal` was aborted with. */
export async function* readPages(row: SyncRow, connection: Connection, signal: AbortSignal): AsyncGenerator<ReadPage> {
  const ask = (after: string | null): Promise<Page<Ticket>> => {
    const page = connection.listTickets(row.since, { first: PAGE, ...(after !== null && { after }) }, signal);
    // Whoever awaits it is told; nobody may, where something else fails before.
    page.catch(() => {});
    return page;
  };
  let { cursor, mark } = row;
  let asked = ask(cursor).catch((error: unknown) => {
    throw cursor === row.cursor && cursor !== null ? LostPlace.of(error, connection) : error;
  });
  for (;;) {
    const { items, next } = await asked;
    signal.throwIfAborted();
    if (next === undefined) {
      yield { ...ready(items, connection), next: null };
      return;
    }
    const further = stepped(mark, next);
    if (!further || next === cursor) throw LostPlace.endless(connection);
    asked = ask(next);
    [cursor, mark] = [next, further];
    yield { ...ready(items, connection), next: { cursor, mark } };
  }
}

function ready(tickets: readonly Ticket[], { capabilities }: Connection): Pick<ReadPage, "tickets" | "records"> {
  return { tickets, records: tickets.map((ticket) => recordOf(ticket, capabilities.richText)) };
}
