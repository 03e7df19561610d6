import type { WireField } from "./wire.js";

/** What a bulk edit changes, in its own dialect, which is not that of `fields`. */
export interface BulkEdit {
  readonly selectedActions: readonly string[];
  readonly editedFieldsInput: Readonly<Record<string, unknown>>;
}

/** A field's new value, and under which name of `editedFieldsInput` it goes. */
type Entry = readonly [name: string, value: unknown];

/**
 * Changed fields as a bulk edit takes them; undefined where it can't carry one of them: then the change goes alone.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-bulk-operations/#api-rest-api-3-bulk-issues-fields-post
 */
export function bulkEditOf(
  fields: Readonly<Record<string, unknown>>,
  screen: readonly WireField[],
): BulkEdit | undefined {
  const input: Record<string, unknown> = {};
  for (const [fieldId, value] of Object.entries(fields)) {
    const entry = SYSTEM[fieldId]?.(value) ?? customEntry(fieldId, value, screen);
    if (!entry) return undefined;
    const [name, one] = entry;
    input[name] = name === "priority" ? one : [...((input[name] ?? []) as unknown[]), one];
  }
  return { selectedActions: Object.keys(fields), editedFieldsInput: input };
}

/**
 * Not here, and so changed alone: a parent, which the dialect has no word for; an assignee or a priority that is taken away,
 * which its schema has no value for; and days, whose form depends on the site's settings (`d/mmm/yy` or `dd-mm-yyyy`).
 */
const SYSTEM: Readonly<Record<string, (value: unknown) => Entry | undefined>> = {
  summary: (text) => ["singleLineTextFields", { fieldId: "summary", text }],
  description: (value) => richText("description", value),
  priority: (value) => (idOf(value) === undefined ? undefined : ["priority", { priorityId: idOf(value) }]),
  assignee: (value) => {
    const accountId = idOf(value);
    if (accountId === undefined) return undefined;
    return ["singleSelectClearableUserPickerFields", { fieldId: "assignee", user: { accountId } }];
  },
  labels: (value) => {
    const labels = (value as readonly string[]).map((name) => ({ name }));
    const bulkEditMultiSelectFieldOption = labels.length > 0 ? "REPLACE" : "REMOVE_ALL";
    return ["labelsFields", { fieldId: "labels", bulkEditMultiSelectFieldOption, labels }];
  },
};

/** Which of the kinds that administrators can add the dialect has a word for, by the last part of `schema.custom`. */
const CUSTOM: Readonly<Record<string, (fieldId: string, value: unknown) => Entry | undefined>> = {
  textfield: (fieldId, text) => ["singleLineTextFields", { fieldId, text: text ?? "" }],
  textarea: richText,
  float: (fieldId, value) => (typeof value === "number" ? ["clearableNumberFields", { fieldId, value }] : undefined),
  select(fieldId, value) {
    // -1 takes the option away.
    const option = value === null ? { optionId: -1 } : optionOf(value);
    return option && ["singleSelectFields", { fieldId, option }];
  },
  multiselect(fieldId, value) {
    const options = ((value ?? []) as readonly unknown[]).map(optionOf);
    return options.includes(undefined) ? undefined : ["multipleSelectFields", { fieldId, options }];
  },
};

function customEntry(fieldId: string, value: unknown, screen: readonly WireField[]): Entry | undefined {
  const { schema } = screen.find((field) => field.fieldId === fieldId) ?? {};
  const kind = schema?.custom?.split(":").at(-1) ?? "";
  return CUSTOM[kind]?.(fieldId, value);
}

/** A text of several lines; an empty object takes it away. */
function richText(fieldId: string, value: unknown): Entry {
  return ["richTextFields", { fieldId, richText: value === null ? {} : { adfValue: value } }];
}

/** Its ids are numbers here, and texts everywhere else. */
function optionOf(value: unknown): { readonly optionId: number } | undefined {
  const id = idOf(value);
  const isPlain = id !== undefined && /^\d{1,15}$/.test(id) && Object.keys(value as object).length === 1;
  return isPlain ? { optionId: Number(id) } : undefined;
}

function idOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("id" in value)) return undefined;
  return typeof value.id === "string" ? value.id : undefined;
}
