import type { Connection } from "../connectors/connection.js";
import type { Caller } from "../domain/caller.js";
import { RequestError } from "../domain/request-error.js";
import type { Ticket, TicketParts } from "../domain/ticket.js";
import { connectionFor, need } from "./access.js";
import type { Kernel } from "./kernel.js";
import { list, type Listing, type ListRequest } from "./listing.js";

/** What is found on one connection. */
export interface Browsed<T> {
  readonly connection: Connection;
  readonly listing: Listing<T>;
}

/** Live search in the vendor's own language, reading no more of the tickets than `parts`. Throws RequestError, and VendorError with the vendor's words where it refuses the query. */
export async function searchTickets(
  kernel: Kernel,
  caller: Caller,
  connectionId: string | null | undefined,
  query: string,
  request: ListRequest,
  parts?: TicketParts,
): Promise<Browsed<Ticket>> {
  need(caller, "tickets:read");
  const connection = connectionFor(kernel, caller, connectionId);
  const { search } = connection.capabilities;
  if (search === null) throw new RequestError("UNSUPPORTED", `${connection.vendor.title} can't be searched.`);
  if (query.trim() === "") throw new RequestError("BAD_USER_INPUT", `The query is empty. Give one in ${search}.`);
  if (query.includes("\0")) throw new RequestError("BAD_USER_INPUT", "The query holds a NUL character. Take it out.");
  const listing = await list(request, (page) => connection.searchTickets(query, page, parts));
  return { connection, listing };
}
