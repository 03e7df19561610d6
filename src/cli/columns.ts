import { CliError } from "./cli-error.js";
import { FIELDS, type Field } from "./ticket-fields.js";

/** What a column stands for: a field of a ticket, one of the vendor's own fields, or nothing. */
export type Target =
  | { readonly field: Field }
  /** `isJson`: its cells hold JSON, as numbers and options of a select list do. */
  | { readonly customField: string; readonly isJson: boolean }
  | "left out";

/** Names that such columns have elsewhere. */
const ALIASES: Readonly<Record<string, Field>> = {
  title: "name",
  summary: "name",
  subject: "name",
  projectkey: "project",
  issuetype: "type",
  tickettype: "type",
  assignee: "assignees",
  reporter: "reporters",
  label: "tags",
  labels: "tags",
  due: "dueDate",
};
const FIELD_OF = new Map<string, Field>([
  ...Object.entries(ALIASES),
  ...(Object.keys(FIELDS) as Field[]).map((field) => [plain(field), field] as const),
]);

/**
 * How columns are told apart: by `column=field` of --map first, then by their names. Gives undefined for a column that stands
 * for nothing known. Throws CliError for a map that can't be.
 */
export function columnsBy(maps: readonly string[]): (column: string) => Target | undefined {
  const mapped = new Map(
    maps.map((map) => {
      const at = map.lastIndexOf("=");
      if (at < 1) throw new CliError(`--map ${map}: give a column and a field, as in --map "Summary=name".`);
      const [column, name] = [map.slice(0, at).trim(), map.slice(at + 1).trim()];
      const target: Target | undefined = name === "" ? "left out" : targetNamed(name);
      if (!target)
        throw new CliError(
          `--map ${map}: there is no field "${name}". The fields are ${Object.keys(FIELDS).join(", ")}, and customFields.ID for the vendor's own.`,
        );
      return [column, target] as const;
    }),
  );
  return (column) => mapped.get(column) ?? targetNamed(column);
}

function targetNamed(name: string): Target | undefined {
  const [, id, json] = /^customFields\.(.+?)(:json)?$/.exec(name) ?? [];
  if (id !== undefined) return { customField: id, isJson: json !== undefined };
  const field = FIELD_OF.get(plain(name));
  return field && { field };
}

/** "Issue Type", "issue_type" and "issueType" are the same. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}
