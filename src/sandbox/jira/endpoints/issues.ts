import type { Answer, Request } from "../../answer.js";
import { isObject, isStrings } from "../../json.js";
import { commentsIn } from "../comments-in.js";
import { createIssue } from "../create-issue.js";
import { editIssue } from "../edit-issue.js";
import { readFieldFilter } from "../field-filter.js";
import type { Issue } from "../issue.js";
import { renderIssue, type Wanted } from "../render-issue.js";
import { viewOf, type JiraRoute, type Site } from "../site.js";
import { typeOf } from "../site/projects.js";
import { BAD_PAYLOAD, gathered, NO_ISSUE, refuse, type Mistakes } from "../words.js";
import { hasNul, readChanges } from "../write-issue.js";

const FETCH_MOST = 100;
const ISSUE = "/rest/api/3/issue/{issueIdOrKey}";
const noIssue = (): Answer => NO_ISSUE;

/** One issue: made, read, changed, assigned, deleted; and many read by id. */
export function issueRoutes(site: Site): readonly JiraRoute[] {
  const { state } = site;
  const found = (request: Request, then: (issue: Issue) => Answer): Answer => {
    const issue = state.find(request.params.issueIdOrKey ?? "");
    return issue ? then(issue) : NO_ISSUE;
  };
  return [
    {
      name: "createIssue",
      method: "POST",
      path: "/rest/api/3/issue",
      answer(request) {
        if (!isObject(request.body)) return BAD_PAYLOAD;
        const result = createIssue(site, viewOf(site, request), request.body);
        return "errors" in result ? { status: 400, body: result.errors } : { status: 201, body: result.created };
      },
    },
    {
      name: "bulkFetchIssues",
      method: "POST",
      path: "/rest/api/3/issue/bulkfetch",
      anonymous: () => ({ status: 200, body: { issues: [], issueErrors: [] } }),
      answer: (request) => bulkFetch(site, request),
    },
    {
      name: "getIssue",
      method: "GET",
      path: ISSUE,
      anonymous: noIssue,
      answer: (request) =>
        found(request, (issue) => ({
          status: 200,
          body: renderIssue(viewOf(site, request), issue, wantedBy(request)),
        })),
    },
    {
      name: "editIssue",
      method: "PUT",
      path: ISSUE,
      answer: (request) => found(request, (issue) => edit(site, request, issue)),
    },
    {
      name: "deleteIssue",
      method: "DELETE",
      path: ISSUE,
      answer: (request) => found(request, (issue) => remove(site, request, issue)),
    },
    {
      name: "assignIssue",
      method: "PUT",
      path: `${ISSUE}/assignee`,
      answer: (request) => found(request, (issue) => assign(site, request, issue)),
    },
  ];
}

function wantedBy({ query }: Request): Wanted {
  return {
    fields: readFieldFilter(query.getAll("fields"), "*all"),
    properties: query.getAll("properties").flatMap((names) => names.split(",")),
  };
}

/** In ascending order of id; what isn't there is left out without a word. */
function bulkFetch(site: Site, request: Request): Answer {
  const { body } = request;
  if (!isObject(body) || !isStrings(body.issueIdsOrKeys)) return BAD_PAYLOAD;
  if (body.fields !== undefined && !isStrings(body.fields)) return BAD_PAYLOAD;
  if (body.properties !== undefined && !isStrings(body.properties)) return BAD_PAYLOAD;
  const { issueIdsOrKeys } = body;
  if (issueIdsOrKeys.length === 0) return refuse(400, "At least one issue id or key is required.");
  if (issueIdsOrKeys.length > FETCH_MOST)
    return refuse(
      400,
      `The number of issues to fetch can't exceed ${FETCH_MOST}; ${issueIdsOrKeys.length} were given.`,
    );
  const issues = new Set(issueIdsOrKeys.flatMap((idOrKey) => site.state.find(idOrKey) ?? []));
  const wanted = { fields: readFieldFilter(body.fields, "*navigable"), properties: body.properties ?? [] };
  const view = viewOf(site, request);
  const sorted = [...issues].sort((a, b) => a.id - b.id);
  const rendered = sorted.map((issue) => renderIssue(view, issue, wanted));
  return { status: 200, body: { issues: rendered, issueErrors: [] } };
}

function edit(site: Site, request: Request, issue: Issue): Answer {
  const { body } = request;
  if (!isObject(body)) return BAD_PAYLOAD;
  if (hasNul(body)) return refuse(400, "INVALID_INPUT");
  const edited = editIssue(site, issue, body);
  if ("errors" in edited) return { status: 400, body: edited.errors };
  const stored = site.state.put({ ...edited.issue, comments: [...issue.comments, ...commentsIn(body, site)] });
  if (request.query.get("returnIssue") !== "true") return { status: 204 };
  return { status: 200, body: renderIssue(viewOf(site, request), stored, wantedBy(request)) };
}

function remove({ state }: Site, { query }: Request, issue: Issue): Answer {
  const subtasks = state.childrenOf(issue.id).filter(({ typeId }) => typeOf(typeId).subtask);
  if (subtasks.length > 0 && query.get("deleteSubtasks") !== "true")
    return refuse(
      400,
      `The issue '${issue.key}' has subtasks.  You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`,
    );
  for (const { id } of [...subtasks, issue]) state.remove(id);
  return { status: 204 };
}

function assign(site: Site, { body }: Request, issue: Issue): Answer {
  if (!isObject(body)) return BAD_PAYLOAD;
  const mistakes: Mistakes = {};
  const { accountId } = body;
  // "-1" stands for the project's default, which on this site is nobody.
  const assignee = accountId === null || accountId === "-1" ? null : { accountId };
  const changes = readChanges({ assignee }, typeOf(issue.typeId), site.state, mistakes);
  const errors = gathered(mistakes);
  if (errors) return { status: 400, body: errors };
  site.state.put({ ...issue, ...changes, updated: site.now() });
  return { status: 204 };
}
