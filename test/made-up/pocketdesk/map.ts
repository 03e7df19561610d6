import type { StatusCategory, Ticket } from "../../../src/domain/ticket.js";
import { richTextOf } from "../../../src/connectors/rich-text.js";
import type { WireTicket } from "./wire.js";

const CATEGORIES: Record<string, StatusCategory> = { new: "TODO", busy: "IN_PROGRESS", over: "DONE" };

/** A ticket in common words; what Pocketdesk doesn't know is null. */
export function ticketOf(ticket: WireTicket): Ticket {
  const statusCategory = CATEGORIES[ticket.state] ?? "UNKNOWN";
  return {
    vendorId: ticket.id,
    key: null,
    identifier: null,
    name: ticket.title,
    description: ticket.text ? richTextOf({ format: "MARKDOWN", text: ticket.text }) : null,
    status: ticket.state,
    statusCategory,
    statusUpdatedAt: null,
    priority: null,
    priorityLevel: null,
    typeId: ticket.kind,
    projectId: ticket.desk,
    assigneeIds: ticket.owner ? [ticket.owner] : [],
    createdById: null,
    reporterIds: [],
    parentId: null,
    tags: [],
    active: statusCategory !== "DONE",
    url: null,
    createdAt: new Date(ticket.made),
    updatedAt: null,
    dueDate: null,
    closedAt: null,
    revision: null,
    data: ticket,
  };
}
