import type { TicketParts } from "./ticket.js";

/** What several reads are for together; undefined, a whole ticket, where one of them is for that. */
export function allParts(reads: readonly (TicketParts | undefined)[]): TicketParts | undefined {
  const parts = new Set<TicketParts extends ReadonlySet<infer Part> ? Part : never>();
  for (const read of reads) {
    if (!read) return undefined;
    for (const part of read) parts.add(part);
  }
  return parts;
}

/** Whether a ticket that was read for some parts will do for others; undefined stands for a whole one. */
export function areWithin(wanted: TicketParts | undefined, read: TicketParts | undefined): boolean {
  if (!read) return true;
  return wanted !== undefined && [...wanted].every((part) => read.has(part));
}
