import type { TicketDraft } from "../../domain/ticket.js";
import { written } from "../rich-text.js";
import { wrong } from "../wrong.js";
import { isLeenId } from "./map.js";

/** A ticket as Leen takes it. */
export type NewWireTicket = Readonly<Record<string, unknown>>;

/**
 * A draft in Leen's words. Each thing is named either by Leen's id or by the vendor's, never by both. The status is left
 * out: Jira gives every new ticket its workflow's first. Throws VendorError, with nothing sent.
 */
export function newTicketOf(draft: TicketDraft): NewWireTicket {
  const { name, projectId, typeId, description, priority, assigneeIds, parentId, identifier } = draft;
  if (projectId === null) throw wrong(["project"], "Leen needs a project.");
  if (typeId === null) throw wrong(["type"], "Leen needs an issue type.");
  if (/[\r\n]/.test(name)) throw wrong(["name"], "The name holds a line break. Jira's summaries are one line.");
  return {
    name,
    ...either("project_id", "project_vendor_id", projectId),
    type_vendor_id: typeId,
    ...(description && { description: written(description, "MARKDOWN", "Leen") }),
    ...(priority !== undefined && { priority }),
    ...either("assigned_user_id", "assigned_user_vendor_id", assigneeIds[0]),
    ...either("parent_ticket_id", "parent_ticket_vendor_id", parentId),
    ...(identifier !== undefined && { identifier }),
  };
}

function either(own: string, vendors: string, id: string | undefined): Record<string, string> {
  return id === undefined ? {} : { [isLeenId(id) ? own : vendors]: id };
}
