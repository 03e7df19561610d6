import type { Caller } from "../../domain/caller.js";
import { RequestError } from "../../domain/request-error.js";
import {
  ORDER_DIRECTIONS,
  TICKET_ORDER_FIELDS,
  type TicketFilter,
  type TicketOrder,
} from "../../domain/ticket-filter.js";
import { countTickets, findTickets, type TicketDbs } from "../../store/find-tickets.js";
import type { Place } from "../../store/synced-tickets.js";
import { need, visibleConnections } from "../access.js";
import type { Kernel } from "../kernel.js";
import { PAGE_MAX, type Listing, type ListRequest } from "../listing.js";
import {
  readKept,
  syncedTicketOf,
  thingsOf,
  type SyncedThing,
  type SyncedTicket,
  type WantedTicket,
} from "./read-kept.js";

/** A page of synced tickets, and what they speak of. */
interface SyncedListing extends Listing<SyncedTicket> {
  readonly things: readonly SyncedThing[];
  /** The tickets that those of the page are parts of, where they were wanted. */
  readonly parents: readonly SyncedTicket[];
}

/** Without `connectionIds`: of every connection. */
export type AskedFilter = Omit<TicketFilter, "connectionIds"> & { readonly connectionIds?: readonly string[] };

/** A page of the store over every connection that the caller may see: no vendor is asked. Throws RequestError and StoreUnavailable. */
export async function listSynced(
  kernel: Kernel,
  caller: Caller,
  asked: AskedFilter,
  order: TicketOrder,
  request: ListRequest,
  withParents = false,
): Promise<SyncedListing> {
  const { first } = request;
  if (first < 1 || first > PAGE_MAX)
    throw new RequestError("BAD_USER_INPUT", `\`first\` must be 1 to ${PAGE_MAX}; ${first} was given.`);
  const { connections, filter } = within(kernel, caller, asked);
  const after = request.after == null ? undefined : readCursor(request.after, order);
  const rows = await findTickets(dbsOf(kernel, caller), caller.tenantId, filter, order, {
    first: first + 1,
    ...(after && { after }),
  });
  const kept = rows.slice(0, first).flatMap((row) => {
    const connection = connections.get(row.connectionId);
    return connection ? [{ row, ticket: syncedTicketOf(row, connection) }] : [];
  });
  const tickets = kept.map(({ ticket }) => ticket);
  const cursorAt = (index: number): string => writeCursor(order, (kept[index] as (typeof kept)[number]).row);
  const wanted = withParents ? tickets.flatMap(parentOf) : [];
  const parents = await readKept(kernel, caller.tenantId, wanted);
  return {
    items: tickets,
    cursorAt,
    hasPreviousPage: request.after != null,
    hasNextPage: rows.length > first,
    endCursor: kept.length === 0 ? null : cursorAt(kept.length - 1),
    total: null,
    parents,
    things: await thingsOf(kernel.dbOf(caller.tenantId), caller.tenantId, [...tickets, ...parents]),
  };
}

function parentOf({ connection, ticket: { parentId } }: SyncedTicket): readonly WantedTicket[] {
  return parentId === null ? [] : [{ connection, vendorId: parentId }];
}

/** How many tickets of the store fit: every one of them is counted. */
export async function countSynced(kernel: Kernel, caller: Caller, asked: AskedFilter): Promise<number> {
  return countTickets(dbsOf(kernel, caller), caller.tenantId, within(kernel, caller, asked).filter);
}

/** The filter within what the caller may see. Throws RequestError. */
function within(kernel: Kernel, caller: Caller, asked: AskedFilter) {
  need(caller, "tickets:read");
  const connections = new Map(visibleConnections(kernel, caller).map((one) => [one.id, one]));
  if (asked.text?.includes("\0"))
    throw new RequestError("BAD_USER_INPUT", "The text holds a NUL character. Take it out.");
  const wanted = asked.connectionIds ?? [...connections.keys()];
  const filter: TicketFilter = { ...asked, connectionIds: wanted.filter((id) => connections.has(id)) };
  return { connections, filter };
}

function writeCursor({ field, direction }: TicketOrder, { value, id }: Place): string {
  return Buffer.from(`${field}:${direction}:${value}:${id}`).toString("base64url");
}

function readCursor(cursor: string, { field, direction }: TicketOrder): Place {
  const text = Buffer.from(cursor, "base64url").toString();
  const [, ofField, ofDirection, value, id] = /^([A-Z_]+):([A-Z]+):(-?\d+(?:\.\d+)?):(\d{1,16})$/.exec(text) ?? [];
  const isOurs =
    (TICKET_ORDER_FIELDS as readonly (string | undefined)[]).includes(ofField) &&
    (ORDER_DIRECTIONS as readonly (string | undefined)[]).includes(ofDirection);
  if (!isOurs || Buffer.from(text).toString("base64url") !== cursor)
    throw new RequestError(
      "BAD_USER_INPUT",
      "`after` isn't a cursor of this list. Give an endCursor that a page gave.",
    );
  if (ofField !== field || ofDirection !== direction)
    throw new RequestError(
      "BAD_USER_INPUT",
      "`after` is a cursor of another order. Give the orderBy that its page had.",
    );
  return { value: Number(value), id: Number(id) };
}

function dbsOf({ dbOf, systemDb }: Kernel, { tenantId }: Caller): TicketDbs {
  return { rows: dbOf(tenantId), index: systemDb };
}
