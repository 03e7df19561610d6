import { isObject, type JsonObject } from "../json.js";
import type { Issue } from "./issue.js";
import { customField } from "./site/custom-fields.js";
import type { Mistakes } from "./words.js";

/**
 * What the operations under `update` make of each field: set for all, add and remove for lists.
 * https://developer.atlassian.com/server/jira/platform/updating-an-issue-via-the-jira-rest-apis-6848604/
 */
export function applyOperations(update: JsonObject, present: Issue | undefined, mistakes: Mistakes): JsonObject {
  const fields: Record<string, unknown> = {};
  for (const [name, operations] of Object.entries(update)) {
    // A comment is an operation and no field of an issue: the endpoint adds it.
    if (name === "comment") continue;
    if (!Array.isArray(operations)) {
      mistakes[name] = "data was not an array";
      continue;
    }
    for (const operation of operations) {
      const [[verb, value] = ["", undefined]] = isObject(operation) ? Object.entries(operation) : [];
      const list = listOf(name, name in fields ? fields[name] : undefined, present);
      if (verb === "set") fields[name] = value;
      else if (verb === "add" && list) fields[name] = [...list, value];
      else if (verb === "remove" && list) fields[name] = list.filter((one) => !same(one, value));
      else
        mistakes[name] =
          `Field with id '${name}' does not support operation '${verb}'. Supported operation(s) are: '${list ? "add, set, remove" : "set"}'`;
    }
  }
  return fields;
}

/** The list that a field holds so far, in the form in which it is written; undefined where it holds none. */
function listOf(name: string, sofar: unknown, present: Issue | undefined): readonly unknown[] | undefined {
  const custom = customField(name);
  if (name !== "labels" && custom?.kind !== "options") return undefined;
  if (Array.isArray(sofar)) return sofar;
  if (name === "labels") return present?.labels ?? [];
  const stored = present?.custom[name];
  return (custom?.options ?? []).filter(({ id }) => Array.isArray(stored) && stored.includes(id));
}

function same(one: unknown, other: unknown): boolean {
  if (isObject(one) && isObject(other)) return other.id === undefined ? one.value === other.value : one.id === other.id;
  return one === other;
}
