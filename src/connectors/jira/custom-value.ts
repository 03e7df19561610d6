import { markdownToAdf } from "./adf-from-markdown.js";
import { isRichText } from "./map.js";
import { noSuch, wrong } from "../wrong.js";
import { optionOf, type WireField } from "./wire.js";

/** A custom field's value as Jira writes it: options may come by name, rich text as Markdown; anything else goes as it is. */
export function customValueOf(value: unknown, field: WireField, path: readonly string[]): unknown {
  if (value === null) return null;
  if (typeof value === "string" && isRichText(field)) return markdownToAdf(value);
  const type = field.schema?.type;
  if (type === "number" && typeof value !== "number") throw wrong(path, `"${nameOf(field)}" takes a number.`);
  if (type === "string" && typeof value !== "string" && !isRichText(field))
    throw wrong(path, `"${nameOf(field)}" takes a text.`);
  if (type === "array") {
    if (!Array.isArray(value)) throw wrong(path, `"${nameOf(field)}" takes a list.`);
    return field.allowedValues ? value.map((one, n) => chosen(one, field, [...path, String(n)])) : value;
  }
  return field.allowedValues ? chosen(value, field, path) : value;
}

function chosen(value: unknown, field: WireField, path: readonly string[]): unknown {
  const options = (field.allowedValues ?? []).flatMap((one) => optionOf(one) ?? []);
  // A site may hide what is allowed; then Jira itself is the judge.
  if (options.length === 0) return value;
  const given = typeof value === "string" ? { id: value, name: value } : optionLike(value);
  const same = (name: string | undefined, other: string): boolean => name?.trim().toLowerCase() === other.toLowerCase();
  const option = options.find(({ id, name }) => id === given.id || same(given.name, name));
  // What else was said of the option stays said: a cascading one has a child.
  if (option) return { ...others(value), id: option.id };
  const names = options.map(({ name }) => name);
  throw noSuch(path, `"${nameOf(field)}" has no such option.`, given.name ?? given.id ?? "", names);
}

function optionLike(value: unknown): { readonly id?: string; readonly name?: string } {
  if (typeof value !== "object" || value === null) return {};
  const { id, value: word, name } = value as { id?: unknown; value?: unknown; name?: unknown };
  const text = word ?? name;
  return { ...(id != null && { id: String(id) }), ...(typeof text === "string" && { name: text }) };
}

function others(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([key]) => !["id", "value", "name", "self"].includes(key)));
}

function nameOf({ name, fieldId }: WireField): string {
  return name ?? fieldId;
}
