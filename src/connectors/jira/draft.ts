import type { Text } from "../../domain/rich-text.js";
import { didYouMean } from "../../domain/suggest.js";
import type { TicketDraft } from "../../domain/ticket.js";
import { markdownToAdf } from "./adf-from-markdown.js";
import { htmlToAdf } from "./adf-text.js";
import { parseAdf, plainToAdf, type AdfDoc } from "./adf.js";
import { customValueOf } from "./custom-value.js";
import { LABEL_PREFIX, PROPERTY } from "./map.js";
import { noSuch, wrong } from "../wrong.js";
import type { JiraSite } from "./settings.js";
import { optionOf, type WireField } from "./wire.js";

/** One element of Jira's create calls. */
export interface IssueUpdate {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly properties?: readonly { readonly key: string; readonly value: unknown }[];
  readonly transition?: { readonly id: string };
}

/** A draft in Jira's words. Throws VendorError INVALID, with nothing sent, for what the create screen would refuse. */
export function issueUpdateOf(draft: TicketDraft, screen: readonly WireField[], site: JiraSite): IssueUpdate {
  if (/[\r\n]/.test(draft.name)) throw wrong(["name"], "The name holds a line break. Jira's summary is one line.");
  const { identifier } = draft;
  const asLabel = site.options.identifierAs === "label";
  const marks = [
    ...(asLabel && identifier !== undefined ? [identifierLabel(identifier)] : []),
    ...(site.options.markerLabel && draft.marker !== undefined ? [draft.marker] : []),
  ];
  const labels = [...draft.tags.map(labelOf), ...marks];
  const fields = {
    summary: draft.name,
    project: { id: draft.projectId },
    issuetype: { id: draft.typeId },
    ...(draft.description && { description: adfOf(draft.description) }),
    ...(draft.priority !== undefined && { priority: priorityOf(draft.priority, screen) }),
    ...(draft.assigneeIds[0] !== undefined && { assignee: { id: draft.assigneeIds[0] } }),
    ...(draft.reporterIds[0] !== undefined && { reporter: { id: draft.reporterIds[0] } }),
    ...(draft.parentId !== undefined && { parent: { id: draft.parentId } }),
    ...(labels.length > 0 && { labels }),
    ...(draft.dueDate && { duedate: draft.dueDate.toISOString().slice(0, 10) }),
    ...customFields(draft, screen),
  };
  requireAll(fields, screen);
  const hidden = {
    ...(draft.marker !== undefined && { id: draft.marker }),
    ...(identifier !== undefined && !asLabel && { identifier }),
  };
  if (Object.keys(hidden).length === 0) return { fields };
  return { fields, properties: [{ key: PROPERTY, value: hidden }] };
}

/** A text as a document. Throws VendorError INVALID for ADF that is none. */
export function adfOf({ format, text }: Text): AdfDoc {
  switch (format) {
    case "PLAIN":
      return plainToAdf(text);
    case "MARKDOWN":
      return markdownToAdf(text);
    case "HTML":
      return htmlToAdf(text);
    case "ADF": {
      const doc = parseAdf(text);
      if (typeof doc === "string") throw wrong(["description"], doc);
      return doc;
    }
  }
}

const LABEL_MAX = 255;

/** A tag as a label. Throws VendorError INVALID for one with spaces, or of more than 255 characters. */
export function labelOf(tag: string, index: number): string {
  const path = ["tags", String(index)];
  if (/\s/.test(tag)) throw wrong(path, `The tag "${tag}" holds a space, which Jira's labels can't.`);
  if (tag.length > LABEL_MAX)
    throw wrong(path, `The tag has more than the ${LABEL_MAX} characters that Jira's labels take.`);
  return tag;
}

function identifierLabel(identifier: string): string {
  const label = `${LABEL_PREFIX}${identifier}`;
  if (/\s/.test(label))
    throw wrong(["identifier"], "This connection keeps identifiers as labels, which can't hold spaces.");
  if (label.length > LABEL_MAX) {
    const max = LABEL_MAX - LABEL_PREFIX.length;
    throw wrong(["identifier"], `This connection keeps identifiers as labels, which take at most ${max} characters.`);
  }
  return label;
}

/** A priority by its name. Throws VendorError INVALID for one that this screen hasn't, saying which there are. */
export function priorityOf(
  name: string,
  screen: readonly WireField[],
): { readonly id: string } | { readonly name: string } {
  const field = screen.find(({ fieldId }) => fieldId === "priority");
  if (!field) throw wrong(["priority"], "Tickets of this type have no priority in this project. Leave it out.");
  const options = (field.allowedValues ?? []).flatMap((value) => optionOf(value) ?? []);
  // A site may hide what is allowed; then Jira itself is the judge.
  if (options.length === 0) return { name };
  const option = options.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  if (option) return { id: option.id };
  const names = options.map((one) => one.name);
  throw noSuch(["priority"], `There is no priority "${name}" here.`, name, names);
}

/**
 * Custom fields as Jira takes them, given by field id or by the name that people read. Throws VendorError INVALID for one that
 * this screen has not, a name that several fields have, or a value that Jira would refuse.
 */
export function customFields(
  draft: Pick<TicketDraft, "customFields">,
  screen: readonly WireField[],
): Record<string, unknown> {
  const own = screen.filter(({ fieldId }) => !COMMON.has(fieldId));
  const fields: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(draft.customFields)) {
    const path = ["customFields", word];
    if (COMMON.has(word)) throw wrong(path, `${word} has a field of its own in the input. Give it there.`);
    const { fieldId, ...field } = fieldNamed(word, own, path);
    if (fieldId in fields) throw wrong(path, `The field ${fieldId} was given twice. Give it once.`);
    fields[fieldId] = customValueOf(value, { fieldId, ...field }, path);
  }
  return fields;
}

function fieldNamed(word: string, screen: readonly WireField[], path: readonly string[]): WireField {
  const byId = screen.find(({ fieldId }) => fieldId === word);
  if (byId) return byId;
  const wanted = word.trim().toLowerCase();
  const [field, ...others] = screen.filter(({ name }) => name?.toLowerCase() === wanted);
  const list = (fields: readonly WireField[]): string =>
    fields.map(({ fieldId, name }) => `${name ?? fieldId} (${fieldId})`).join(", ");
  if (!field) {
    const ids = screen.map(({ fieldId }) => fieldId);
    const has = screen.length > 0 ? ` They take: ${list(screen)}.` : "";
    const meant = didYouMean(word, [...screen.flatMap((one) => one.name ?? []), ...ids]);
    throw wrong(path, `Tickets of this type take no field "${word}" in this project.${meant}${has}`, ids);
  }
  if (others.length === 0) return field;
  const same = [field, ...others];
  throw wrong(
    path,
    `"${word}" names ${same.length} fields: ${list(same)}. Give one by its id.`,
    same.map(({ fieldId }) => fieldId),
  );
}

/** What the input has names of its own for. */
const COMMON = new Set([
  "summary",
  "project",
  "issuetype",
  "description",
  "priority",
  "assignee",
  "reporter",
  "parent",
  "labels",
  "duedate",
]);

/** Fields that Jira fills in by itself though the create screen calls them required. */
const FILLED_IN = new Set(["project", "issuetype", "reporter"]);

function requireAll(fields: Readonly<Record<string, unknown>>, screen: readonly WireField[]): void {
  const missing = screen.find(
    ({ fieldId, required, hasDefaultValue }) =>
      required && !hasDefaultValue && fields[fieldId] == null && !FILLED_IN.has(fieldId),
  );
  if (!missing) return;
  const options = (missing.allowedValues ?? []).flatMap((value) => optionOf(value)?.name ?? []);
  const path = COMMON.has(missing.fieldId)
    ? [NAMES[missing.fieldId] ?? missing.fieldId]
    : ["customFields", missing.fieldId];
  throw wrong(path, `Jira wants the field "${missing.name ?? missing.fieldId}" for this type. Give a value.`, options);
}

const NAMES: Record<string, string> = { labels: "tags", duedate: "dueDate", assignee: "assignees" };
