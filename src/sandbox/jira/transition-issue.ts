import { isObject, type JsonObject } from "../json.js";
import type { Issue } from "./issue.js";
import { customField } from "./site/custom-fields.js";
import { projectOf, typeOf } from "./site/projects.js";
import { DONE, statusOf } from "./site/statuses.js";
import { waysFrom, type Transition } from "./site/workflows.js";
import type { JiraState } from "./state.js";
import { errorMessages, gathered, type ErrorCollection, type Mistakes } from "./words.js";
import { askedFields, readChanges } from "./write-issue.js";

/** The fields that a transition's screen asks for, of those that the issue's type has. */
export function screenOf(transition: Transition, issue: Pick<Issue, "typeId">): readonly string[] {
  const { customFields } = typeOf(issue.typeId);
  return transition.needs.filter((id) => customFields.includes(id));
}

/** The issue after the transition that `details` names, or why it can't be done. Nothing is stored. */
export function transitioned(
  issue: Issue,
  details: JsonObject,
  state: JiraState,
  at: number,
): { readonly issue: Issue } | { readonly errors: ErrorCollection } {
  const { id } = isObject(details.transition) ? details.transition : {};
  if (typeof id !== "string" && typeof id !== "number")
    return { errors: errorMessages("Missing 'transition' identifier") };
  const way = waysFrom(projectOf(issue.projectId).workflow, issue.statusId).find((one) => one.id === String(id));
  if (!way) return { errors: errorMessages(`Transition id '${id}' is not valid for this issue.`) };
  const mistakes: Mistakes = {};
  const changes = readChanges(askedFields(details, issue, mistakes), typeOf(issue.typeId), state, mistakes);
  const next: Issue = { ...issue, ...changes, custom: { ...issue.custom, ...changes.custom } };
  for (const name of screenOf(way, issue))
    if ((next.custom[name] ?? null) === null && !(name in mistakes))
      mistakes[name] = `${customField(name)?.name ?? name} is required.`;
  const errors = gathered(mistakes);
  return errors ? { errors } : { issue: arrived(next, way, at) };
}

function arrived(issue: Issue, { to }: Transition, at: number): Issue {
  const isDone = to.category === DONE.category;
  const isNewCategory = to.category !== statusOf(issue.statusId).category;
  return {
    ...issue,
    statusId: to.id,
    updated: at,
    statusChanged: isNewCategory ? at : issue.statusChanged,
    resolved: isDone ? (issue.resolved ?? at) : null,
  };
}
