import { isObject, isStrings } from "../../json.js";

/** What a search was asked for, from a query or from a body. */
export interface Asked {
  readonly jql: string;
  readonly maxResults: number;
  readonly nextPageToken?: string;
  readonly fields: readonly string[];
  readonly properties: readonly string[];
  readonly reconcile: readonly number[];
}

const KEYS: ReadonlySet<string> = new Set([
  "jql",
  "nextPageToken",
  "maxResults",
  "fields",
  "expand",
  "properties",
  "fieldsByKeys",
  "failFast",
  "reconcileIssues",
]);
/** What is asked for in a query. */
export function fromQuery(query: URLSearchParams): Asked {
  const token = query.get("nextPageToken");
  const listed = (name: string): readonly string[] => query.getAll(name).flatMap((text) => text.split(","));
  return {
    jql: query.get("jql") ?? "",
    maxResults: Number(query.get("maxResults") ?? 50),
    ...(token !== null && { nextPageToken: token }),
    fields: listed("fields"),
    properties: listed("properties"),
    reconcile: listed("reconcileIssues").map(Number),
  };
}

/** What is asked for in a body; undefined where it holds what Jira doesn't know or of another type than it takes. */
export function fromBody(body: unknown): Asked | undefined {
  if (!isObject(body) || Object.keys(body).some((key) => !KEYS.has(key))) return undefined;
  const { jql = "", maxResults = 50, nextPageToken, fields = [], properties = [], reconcileIssues = [] } = body;
  if (typeof jql !== "string" || typeof maxResults !== "number") return undefined;
  if (nextPageToken !== undefined && nextPageToken !== null && typeof nextPageToken !== "string") return undefined;
  if (!isStrings(fields) || !isStrings(properties) || !areNumbers(reconcileIssues)) return undefined;
  const token = typeof nextPageToken === "string" ? { nextPageToken } : {};
  return { jql, maxResults, ...token, fields, properties, reconcile: reconcileIssues };
}

function areNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}
