import type { FieldDefinition, TicketDraft } from "../../domain/ticket.js";
import { noSuch, wrong } from "../wrong.js";
import type { RequestTrackerSite } from "./settings.js";
import type { WireCustomField } from "./wire.js";

/** The fields that a word means: by number, or by name in any case, as Request Tracker itself reads names. */
export function fieldsNamed(fields: readonly WireCustomField[], word: string): readonly WireCustomField[] {
  const own = fields.filter(({ id }) => id === word);
  if (own.length > 0) return own;
  const wanted = word.trim().toLowerCase();
  return fields.filter(({ Name }) => Name?.toLowerCase() === wanted);
}

/**
 * Whether people can't leave a field empty: a validation pattern that nothing fits, as `(?#Mandatory).` is. REST2 itself takes
 * tickets without it (tried on 5.0.3), the forms of Request Tracker don't. A pattern that only Perl can read demands nothing.
 */
export function isRequired({ Pattern }: WireCustomField): boolean {
  if (!Pattern) return false;
  const [, flags = "", rest = ""] = /^(?:\(\?([i]+)\))?(.*)$/s.exec(Pattern.replace(/\(\?#[^)]*\)/g, "")) ?? [];
  try {
    return !new RegExp(rest.replace(/\\A/g, "^").replace(/\\[zZ]/g, "$"), `u${flags ? "i" : ""}`).test("");
  } catch {
    return false;
  }
}

/** Custom fields by name, with those that keep marker and identifier. Throws VendorError INVALID for what this queue hasn't. */
export function customFields(
  draft: Pick<TicketDraft, "customFields" | "marker" | "identifier">,
  fields: readonly WireCustomField[],
  { options }: RequestTrackerSite,
): Record<string, unknown> {
  const names = fields.flatMap(({ Name }) => Name ?? []);
  const wanted: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(draft.customFields)) {
    const path = ["customFields", given];
    const field = fieldNamed(fields, given, path);
    const key = keyOf(field, fields);
    if (key in wanted) throw wrong(path, `The field "${labelOf(field)}" was given twice. Give it once.`);
    wanted[key] = valueOf(value, field, path);
  }
  const { identifierField, markerField } = options;
  const hasMarker = draft.marker !== undefined && markerField !== null && names.includes(markerField);
  const kept = { ...wanted, ...(hasMarker && { [markerField]: draft.marker }) };
  if (draft.identifier === undefined || identifierField === undefined) return kept;
  if (!names.includes(identifierField))
    throw wrong(["identifier"], `This queue lacks the custom field "${identifierField}" that keeps identifiers.`);
  return { ...kept, [identifierField]: draft.identifier };
}

/** Throws VendorError INVALID for a field that has to be filled and isn't. */
export function requireAll(values: Readonly<Record<string, unknown>>, fields: readonly WireCustomField[]): void {
  const isEmpty = (value: unknown): boolean => [value].flat().every((one) => one === undefined || one === "");
  const missing = fields.find((field) => isRequired(field) && isEmpty(values[keyOf(field, fields)]));
  if (!missing) return;
  const allowed = allowedOf(missing);
  const choices = allowed.length > 0 ? ` There are: ${allowed.join(", ")}.` : "";
  const message = `This queue wants the custom field "${labelOf(missing)}". Give a value.${choices}`;
  throw wrong(["customFields", keyOf(missing, fields)], message, allowed);
}

/** The values that a select field offers; none for fields that take any text. */
function allowedOf({ Values }: WireCustomField): readonly string[] {
  if (!Array.isArray(Values)) return [];
  return Values.flatMap((value: unknown) => (typeof value === "string" ? [value] : []));
}

/** A field as forms need it; `among` are all of its queue. */
export function definitionOf(field: WireCustomField, among: readonly WireCustomField[]): FieldDefinition {
  const isSelect = field.Type === "Select";
  return {
    id: keyOf(field, among),
    name: labelOf(field),
    type: isSelect && field.MaxValues !== "1" ? "OPTIONS" : (TYPES[field.Type ?? ""] ?? "OTHER"),
    required: isRequired(field),
    // REST2 tells no defaults.
    defaultValue: null,
    allowedValues: allowedOf(field).map((name) => ({ vendorId: name, name })),
  };
}

const TYPES: Record<string, FieldDefinition["type"]> = {
  Freeform: "TEXT",
  Text: "TEXT",
  Wikitext: "TEXT",
  HTML: "RICH_TEXT",
  Select: "OPTION",
  Combobox: "TEXT",
  Autocomplete: "TEXT",
  Date: "DATE",
  DateTime: "DATETIME",
  Binary: "ATTACHMENT",
  Image: "ATTACHMENT",
};

function fieldNamed(fields: readonly WireCustomField[], word: string, path: readonly string[]): WireCustomField {
  const [field, ...others] = fieldsNamed(fields, word);
  if (!field)
    throw noSuch(
      path,
      `This queue has no custom field "${word}".`,
      word,
      fields.map((one) => keyOf(one, fields)),
    );
  if (others.length === 0) return field;
  const same = [field, ...others];
  const list = same.map((one) => `${labelOf(one)} (${one.id})`).join(", ");
  throw wrong(
    path,
    `"${word}" names ${same.length} custom fields: ${list}. Give one by its number.`,
    same.map(({ id }) => id),
  );
}

/** A field's name, by which REST2 knows it; its number where that name is another's too, or reads as a number. */
function keyOf(field: WireCustomField, among: readonly WireCustomField[]): string {
  const { id, Name } = field;
  if (!Name || /^\d+$/.test(Name)) return id;
  return among.some((one) => one.id !== id && one.Name?.toLowerCase() === Name.toLowerCase()) ? id : Name;
}

function labelOf({ id, Name }: WireCustomField): string {
  return Name || id;
}

function valueOf(value: unknown, field: WireCustomField, path: readonly string[]): unknown {
  const values = Array.isArray(value) ? value : [value];
  const max = Number(field.MaxValues ?? 0);
  const name = labelOf(field);
  if (max > 0 && values.length > max)
    throw wrong(path, `"${name}" takes ${max} value, and ${values.length} were given.`);
  const allowed = allowedOf(field);
  const chosen = values.map((one: unknown) => {
    if (typeof one !== "string" && typeof one !== "number") throw wrong(path, `"${name}" takes texts.`);
    const word = String(one);
    if (allowed.length === 0 || allowed.includes(word)) return word;
    const option = allowed.find((other) => other.toLowerCase() === word.trim().toLowerCase());
    if (option === undefined) throw noSuch(path, `"${name}" has no value "${word}".`, word, allowed);
    return option;
  });
  return Array.isArray(value) ? chosen : chosen[0];
}
