import type { Answer, Request } from "../../answer.js";
import { isObject, type JsonObject } from "../../json.js";
import { readFieldFilter } from "../field-filter.js";
import type { Issue } from "../issue.js";
import { JqlError } from "../jql/jql-error.js";
import { parseJql } from "../jql/parse.js";
import { findIssues } from "../jql/run.js";
import { renderIssue } from "../render-issue.js";
import { viewOf, type JiraRoute, type Site } from "../site.js";
import { BAD_PAYLOAD, refuse } from "../words.js";
import { readToken, writeToken } from "./page-token.js";
import { fromBody, fromQuery, type Asked } from "./search-request.js";

// With more than ids, Jira gives at most so many at once, whatever is asked for.
const MOST_WITH_FIELDS = 100;
const nobodySees = (): Answer => ({ status: 200, body: { issues: [], isLast: true } });

/** Searching by JQL: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/ */
export function searchRoutes(site: Site): readonly JiraRoute[] {
  const gone = (name: string, method: string): JiraRoute => ({
    name,
    method,
    path: "/rest/api/3/search",
    anonymous: "same",
    answer: () =>
      refuse(
        410,
        "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046",
      ),
  });
  return [
    {
      name: "searchAndReconsileIssuesUsingJql",
      method: "GET",
      path: "/rest/api/3/search/jql",
      anonymous: nobodySees,
      answer: (request) => guarded(() => search(site, request, fromQuery(request.query))),
    },
    {
      name: "searchAndReconsileIssuesUsingJqlPost",
      method: "POST",
      path: "/rest/api/3/search/jql",
      anonymous: nobodySees,
      answer(request) {
        const asked = fromBody(request.body);
        return asked ? guarded(() => search(site, request, asked)) : BAD_PAYLOAD;
      },
    },
    {
      name: "countIssues",
      method: "POST",
      path: "/rest/api/3/search/approximate-count",
      anonymous: () => ({ status: 200, body: { count: 0 } }),
      answer({ body }) {
        if (!isObject(body) || typeof body.jql !== "string") return BAD_PAYLOAD;
        const { jql } = body;
        return guarded(() => ({ status: 200, body: { count: found(site, jql, []).length } }));
      },
    },
    gone("searchForIssuesUsingJql", "GET"),
    gone("searchForIssuesUsingJqlPost", "POST"),
  ];
}

function guarded(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof JqlError) return refuse(400, error.message);
    throw error;
  }
}

function search(site: Site, request: Request, asked: Asked): Answer {
  const after = asked.nextPageToken === undefined ? undefined : readToken(asked.nextPageToken, asked.jql);
  if (after === "bad") return refuse(400, "The provided nextPageToken is invalid or has expired.");
  if (!(asked.maxResults >= 1 && asked.maxResults <= 5_000))
    return refuse(400, "The maxResults parameter must be between 1 and 5,000.");
  if (asked.properties.length > 5) return refuse(400, "At most 5 properties can be requested.");
  if (asked.reconcile.length > 50) return refuse(400, "At most 50 issues can be reconciled.");
  const issues = foundAgain(site, asked.jql, asked.reconcile);
  const isThere = after !== undefined && issues[after.offset - 1]?.id === after.id;
  const last = isThere ? after.offset - 1 : after === undefined ? -1 : issues.findIndex(({ id }) => id === after.id);
  const start = after === undefined ? 0 : last === -1 ? after.offset : last + 1;
  const fields = asked.fields.length === 0 ? ["id"] : asked.fields;
  const isBare = fields.every((field) => field === "id" || field === "key");
  const size = isBare ? asked.maxResults : Math.min(asked.maxResults, MOST_WITH_FIELDS);
  const page = issues.slice(start, start + size);
  const end = start + page.length;
  const final = page.at(-1);
  const isLast = end >= issues.length || final === undefined;
  return {
    status: 200,
    body: {
      issues: page.map(renderer(site, request, fields, asked.properties)),
      ...(!isLast && { nextPageToken: writeToken({ id: final.id, offset: end, jql: asked.jql }) }),
      isLast,
    },
  };
}

function renderer(
  site: Site,
  request: Request,
  fields: readonly string[],
  properties: readonly string[],
): (issue: Issue) => JsonObject {
  const view = viewOf(site, request);
  if (fields.every((field) => field === "id") && properties.length === 0) return ({ id }) => ({ id: String(id) });
  const names = fields.filter((field) => field !== "id" && field !== "key");
  const wanted = { fields: names.length === 0 ? [] : readFieldFilter(names, "*all"), properties };
  return (issue) => renderIssue(view, issue, wanted);
}

/** What the latest query found: page after page of it is asked for. */
interface Latest {
  readonly jql: string;
  readonly version: number;
  readonly at: number;
  readonly issues: readonly Issue[];
}
const latest = new WeakMap<Site, Latest>();
/** Times that a query counts from now move on. */
const LATEST_MS = 1_000;

/** All issues that the query finds, put in order once for all of its pages. */
function foundAgain(site: Site, jql: string, reconcile: readonly number[]): readonly Issue[] {
  if (reconcile.length > 0) return found(site, jql, reconcile);
  const version = site.state.index.version();
  const at = site.now();
  const known = latest.get(site);
  if (known?.jql === jql && known.version === version && at - known.at < LATEST_MS) return known.issues;
  const issues = found(site, jql, reconcile);
  latest.set(site, { jql, version, at, issues });
  return issues;
}

/** All issues that the query finds: in the index as it lags, but those to be reconciled as they are. */
function found({ state, now }: Site, jql: string, reconcile: readonly number[]): readonly Issue[] {
  const query = parseJql(jql);
  if (!query.where)
    throw new JqlError("Unbounded JQL queries are not allowed here. Please add a search restriction to your query.");
  const fresh = new Set(reconcile);
  const indexed = [...state.index.issues()].filter(({ id }) => !fresh.has(id));
  const issues = [...indexed, ...[...fresh].flatMap((id) => state.byId(id) ?? [])];
  return findIssues(query, issues, { state, now: now() });
}
