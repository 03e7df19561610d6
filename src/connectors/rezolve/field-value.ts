import { noSuch, wrong } from "../wrong.js";
import { nameOf, typeOf } from "./fields.js";
import type { WireField } from "./wire.js";

/** A custom field's value as Rezolve takes it. Throws VendorError INVALID for one that it would refuse. */
export function valueOf(field: WireField, value: unknown, path: readonly string[]): unknown {
  const name = nameOf(field);
  switch (typeOf(field)) {
    case "DATE":
    case "DATETIME":
      return moment(value, name, path);
    case "NUMBER":
      if (typeof value === "number" && Number.isFinite(value)) return value;
      throw wrong(path, `"${name}" takes a number.`);
    case "BOOLEAN":
      if (typeof value === "boolean") return value;
      throw wrong(path, `"${name}" takes true or false.`);
    case "OPTION":
      return option(field, value, path);
    case "OPTIONS":
      return (Array.isArray(value) ? value : [value]).map((one, n) => option(field, one, [...path, String(n)]));
    case "TEXT":
    case "RICH_TEXT":
      if (typeof value === "string" || typeof value === "number") return String(value);
      throw wrong(path, `"${name}" takes a text.`);
    case "USER":
    case "TICKET":
    case "ATTACHMENT":
    case "OTHER":
      return value;
  }
}

/** "Send ISO-8601 strings. Empty strings are rejected as invalid dates." */
function moment(value: unknown, name: string, path: readonly string[]): string {
  const date = typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? new Date(value) : undefined;
  if (date && !Number.isNaN(date.getTime())) return date.toISOString();
  throw wrong(
    path,
    `"${name}" takes a moment such as 2026-03-01T09:30:00Z, or a day. Leave it out where there is none.`,
  );
}

/** An option by its value, or by what people read. */
function option({ options, ...field }: WireField, value: unknown, path: readonly string[]): unknown {
  if (!options || options.length === 0) return value;
  const word = String(value).toLowerCase();
  const found =
    options.find((one) => one.value === String(value)) ?? options.find((one) => one.label.toLowerCase() === word);
  if (found) return found.value;
  const names = options.map(({ label }) => label);
  throw noSuch(path, `"${nameOf(field)}" has no value "${String(value)}".`, String(value), names);
}

/** What a field holds unless somebody says otherwise; undefined where that is nothing, or no date. */
export function defaultOf(field: WireField): unknown {
  const { defaultValue } = field;
  if (defaultValue === undefined || defaultValue === null || defaultValue === "") return undefined;
  if (Array.isArray(defaultValue) && defaultValue.length === 0) return undefined;
  const type = typeOf(field);
  if (type !== "DATE" && type !== "DATETIME") return defaultValue;
  const date = new Date(String(defaultValue));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
