import { CliError } from "./cli-error.js";
import type { Target } from "./columns.js";
import type { CreateTicketInput } from "./generated/sdk.js";
import type { BrokenRecord, FileRecord } from "./record.js";
import { FIELDS, jsonOf, type Field } from "./ticket-fields.js";

/** A ticket of a file. */
export interface Row {
  readonly line: number;
  readonly input: CreateTicketInput;
  readonly record: FileRecord;
}

/** What is wrong with one line. */
export interface BadRow {
  readonly line: number;
  readonly problems: readonly string[];
}

/**
 * Makes tickets of records; `fixed` are the fields that every ticket gets where its own line says nothing. What it gives throws
 * CliError for a column that nobody knows: that is not one row's fault.
 */
export function rowsBy(
  targetOf: (column: string) => Target | undefined,
  fixed: Readonly<Partial<Record<Field, string>>>,
): (record: FileRecord | BrokenRecord) => Row | BadRow {
  return (record) => {
    if ("problem" in record) return { line: record.line, problems: [record.problem] };
    const { line, cells } = record;
    const strange = cells.filter(([column]) => targetOf(column) === undefined).map(([column]) => unknownColumn(column));
    if (strange.length > 0) throw new CliError(`Line ${line}: ${strange.join("\n")}`);
    const problems: string[] = [];
    const input: Record<string, unknown> = {};
    const customFields: Record<string, unknown> = {};
    const put = (column: string, field: Field, value: unknown): void => {
      const read = FIELDS[field].safeParse(value);
      if (!read.success) {
        problems.push(`${label(column, field)}: ${shown(value)} ${read.error.issues[0]?.message ?? "is not valid"}.`);
      } else if (Array.isArray(input[field])) input[field] = [...input[field], ...(read.data as unknown[])];
      else if (field in input) problems.push(`${label(column, field)}: another column is the ${field} already.`);
      else input[field] = read.data;
    };
    for (const [column, value] of cells) {
      const target = targetOf(column);
      if (!target || target === "left out" || isEmpty(value)) continue;
      if ("field" in target) put(column, target.field, value);
      else if (!target.isJson || typeof value !== "string") customFields[target.customField] = value;
      else {
        const json = jsonOf(value);
        if (json === undefined) problems.push(`${column}: ${shown(value)} is not JSON.`);
        customFields[target.customField] = json;
      }
    }
    for (const [field, value] of Object.entries(fixed) as [Field, string][])
      if (!(field in input)) put(`--set ${field}`, field, value);
    if (Object.keys(customFields).length > 0)
      input["customFields"] = { ...(input["customFields"] as object | undefined), ...customFields };
    if (typeof input["name"] !== "string" && problems.length === 0)
      problems.push("name: it is missing. Every ticket has a title.");
    return problems.length > 0 ? { line, problems } : { line, input: input as CreateTicketInput, record };
  };
}

/** Reads `field=value` of --set. Throws CliError. */
export function fixedFields(sets: readonly string[]): Readonly<Partial<Record<Field, string>>> {
  return Object.fromEntries(
    sets.map((set) => {
      const at = set.indexOf("=");
      const field = set.slice(0, at).trim();
      if (at < 1 || !(field in FIELDS))
        throw new CliError(
          `--set ${set}: give a field and a value, as in --set project=PLAT. The fields are ${Object.keys(FIELDS).join(", ")}.`,
        );
      return [field, set.slice(at + 1).trim()];
    }),
  );
}

function unknownColumn(column: string): string {
  return `The column "${column}" fits no field of a ticket. Say what it is by --map "${column}=FIELD", or leave it out by --map "${column}=".`;
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "string" && value.trim() === "");
}

function label(column: string, field: Field): string {
  return column === field ? field : `${column} (${field})`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "it";
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
