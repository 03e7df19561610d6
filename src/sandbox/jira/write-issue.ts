import { isObject, type JsonObject } from "../json.js";
import { CUSTOM_READERS, FieldRefusal, SYSTEM_READERS } from "./fields.js";
import type { Issue, IssueContent } from "./issue.js";
import { customField } from "./site/custom-fields.js";
import { findProject, typeOf, type IssueType, type Project } from "./site/projects.js";
import type { JiraState } from "./state.js";
import { applyOperations } from "./update-operations.js";
import type { Mistakes } from "./words.js";

/** What was asked for in `fields` and `update`, as one set of fields: what an operation makes of the present value. */
export function askedFields(details: JsonObject, present: Issue | undefined, mistakes: Mistakes): JsonObject {
  const fields = isObject(details.fields) ? details.fields : {};
  const update = isObject(details.update) ? details.update : {};
  for (const name of Object.keys(update))
    if (name in fields) mistakes[name] = `Field '${name}' cannot be in both 'fields' and 'update'.`;
  return { ...fields, ...applyOperations(update, present, mistakes) };
}

/** The project and type of a new issue; undefined, with the mistake noted, where either is missing. */
export function placeOf(fields: JsonObject, mistakes: Mistakes): { project: Project; type: IssueType } | undefined {
  const { id, key } = isObject(fields.project) ? fields.project : {};
  const wanted = id ?? key;
  const project = typeof wanted === "string" ? findProject(wanted) : undefined;
  if (!project) mistakes.project = "Specify a valid project ID or key";
  const type = readType(fields.issuetype, project, mistakes);
  return project && type && { project, type };
}

function readType(value: unknown, project: Project | undefined, mistakes: Mistakes): IssueType | undefined {
  const { id, name } = isObject(value) ? value : {};
  if (id === undefined && name === undefined) {
    mistakes.issuetype = "Specify an issue type";
    return undefined;
  }
  const type = project?.types.find((one) => (id === undefined ? one.name === name : one.id === id));
  if (!type && project) mistakes.issuetype = "The issue type selected is invalid.";
  return type;
}

/** The changes that fields make to an issue of this type; what is wrong with them is noted. */
export function readChanges(
  fields: JsonObject,
  type: IssueType,
  state: JiraState,
  mistakes: Mistakes,
): Partial<IssueContent> {
  let changes: Partial<IssueContent> = {};
  for (const [name, value] of Object.entries(fields)) {
    try {
      const custom = type.customFields.includes(name) ? CUSTOM_READERS.get(name) : undefined;
      if (custom) changes = { ...changes, custom: { ...changes.custom, [name]: custom(value) } };
      else if (Object.hasOwn(SYSTEM_READERS, name)) changes = { ...changes, ...SYSTEM_READERS[name]?.(value, state) };
      else throw new FieldRefusal(`Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`);
    } catch (error) {
      if (!(error instanceof FieldRefusal)) throw error;
      mistakes[error.field ?? name] = error.message;
    }
  }
  return changes;
}

/** Notes what must be there and isn't, and a parent that doesn't fit. */
export function checkWhole(
  content: IssueContent,
  place: { project: Project; type: IssueType },
  state: JiraState,
  mistakes: Mistakes,
): void {
  const { project, type } = place;
  if (content.summary === "" && !("summary" in mistakes)) mistakes.summary = "Summary is required.";
  for (const id of type.required)
    if ((content.custom[id] ?? null) === null && !(id in mistakes))
      mistakes[id] = `${customField(id)?.name ?? id} is required.`;
  const parent = content.parentId === null ? undefined : state.byId(content.parentId);
  if (type.subtask && !parent && !("parent" in mistakes))
    mistakes.issuetype = "Issue type is a sub-task but parent issue key or id not specified.";
  if (!parent) return;
  const parentLevel = typeOf(parent.typeId).hierarchyLevel;
  if (type.subtask && parent.projectId !== project.id)
    mistakes.project = "Sub-tasks must be created in the same project as the parent.";
  else if (parentLevel !== type.hierarchyLevel + 1)
    mistakes.parentId = "Given parent work item does not belong to appropriate hierarchy.";
}

/** Whether any text in a value holds a NUL character, which no database behind Jira keeps. */
export function hasNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (Array.isArray(value)) return value.some(hasNul);
  return isObject(value) && Object.values(value).some(hasNul);
}
