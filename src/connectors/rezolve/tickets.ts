import type { Page, PageRequest } from "../../domain/page.js";
import type { Call } from "../../http/http.js";
import { offsetOf } from "../offset-page.js";
import { path, read, readOne, type RezolveParts } from "./endpoints.js";
import { Found, held, WireTicket } from "./wire.js";

/** One ticket; undefined where there is none. */
export function readTicket(parts: RezolveParts, id: string, call: Call): Promise<WireTicket | undefined> {
  const parse = (body: unknown) => WireTicket.parse(held(body, "ticket"));
  return readOne(parts, { operation: "ticket.get", path: path("ticket", id), parse }, call);
}

/** Tickets in which words are found, the latest changed first. */
export async function searchTickets(
  parts: RezolveParts,
  words: string,
  page: PageRequest,
  call: Call,
): Promise<Page<WireTicket>> {
  const offset = offsetOf(page);
  const body = {
    search: words,
    top: Math.min(page.first, 100),
    offset,
    sort: "updatedAt",
    searchOrder: "DESC",
    sortOrder: [],
    filter: { op: "AND", operand: [] },
  };
  const parse = (answer: unknown) => Found.parse(answer);
  const asked = { operation: "ticket.list", path: path("ticket", "list"), body, parse };
  const { tickets, total, hasMore } = await read(parts, asked, call);
  const end = offset + tickets.length;
  const goesOn = tickets.length > 0 && (hasMore || (total !== null && end < total));
  return { items: tickets, total, ...(goesOn && { next: String(end) }) };
}
