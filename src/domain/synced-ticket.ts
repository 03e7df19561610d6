import type { RichText, Text } from "./rich-text.js";
import type { PriorityLevel, Ticket, VendorId } from "./ticket.js";
import { PRIORITY_LEVELS } from "./ticket.js";

/** A ticket as it is to be kept. */
export interface TicketRecord {
  readonly vendorId: VendorId;
  /** Another one as soon as anything that the vendor said is different. */
  readonly digest: string;
  /** All of it as JSON, written once: `ticket`, `data`, and what it is found and ordered by. */
  readonly json: string;
}

/** The common fields in a form that JSON keeps: dates as texts, the description as it is written. */
export type KeptTicket = Omit<Ticket, "description" | "data" | "along" | DateField> & {
  readonly description: Text | null;
} & Readonly<Record<DateField, string | null>>;

type DateField = "statusUpdatedAt" | "createdAt" | "updatedAt" | "dueDate" | "closedAt";

/** A kept ticket as a ticket again; `read` makes a text of its vendor readable in every format. */
export function ticketOf(
  kept: KeptTicket,
  data: Readonly<Record<string, unknown>>,
  syncedAt: Date,
  read: (text: Text) => RichText,
): Ticket {
  return {
    ...kept,
    description: kept.description && read(kept.description),
    statusUpdatedAt: dateOf(kept.statusUpdatedAt),
    createdAt: dateOf(kept.createdAt),
    updatedAt: dateOf(kept.updatedAt),
    dueDate: dateOf(kept.dueDate),
    closedAt: dateOf(kept.closedAt),
    data,
    syncedAt,
  };
}

/** How a level is kept. */
export function priorityNumber(level: PriorityLevel): number {
  return PRIORITY_LEVELS.indexOf(level) + 1;
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
