import { CUSTOM_FIELDS } from "./site/custom-fields.js";

/** The fields that every issue has, as Jira orders nothing in particular. */
export const SYSTEM_FIELDS = [
  "statuscategorychangedate",
  "issuetype",
  "parent",
  "project",
  "fixVersions",
  "statusCategory",
  "resolution",
  "resolutiondate",
  "workratio",
  "lastViewed",
  "watches",
  "created",
  "priority",
  "labels",
  "versions",
  "issuelinks",
  "assignee",
  "updated",
  "status",
  "components",
  "description",
  "security",
  "summary",
  "creator",
  "subtasks",
  "reporter",
  "environment",
  "duedate",
  "votes",
  "attachment",
  "comment",
  "worklog",
  "timetracking",
] as const;
export type SystemField = (typeof SYSTEM_FIELDS)[number];

const ALL: readonly string[] = [...SYSTEM_FIELDS, ...CUSTOM_FIELDS.map(({ id }) => id)];
const KNOWN: ReadonlySet<string> = new Set(ALL);
const NOT_NAVIGABLE: ReadonlySet<string> = new Set(["comment", "worklog", "timetracking", "attachment"]);

/**
 * The fields that a request names: ids, `*all`, `*navigable`, and `-id` for all but that one; unknown ones are no
 * mistake. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-get
 */
export function readFieldFilter(
  names: readonly string[] | undefined,
  otherwise: "*all" | "*navigable",
): readonly string[] {
  const asked = (names ?? [])
    .flatMap((name) => name.split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const without = new Set(asked.flatMap((name) => (name.startsWith("-") ? [name.slice(1)] : [])));
  const wanted = asked.filter((name) => !name.startsWith("-"));
  const from = wanted.length > 0 ? wanted : [otherwise];
  const picked = new Set(from.flatMap(expanded));
  return [...picked].filter((name) => !without.has(name));
}

function expanded(name: string): readonly string[] {
  if (name === "*all") return ALL;
  if (name === "*navigable") return ALL.filter((field) => !NOT_NAVIGABLE.has(field));
  return KNOWN.has(name) ? [name] : [];
}
