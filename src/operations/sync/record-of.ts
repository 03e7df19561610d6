import { createHash } from "node:crypto";
import { decodeHTML } from "entities";
import type { RichText, TextFormat } from "../../domain/rich-text.js";
import { priorityNumber, type KeptTicket, type TicketRecord } from "../../domain/synced-ticket.js";
import type { Ticket } from "../../domain/ticket.js";

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
  const words = `${ticket.name} ${ticket.key ?? ""} ${description ? wordsOf(description, format) : ""}`.slice(
    0,
    WORDS_MAX,
  );
  const priority = ticket.priorityLevel === null ? 0 : priorityNumber(ticket.priorityLevel);
  const told = `"ticket":${JSON.stringify(kept)},"data":${JSON.stringify(data)}`;
  const digest = createHash("sha1").update(told).digest("base64");
  const { vendorId } = ticket;
  const { createdAt, updatedAt } = kept;
  const columns = { vendorId, digest, words, priority, identifier, status, statusCategory, projectId, parentId };
  const others = JSON.stringify({ ...columns, assigneeIds, tags, createdAt, updatedAt });
  return { vendorId, digest, json: `{${told},${others.slice(1)}` };
}

/** What can be searched for in a text. The database's own parser passes over markup, which is much faster than making plain text of it. */
function wordsOf(text: RichText, format: TextFormat): string {
  return format === "ADF" ? text.to("PLAIN") : decodeHTML(text.to(format));
}

function textOf(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
