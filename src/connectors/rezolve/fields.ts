import type { FieldDefinition, FieldType } from "../../domain/ticket.js";
import type { RezolveSite } from "./settings.js";
import type { WireField, WireOffer, WireType } from "./wire.js";

/** A field as people call it. */
export function nameOf({ id, name, label }: WireField): string {
  return label || name || id;
}

/** The fields that a word means: by id, or by label or name in any case. */
export function fieldsNamed(type: WireType, word: string): readonly WireField[] {
  const fields = type.fields ?? [];
  const own = fields.filter(({ id }) => id === word);
  if (own.length > 0) return own;
  const wanted = word.trim().toLowerCase();
  const labelled = fields.filter(({ label }) => label?.toLowerCase() === wanted);
  return labelled.length > 0 ? labelled : fields.filter(({ name }) => name?.toLowerCase() === wanted);
}

const RICH = new Set(["richtext", "rich_text", "rich-text", "html", "editor"]);
const LONG = new Set(["textarea", "text_area", "multiline"]);

/** The field for the long text: the one of the settings, else a rich one, else a long one, called a description before others. */
export function descriptionField(type: WireType, { options }: RezolveSite): WireField | undefined {
  if (options.descriptionField !== undefined) return fieldsNamed(type, options.descriptionField)[0];
  const of = (kinds: ReadonlySet<string>): WireField | undefined => {
    const fields = (type.fields ?? []).filter((field) => kinds.has((field.type ?? "").toLowerCase()));
    return fields.find((field) => /description/i.test(nameOf(field))) ?? fields[0];
  };
  return of(RICH) ?? of(LONG);
}

const TYPES: Record<string, FieldType> = {
  text: "TEXT",
  textarea: "RICH_TEXT",
  richtext: "RICH_TEXT",
  rich_text: "RICH_TEXT",
  html: "RICH_TEXT",
  dropdown: "OPTION",
  multiselect: "OPTIONS",
  date: "DATE",
  datetime: "DATETIME",
  number: "NUMBER",
  checkbox: "BOOLEAN",
  file: "ATTACHMENT",
};

export function typeOf({ type }: WireField): FieldType {
  return TYPES[(type ?? "").toLowerCase()] ?? "OTHER";
}

export function definitionOf(field: WireField): FieldDefinition {
  return {
    id: field.id,
    name: nameOf(field),
    type: typeOf(field),
    required: field.required ?? false,
    defaultValue: field.defaultValue ?? null,
    allowedValues: (field.options ?? []).map(({ value, label }) => ({ vendorId: value, name: label })),
  };
}

/** A type's offers as the first of its fields: what a form has to ask before all others. */
export function offerField(offers: readonly WireOffer[]): FieldDefinition {
  return {
    id: "offerId",
    name: "Offer (goes to vendor.rezolve.offerId)",
    type: "OPTION",
    required: offers.length !== 1,
    defaultValue: offers.length === 1 ? (offers[0]?.id ?? null) : null,
    allowedValues: offers.map(({ id, name }) => ({ vendorId: id, name: name ?? id })),
  };
}
