import { z } from "zod";
import type { TicketDraft, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { LostCreate } from "../connector.js";
import { getOne, type LeenParts } from "./endpoints.js";
import { ticketOf } from "./map.js";
import { WireTicket } from "./wire.js";

/** How far Leen's clock may be behind ours, in milliseconds. */
const SKEW_MS = 600_000;

/** What a ticket's identifier alone doesn't say: callers may use one again. */
const Trace = z.object({ identifier: z.string(), name: z.string(), sentAt: z.number() });

/** Leen finds tickets by their identifier, and only those that it keeps a record of: in bulk, by the vendor's ids, it keeps none. */
export function traces(drafts: readonly TicketDraft[], now: number): readonly (string | null)[] {
  return drafts.map(({ identifier, name }) => {
    if (identifier === undefined || drafts.length > 1) return null;
    return JSON.stringify({ identifier, name, sentAt: now });
  });
}

/**
 * The tickets that bear these identifiers and were made since. What isn't found may still be in Jira: Leen creates there
 * first, and keeps its record afterwards.
 */
export async function findByMarker(
  parts: LeenParts,
  lost: readonly LostCreate[],
  call: Call,
): Promise<ReadonlyMap<string, readonly TicketRef[]>> {
  const found = new Map<string, readonly TicketRef[]>();
  await Promise.all(
    lost.map(async ({ marker, trace }) => {
      const { identifier, name, sentAt } = Trace.parse(JSON.parse(trace));
      const path = ["itsm", "tickets", "by-identifier", identifier];
      const endpoint = { operation: "ticket.byIdentifier", path, parse: (body: unknown) => WireTicket.parse(body) };
      const wire = await getOne(parts, endpoint, call);
      if (!wire) return;
      const ticket = ticketOf(wire);
      const isOlder = ticket.createdAt !== null && ticket.createdAt.getTime() < sentAt - SKEW_MS;
      if (isOlder || ticket.name !== name) return;
      found.set(marker, [{ vendorId: ticket.vendorId, key: ticket.key, url: ticket.url }]);
    }),
  );
  return found;
}
