import type { Connection } from "../../src/connectors/connection.js";
import type { Outcome } from "../../src/connectors/connector.js";
import { joined } from "../../src/connectors/joined.js";
import type { TicketDraft, TicketRef } from "../../src/domain/ticket.js";

type Create = (draft: TicketDraft) => Promise<Outcome<TicketRef>>;
const creators = new WeakMap<Connection, Create>();

/** Creates one ticket; those of one moment share the vendor's bulk calls, as in the gateway. */
export function createTicket(connection: Connection, draft: TicketDraft): Promise<Outcome<TicketRef>> {
  const { batch, createSlots: slots } = connection.capabilities;
  const create =
    creators.get(connection) ??
    joined<TicketDraft, Outcome<TicketRef>>((drafts) => connection.createTickets(drafts, { lane: "interactive" }), {
      size: batch.create,
      slots,
      windowMs: 2,
    });
  creators.set(connection, create);
  return create(draft);
}
