import { createHash } from "node:crypto";
import type { RichText, Text, TextFormat } from "./rich-text.js";
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
  const { identifier, status, statusCategory, projectId, parentId, assigneeIds, tags } = ticket;
  const words = `${ticket.name} ${ticket.key ?? ""} ${description?.to("PLAIN") ?? ""}`.slice(0, WORDS_MAX);
  const priority = ticket.priorityLevel === null ? 0 : PRIORITY_LEVELS.indexOf(ticket.priorityLevel) + 1;
  const told = `"ticket":${JSON.stringify(kept)},"data":${JSON.stringify(data)}`;
  const digest = createHash("sha1").update(told).digest("base64");
  const { vendorId } = ticket;
  const { createdAt, updatedAt } = kept;
  const columns = { vendorId, digest, words, priority, identifier, status, statusCategory, projectId, parentId };
  const others = JSON.stringify({ ...columns, assigneeIds, tags, createdAt, updatedAt });
  return { vendorId, digest, json: `{${told},${others.slice(1)}` };
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
