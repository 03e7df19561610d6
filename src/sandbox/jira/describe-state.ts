import { canonicalJson, type JsonObject } from "../json.js";
import type { Issue } from "./issue.js";
import { PROJECTS } from "./site/projects.js";
import type { JiraState } from "./state.js";

/**
 * What the site holds, in figures: how many issues there are, and which hold the same value of a property or the same
 * label. `property` and `labelPrefix` in the query give every value with its issues as well.
 */
export function describeState(state: JiraState, query: URLSearchParams): JsonObject {
  const issues = [...state.all()];
  const property = query.get("property");
  const prefix = query.get("labelPrefix");
  const names = new Set(issues.flatMap((issue) => Object.keys(issue.properties)));
  const byProperty = (name: string): Map<string, string[]> =>
    grouped(issues, (issue) => (Object.hasOwn(issue.properties, name) ? [canonicalJson(issue.properties[name])] : []));
  return {
    issues: issues.length,
    byProject: Object.fromEntries(
      PROJECTS.map(({ id, key }) => [key, issues.filter(({ projectId }) => projectId === id).length]),
    ),
    properties: Object.fromEntries([...names].map((name) => [name, figures(byProperty(name))])),
    ...(property !== null && { issuesByProperty: Object.fromEntries(byProperty(property)) }),
    ...(prefix !== null && labelled(issues, prefix)),
  };
}

function labelled(issues: readonly Issue[], prefix: string): JsonObject {
  const groups = grouped(issues, ({ labels }) => labels.filter((label) => label.startsWith(prefix)));
  return { labels: figures(groups), issuesByLabel: Object.fromEntries(groups) };
}

function grouped(issues: readonly Issue[], valuesOf: (issue: Issue) => readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const issue of issues)
    for (const value of valuesOf(issue)) {
      const group = groups.get(value);
      if (group) group.push(issue.key);
      else groups.set(value, [issue.key]);
    }
  return groups;
}

function figures(groups: ReadonlyMap<string, readonly string[]>): JsonObject {
  const duplicates = [...groups].filter(([, keys]) => keys.length > 1);
  return { distinct: groups.size, duplicates: Object.fromEntries(duplicates) };
}
