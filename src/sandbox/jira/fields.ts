import { isObject, type JsonObject } from "../json.js";
import { isDocument, textOf } from "./adf.js";
import type { Document, IssueContent } from "./issue.js";
import { CUSTOM_FIELDS, type CustomField, type Option } from "./site/custom-fields.js";
import { personById } from "./site/people.js";
import { PRIORITIES } from "./site/priorities.js";
import type { JiraState } from "./state.js";
import { readDay, readTime } from "./times.js";

/** Why a field's value was refused, in Jira's words. */
export class FieldRefusal extends Error {
  /** `field` where Jira blames another field than the one that was set. */
  constructor(
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

/** What a value of a field changes in an issue; throws a FieldRefusal. */
type FieldReader = (value: unknown, state: JiraState) => Partial<IssueContent>;

const SUMMARY_MAX = 255;
const TEXT_MAX = 32_767;
const LABEL_MAX = 255;
const NO_DOCUMENT = "Operation value must be an Atlassian Document (see the Atlassian Document Format)";

/** The system fields that can be written, beside project and issuetype. */
export const SYSTEM_READERS: Readonly<Record<string, FieldReader>> = {
  summary: (value) => ({ summary: readSummary(value) }),
  description: (value) => ({ description: readDocument(value) }),
  priority: (value) => ({ priorityId: readPriority(value) }),
  assignee: (value) => ({ assigneeId: readPerson(value, "assignee") }),
  reporter: (value) => {
    const reporterId = readPerson(value, "reporter");
    if (reporterId === null) throw new FieldRefusal("Reporter is required.");
    return { reporterId };
  },
  labels: (value) => ({ labels: readLabels(value) }),
  parent: (value, state) => ({ parentId: readParent(value, state) }),
  duedate: (value) => ({ dueDate: readDueDate(value) }),
};

/** The custom fields, by id; each sets its own place in `custom`. */
export const CUSTOM_READERS: ReadonlyMap<string, (value: unknown) => unknown> = new Map(
  CUSTOM_FIELDS.map((field) => [field.id, (value: unknown) => (value === null ? null : readCustom(field, value))]),
);

function readSummary(value: unknown): string {
  if (value === null || value === undefined) throw new FieldRefusal("Summary is required.");
  if (typeof value !== "string") throw new FieldRefusal("Operation value must be a string");
  if (value.trim() === "") throw new FieldRefusal("You must specify a summary of the issue.");
  if (/[\r\n]/.test(value)) throw new FieldRefusal("The summary is invalid because it contains newline characters.");
  if (value.length > SUMMARY_MAX) throw new FieldRefusal(`Summary can't exceed ${SUMMARY_MAX} characters.`);
  return value.trim();
}

function readDocument(value: unknown): Document | null {
  if (value === null) return null;
  if (!isObject(value)) throw new FieldRefusal(NO_DOCUMENT);
  // What is a document by its frame but not by its nodes, Jira refuses with this one word and no field.
  if (!isDocument(value))
    throw value.type === "doc" ? new FieldRefusal("INVALID_INPUT", "") : new FieldRefusal(NO_DOCUMENT);
  if (textOf(value).length > TEXT_MAX)
    throw new FieldRefusal("The entered text is too long. It exceeds the allowed limit of 32,767 characters.");
  return value;
}

function readPriority(value: unknown): string {
  const { id, name } = isObject(value) ? value : {};
  if (typeof id !== "string" && typeof name !== "string")
    throw new FieldRefusal("Specify the Priority (id or name) in the string format");
  const found = PRIORITIES.find((priority) => priority.id === id || (id === undefined && priority.name === name));
  if (!found) throw new FieldRefusal("The priority selected is invalid.");
  return found.id;
}

function readPerson(value: unknown, field: "assignee" | "reporter"): string | null {
  if (value === null) return null;
  const { id, accountId } = isObject(value) ? value : {};
  const wanted = id ?? accountId;
  if (wanted === null) return null;
  if (typeof wanted !== "string") throw new FieldRefusal(`Specify a valid value for ${field}`);
  const person = personById(wanted);
  if (field === "reporter") {
    if (!person) throw new FieldRefusal("The reporter specified is not a user.");
    return wanted;
  }
  if (!person) throw new FieldRefusal(`User '${wanted}' does not exist.`);
  if (!person.active) throw new FieldRefusal(`User '${wanted}' cannot be assigned issues.`);
  return wanted;
}

function readLabels(value: unknown): readonly string[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new FieldRefusal("data was not an array");
  for (const label of value) {
    if (typeof label !== "string") throw new FieldRefusal("Operation value must be a string");
    if (/\s/.test(label)) throw new FieldRefusal(`The label '${label}' contains spaces which is invalid.`);
    if (label.length > LABEL_MAX) throw new FieldRefusal(`The label '${label}' exceeds ${LABEL_MAX} characters.`);
  }
  return [...new Set(value as string[])].sort();
}

function readParent(value: unknown, state: JiraState): number | null {
  if (value === null) return null;
  const { id, key } = isObject(value) ? value : {};
  const wanted = typeof id === "string" ? id : key;
  const parent = typeof wanted === "string" ? state.find(wanted) : undefined;
  if (!parent) throw new FieldRefusal("Could not find issue by id or key.");
  return parent.id;
}

function readDueDate(value: unknown): string | null {
  if (value === null) return null;
  const day = typeof value === "string" ? readDay(value) : undefined;
  if (day === undefined) throw new FieldRefusal(`Error parsing date string: ${String(value)}`);
  return day;
}

/** A custom field's value as it is stored. */
function readCustom(field: CustomField, value: unknown): unknown {
  switch (field.kind) {
    case "option":
      return readOption(field, value).id;
    case "options":
      if (!Array.isArray(value)) throw new FieldRefusal("data was not an array");
      return value.map((one) => readOption(field, one).id);
    case "number":
      if (typeof value !== "number") throw new FieldRefusal("Operation value must be a number");
      return value;
    case "text":
      if (typeof value !== "string") throw new FieldRefusal("Operation value must be a string");
      if (value.length > SUMMARY_MAX)
        throw new FieldRefusal("The entered text is too long. It exceeds the allowed limit of 255 characters.");
      return value;
    case "document":
      return readDocument(value);
    case "datetime": {
      const at = typeof value === "string" ? readTime(value) : undefined;
      if (at === undefined) throw new FieldRefusal(`Error parsing time: ${String(value)}`);
      return at;
    }
  }
}

function readOption(field: CustomField, value: unknown): Option {
  const { id, value: text } = isObject(value) ? (value as JsonObject) : {};
  if (typeof id !== "string" && typeof text !== "string")
    throw new FieldRefusal(`Specify a valid 'id' or 'value' for ${field.name}`);
  const found = field.options.find((one) => (typeof id === "string" ? one.id === id : one.value === text));
  if (!found)
    throw new FieldRefusal(
      typeof id === "string" ? `Option id '${id}' is not valid` : `Option value '${String(text)}' is not valid`,
    );
  return found;
}
