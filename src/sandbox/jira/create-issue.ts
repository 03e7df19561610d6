import { isObject, type JsonObject } from "../json.js";
import { commentsIn } from "./comments-in.js";
import type { Issue, IssueContent } from "./issue.js";
import { readProperties } from "./properties.js";
import { selfOf, type View } from "./render-issue.js";
import { holds, type Site } from "./site.js";
import { INTEGRATION } from "./site/people.js";
import { DEFAULT_PRIORITY } from "./site/priorities.js";
import { transitioned } from "./transition-issue.js";
import { errorMessages, gathered, type ErrorCollection, type Mistakes } from "./words.js";
import { askedFields, checkWhole, hasNul, placeOf, readChanges } from "./write-issue.js";

const EMPTY: IssueContent = {
  summary: "",
  description: null,
  priorityId: DEFAULT_PRIORITY.id,
  assigneeId: null,
  reporterId: INTEGRATION.accountId,
  labels: [],
  parentId: null,
  dueDate: null,
  typeId: "",
  custom: {},
};

/** Makes an issue of what was sent, or says why not; a transition that fails leaves the issue where it begins. */
export function createIssue(
  site: Site,
  view: View,
  details: unknown,
): { readonly created: JsonObject } | { readonly errors: ErrorCollection } {
  if (!isObject(details) || hasNul(details)) return { errors: errorMessages("INVALID_INPUT") };
  const { state } = site;
  const mistakes: Mistakes = {};
  const { project, issuetype, ...fields } = askedFields(details, undefined, mistakes);
  const place = placeOf({ project, issuetype }, mistakes);
  const properties = readProperties(details.properties, mistakes);
  if (!place) return { errors: gathered(mistakes) ?? errorMessages("INVALID_INPUT") };
  const content = { ...EMPTY, typeId: place.type.id, ...readChanges(fields, place.type, state, mistakes) };
  checkWhole(content, place, state, mistakes);
  if (!holds(site.rights.create, place.project.key))
    return { errors: errorMessages("You do not have permission to create issues in this project.") };
  const errors = gathered(mistakes);
  if (errors) return { errors };

  const at = site.now();
  const { initial } = place.project.workflow;
  const issue = state.add(place.project.id, content, {
    statusId: initial.id,
    creatorId: INTEGRATION.accountId,
    created: at,
    updated: at,
    statusChanged: at,
    resolved: null,
    properties,
    comments: commentsIn(details, site),
    attachments: [],
  });
  const transition = details.transition === undefined ? undefined : move(issue, details, site, at);
  const created = { id: String(issue.id), key: issue.key, self: selfOf(view, issue) };
  return { created: { ...created, ...(transition && { transition }) } };
}

/** Does the transition that came with the issue, and tells how it went. */
function move(issue: Issue, { transition }: JsonObject, { state }: Site, at: number): JsonObject {
  const result = transitioned(issue, { transition }, state, at);
  if ("errors" in result) return { status: 400, errorCollection: result.errors };
  state.put(result.issue);
  return { status: 200, errorCollection: errorMessages() };
}
