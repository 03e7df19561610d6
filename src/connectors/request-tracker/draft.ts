import type { Text } from "../../domain/rich-text.js";
import type { TicketDraft } from "../../domain/ticket.js";
import { markdownToHtml } from "../rich-text.js";
import { wrong } from "../wrong.js";
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

/** Custom fields by name, with those that keep marker and identifier. Throws VendorError INVALID for what this queue hasn't. */
export function customFields(
  draft: Pick<TicketDraft, "customFields" | "marker" | "identifier">,
  fields: readonly WireCustomField[],
  { options }: RequestTrackerSite,
): Record<string, unknown> {
  const names = fields.flatMap(({ Name }) => Name ?? []);
  const wanted = Object.entries(draft.customFields).map(([given, value]) => {
    const field = fields.find(({ id, Name }) => Name === given || id === given);
    if (!field) throw wrong(["customFields", given], `This queue has no custom field "${given}".${has(names)}`, names);
    return [field.Name ?? field.id, valueOf(value, field, ["customFields", given])] as const;
  });
  const { identifierField, markerField } = options;
  const hasMarker = draft.marker !== undefined && markerField !== null && names.includes(markerField);
  const kept = { ...Object.fromEntries(wanted), ...(hasMarker && { [markerField]: draft.marker }) };
  if (draft.identifier === undefined || identifierField === undefined) return kept;
  if (!names.includes(identifierField))
    throw wrong(["identifier"], `This queue lacks the custom field "${identifierField}" that keeps identifiers.`);
  return { ...kept, [identifierField]: draft.identifier };
}

function valueOf(value: unknown, field: WireCustomField, path: readonly string[]): unknown {
  const values = Array.isArray(value) ? value : [value];
  const max = Number(field.MaxValues ?? 0);
  if (max > 0 && values.length > max)
    throw wrong(path, `"${field.Name}" takes ${max} value, and ${values.length} were given.`);
  const allowed = allowedOf(field);
  for (const one of values) {
    if (typeof one !== "string" && typeof one !== "number") throw wrong(path, `"${field.Name}" takes texts.`);
    if (allowed.length > 0 && !allowed.includes(String(one)))
      throw wrong(path, `"${field.Name}" has no value "${one}".${has(allowed)}`, allowed);
  }
  return Array.isArray(value) ? values.map(String) : String(value);
}

/** The values that a select field offers; none for fields that take any text. */
export function allowedOf({ Values }: WireCustomField): readonly string[] {
  if (!Array.isArray(Values)) return [];
  return Values.flatMap((value: unknown) => {
    if (typeof value === "string") return [value];
    const name = typeof value === "object" && value !== null && "name" in value ? value.name : undefined;
    return typeof name === "string" ? [name] : [];
  });
}

function has(names: readonly string[]): string {
  return names.length > 0 ? ` There are: ${names.join(", ")}.` : "";
}
