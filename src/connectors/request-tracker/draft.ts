import type { Text } from "../../domain/rich-text.js";
import type { TicketDraft } from "../../domain/ticket.js";
import { markdownToHtml } from "../rich-text.js";
import { wrong } from "../wrong.js";
import { customFields, requireAll } from "./custom-fields.js";
import type { RequestTrackerSite } from "./settings.js";
import type { WireCustomField } from "./wire.js";

/** A ticket as REST2 takes it. */
export type NewWireTicket = Readonly<Record<string, unknown>>;

/** A draft in Request Tracker's words. Throws VendorError INVALID, with nothing sent, for names that it would drop without a word. */
export function newTicketOf(
  draft: TicketDraft,
  fields: readonly WireCustomField[],
  site: RequestTrackerSite,
): NewWireTicket {
  if (/[\r\n]/.test(draft.name)) throw wrong(["name"], "The name holds a line break. A subject is one line.");
  // Some databases keep any word here, and others refuse the whole ticket.
  if (draft.priority !== undefined && !/^(0|-?[1-9]\d{0,8})$/.test(draft.priority))
    throw wrong(
      ["priority"],
      `Request Tracker takes a whole number for priority, usually 0 to 100, and not "${draft.priority}".`,
    );
  const custom = customFields(draft, fields, site);
  requireAll(custom, fields);
  return {
    Queue: draft.projectId,
    Subject: draft.name,
    ...(draft.description && contentOf(draft.description)),
    ...(draft.status !== undefined && { Status: draft.status }),
    ...(draft.priority !== undefined && { Priority: draft.priority }),
    ...(draft.assigneeIds[0] !== undefined && { Owner: draft.assigneeIds[0] }),
    ...(draft.reporterIds.length > 0 && { Requestor: draft.reporterIds }),
    ...(draft.parentId !== undefined && { Parents: [draft.parentId] }),
    // Without a zone Request Tracker reads the account's own; this form says UTC.
    ...(draft.dueDate && { Due: draft.dueDate.toISOString().replace(/\.\d+Z$/, "Z") }),
    ...(Object.keys(custom).length > 0 && { CustomFields: custom }),
  };
}

/** Markdown is sent as HTML, which Request Tracker shows as it is meant; the rest as it came. */
export function contentOf({ format, text }: Text): { Content: string; ContentType: string } {
  switch (format) {
    case "PLAIN":
      return { Content: text, ContentType: "text/plain" };
    case "MARKDOWN":
      return { Content: markdownToHtml(text), ContentType: "text/html" };
    case "HTML":
      return { Content: text, ContentType: "text/html" };
    case "ADF":
      throw wrong(
        ["descriptionFormat"],
        "Request Tracker can't take ADF. Give the description as Markdown, HTML or plain text.",
      );
  }
}
