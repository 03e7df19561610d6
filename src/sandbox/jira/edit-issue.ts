import type { JsonObject } from "../json.js";
import { isObject } from "../json.js";
import type { Issue } from "./issue.js";
import type { Site } from "./site.js";
import { projectOf, typeOf } from "./site/projects.js";
import { gathered, type ErrorCollection, type Mistakes } from "./words.js";
import { askedFields, checkWhole, readChanges } from "./write-issue.js";

/** The issue after an edit, or why it can't be done. Nothing is stored. */
export function editIssue(
  { state, now }: Site,
  issue: Issue,
  details: JsonObject,
): { readonly issue: Issue } | { readonly errors: ErrorCollection } {
  const mistakes: Mistakes = {};
  const project = projectOf(issue.projectId);
  const { issuetype, ...fields } = askedFields(details, issue, mistakes);
  const asked = isObject(issuetype)
    ? project.types.find(({ id, name }) => id === issuetype.id || name === issuetype.name)
    : undefined;
  if (issuetype !== undefined && !asked) mistakes.issuetype = "The issue type selected is invalid.";
  const type = asked ?? typeOf(issue.typeId);
  const changes = readChanges(fields, type, state, mistakes);
  const next: Issue = {
    ...issue,
    ...changes,
    typeId: type.id,
    custom: { ...issue.custom, ...changes.custom },
    updated: now(),
  };
  checkWhole(next, { project, type }, state, mistakes);
  const errors = gathered(mistakes);
  return errors ? { errors } : { issue: next };
}
