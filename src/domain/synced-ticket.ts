import { createHash } from "node:crypto";
import type { RichText, Text, TextFormat } from "./rich-text.js";
import type { PriorityLevel, Ticket, VendorId } from "./ticket.js";
import { PRIORITY_LEVELS } from "./ticket.js";

/** A ticket as it is kept: the common fields as JSON, and beside them what it is found and ordered by. */
export interface TicketRecord {
  readonly vendorId: VendorId;
  readonly ticket: KeptTicket;
  readonly data: unknown;
  /** Every word of name, key and description. */
  readonly words: string;
  /** 1 to 5; 0 where it has none that we know. */
  readonly priority: number;
  readonly digest: string;
}

/** The common fields in a form that JSON keeps: dates as texts, the description as it is written. */
export type KeptTicket = Omit<Ticket, "description" | "data" | "along" | DateField> & {
  readonly description: Text | null;
} & Readonly<Record<DateField, string | null>>;

type DateField = "statusUpdatedAt" | "createdAt" | "updatedAt" | "dueDate" | "closedAt";

/** Longer descriptions are kept whole, and found by their beginnings: no index holds more. In UTF-16 code units. */
const WORDS_MAX = 50_000;

/** A ticket as it is to be kept; `format` is the one in which its vendor keeps texts. */
export function recordOf(ticket: Ticket, format: TextFormat): TicketRecord {
  const { description, data, along: _along, syncedAt: _syncedAt, ...rest } = ticket;
  const kept: KeptTicket = {
    ...rest,
    description: description && { format, text: description.to(format) },
    statusUpdatedAt: textOf(ticket.statusUpdatedAt),
    createdAt: textOf(ticket.createdAt),
    updatedAt: textOf(ticket.updatedAt),
    dueDate: textOf(ticket.dueDate),
    closedAt: textOf(ticket.closedAt),
  };
  const words = `${ticket.name} ${ticket.key ?? ""} ${description?.to("PLAIN") ?? ""}`.slice(0, WORDS_MAX);
  const priority = ticket.priorityLevel === null ? 0 : PRIORITY_LEVELS.indexOf(ticket.priorityLevel) + 1;
  const digest = createHash("sha1")
    .update(JSON.stringify([kept, data]))
    .digest("base64");
  return { vendorId: ticket.vendorId, ticket: kept, data, words, priority, digest };
}

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

function textOf(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
