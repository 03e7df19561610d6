import { textOf } from "../adf.js";
import type { Issue } from "../issue.js";
import { CUSTOM_FIELDS, type CustomField } from "../site/custom-fields.js";
import { INTEGRATION, PEOPLE } from "../site/people.js";
import { PRIORITIES } from "../site/priorities.js";
import { PROJECTS, TYPES } from "../site/projects.js";
import { CATEGORIES, STATUSES, statusOf } from "../site/statuses.js";
import type { JiraState } from "../state.js";
import { JqlError } from "./jql-error.js";

/** What a query can ask of a field, by what sort of thing it holds. */
export type ClauseField = { readonly name: string } & (
  | {
      readonly sort: "things";
      /** What of an issue is compared: none, one or several ids. */
      of(issue: Issue): readonly string[];
      /** The id of the thing that a value names; undefined where there is no such thing. */
      resolve(text: string, state: JiraState): string | undefined;
      /** Where a thing stands among its kind, if `<` and `>` mean something for it. */
      rank?(id: string): number;
    }
  | { readonly sort: "text"; of(issue: Issue): string | null }
  | { readonly sort: "number" | "time"; of(issue: Issue): number | null }
);

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const list = (value: string | null): readonly string[] => (value === null ? [] : [value]);

/** The thing in a list that has this id or name. */
function among(things: readonly { readonly id: string | number; readonly name: string; readonly key?: string }[]) {
  return (text: string): string | undefined => {
    const found = things.find(
      ({ id, name, key }) => String(id) === text || same(name, text) || (key !== undefined && same(key, text)),
    );
    return found && String(found.id);
  };
}
function someone(text: string): string | undefined {
  return PEOPLE.find(
    ({ accountId, name, email, hidesEmail }) =>
      accountId === text || same(name, text) || (!hidesEmail && same(email, text)),
  )?.accountId;
}
function issueId(text: string, state: JiraState): string | undefined {
  const issue = state.find(text);
  return issue && String(issue.id);
}
const day = (text: string | null): number | null => (text === null ? null : Date.parse(`${text}T00:00:00Z`));

const key: ClauseField = { name: "key", sort: "things", of: ({ id }) => [String(id)], resolve: issueId, rank: Number };
const type: ClauseField = { name: "issuetype", sort: "things", of: ({ typeId }) => [typeId], resolve: among(TYPES) };

const SYSTEM: Readonly<Record<string, ClauseField>> = {
  project: { name: "project", sort: "things", of: ({ projectId }) => [projectId], resolve: among(PROJECTS) },
  issuetype: type,
  type,
  status: { name: "status", sort: "things", of: ({ statusId }) => [statusId], resolve: among(STATUSES) },
  statuscategory: {
    name: "statusCategory",
    sort: "things",
    of: ({ statusId }) => [String(statusOf(statusId).category.id)],
    resolve: (text) =>
      (among(CATEGORIES)(text) ?? String(CATEGORIES.find((one) => same(one.key, text))?.id ?? "")) || undefined,
  },
  assignee: { name: "assignee", sort: "things", of: ({ assigneeId }) => list(assigneeId), resolve: someone },
  reporter: { name: "reporter", sort: "things", of: ({ reporterId }) => [reporterId], resolve: someone },
  creator: { name: "creator", sort: "things", of: ({ creatorId }) => [creatorId], resolve: someone },
  priority: {
    name: "priority",
    sort: "things",
    of: ({ priorityId }) => [priorityId],
    resolve: among(PRIORITIES),
    rank: (id) => -Number(id),
  },
  labels: { name: "labels", sort: "things", of: ({ labels }) => labels, resolve: (text) => text },
  key,
  issue: key,
  issuekey: key,
  id: key,
  parent: {
    name: "parent",
    sort: "things",
    of: ({ parentId }) => (parentId === null ? [] : [String(parentId)]),
    resolve: issueId,
  },
  summary: { name: "summary", sort: "text", of: ({ summary }) => summary },
  description: {
    name: "description",
    sort: "text",
    of: ({ description }) => (description ? textOf(description) : null),
  },
  text: {
    name: "text",
    sort: "text",
    of: ({ summary, description, comments }) =>
      [summary, textOf(description), ...comments.map(({ body }) => textOf(body))].join("\n"),
  },
  created: { name: "created", sort: "time", of: ({ created }) => created },
  createddate: { name: "created", sort: "time", of: ({ created }) => created },
  updated: { name: "updated", sort: "time", of: ({ updated }) => updated },
  updateddate: { name: "updated", sort: "time", of: ({ updated }) => updated },
  resolved: { name: "resolved", sort: "time", of: ({ resolved }) => resolved },
  resolutiondate: { name: "resolved", sort: "time", of: ({ resolved }) => resolved },
  duedate: { name: "duedate", sort: "time", of: ({ dueDate }) => day(dueDate) },
  due: { name: "duedate", sort: "time", of: ({ dueDate }) => day(dueDate) },
};

/** The account that `currentUser()` means. */
export const CURRENT_USER = INTEGRATION.accountId;

/** The field that a query calls so; throws a JqlError where there is none. */
export function fieldOf(name: string): ClauseField {
  const field = clauseField(name);
  if (!field) throw new JqlError(`Field '${name}' does not exist or you do not have permission to view it.`);
  return field;
}

/** Where the first of an issue's things stands among its kind; null where it has none, or the kind has no order. */
export function rankOf(field: ClauseField & { sort: "things" }, issue: Issue): number | null {
  const [id] = field.of(issue);
  return id === undefined ? null : (field.rank?.(id) ?? null);
}

function clauseField(name: string): ClauseField | undefined {
  const lower = name.toLowerCase();
  if (Object.hasOwn(SYSTEM, lower)) return SYSTEM[lower];
  const custom = CUSTOM_FIELDS.find(
    (field) => lower === `cf[${field.number}]` || same(field.name, name) || field.id === lower,
  );
  return custom && fromCustom(custom);
}

function fromCustom({ id, name, kind, options }: CustomField): ClauseField {
  const stored = (issue: Issue): unknown => issue.custom[id] ?? null;
  switch (kind) {
    case "option":
    case "options":
      return {
        name,
        sort: "things",
        of: (issue) => [stored(issue)].flat().filter((value): value is string => typeof value === "string"),
        resolve: (text) => options.find((option) => option.id === text || same(option.value, text))?.id,
      };
    case "number":
    case "datetime":
      return { name, sort: kind === "number" ? "number" : "time", of: (issue) => stored(issue) as number | null };
    case "text":
      return { name, sort: "text", of: (issue) => stored(issue) as string | null };
    case "document":
      return { name, sort: "text", of: (issue) => textOf(stored(issue) as Issue["description"]) || null };
  }
}
