import type { TicketRef, VendorId } from "../domain/ticket.js";
import type { LostCreate } from "./connector.js";

/** A comment by its id, and the marker that it carries if it carries one. */
interface Marked {
  readonly id: VendorId;
  readonly marker: string | undefined;
}

/** Looks among the latest comments of each ticket, which come oldest first, for those that carry the markers. Throws what `latestOf` throws. */
export async function findLostComments(
  lost: readonly LostCreate[],
  latestOf: (ticketId: VendorId) => Promise<readonly Marked[]>,
): Promise<ReadonlyMap<string, readonly TicketRef[]>> {
  const found = new Map<string, TicketRef[]>();
  const markers = new Set(lost.map(({ marker }) => marker));
  const latest = await Promise.all([...new Set(lost.map(({ trace }) => trace))].map(latestOf));
  for (const { id, marker } of latest.flat()) {
    if (marker === undefined || !markers.has(marker)) continue;
    found.set(marker, [...(found.get(marker) ?? []), { vendorId: id, key: null, url: null }]);
  }
  return found;
}
