import type { Answer, Request } from "../../answer.js";
import { isObject } from "../../json.js";
import { isDocument, textOf } from "../adf.js";
import type { Comment, Issue } from "../issue.js";
import { readProperties } from "../properties.js";
import { renderComment } from "../render-issue.js";
import { pageOf, viewOf, type JiraRoute, type Site } from "../site.js";
import { INTEGRATION } from "../site/people.js";
import { BAD_PAYLOAD, fieldErrors, gathered, NO_ISSUE, refuse, type Mistakes } from "../words.js";
import { hasNul } from "../write-issue.js";

const PATH = "/rest/api/3/issue/{issueIdOrKey}/comment";
const TEXT_MAX = 32_767;

/** Comments: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/ */
export function commentRoutes(site: Site): readonly JiraRoute[] {
  const found = (request: Request, then: (issue: Issue) => Answer): Answer => {
    const issue = site.state.find(request.params.issueIdOrKey ?? "");
    return issue ? then(issue) : NO_ISSUE;
  };
  return [
    {
      name: "getComments",
      method: "GET",
      path: PATH,
      anonymous: () => NO_ISSUE,
      answer: (request) => found(request, (issue) => list(site, request, issue)),
    },
    {
      name: "getCommentsByIds",
      method: "POST",
      path: "/rest/api/3/comment/list",
      anonymous: () => ({ status: 200, body: { values: [] } }),
      answer: (request) => byIds(site, request),
    },
    {
      name: "addComment",
      method: "POST",
      path: PATH,
      answer: (request) => found(request, (issue) => add(site, request, issue)),
    },
  ];
}

function list(site: Site, request: Request, issue: Issue): Answer {
  const newestFirst = request.query.get("orderBy") === "-created";
  const comments = newestFirst ? [...issue.comments].reverse() : issue.comments;
  const { items, ...page } = pageOf(request.query, comments, { most: 5_000, otherwise: 5_000 });
  const view = viewOf(site, request);
  return { status: 200, body: { ...page, comments: items.map((comment) => renderComment(view, issue, comment)) } };
}

/** Comments of any issues, the latest last; those that aren't there are left out. */
function byIds(site: Site, request: Request): Answer {
  const { body } = request;
  if (!isObject(body) || !Array.isArray(body.ids)) return BAD_PAYLOAD;
  if (body.ids.length > 1_000) return refuse(400, "No more than 1000 comments can be requested.");
  const wanted = new Set(body.ids.map(Number));
  const withProperties = (request.query.get("expand") ?? "").split(",").includes("properties");
  const view = viewOf(site, request);
  const values = [...site.state.all()].flatMap((issue) =>
    issue.comments
      .filter(({ id }) => wanted.has(id))
      .map((comment) => ({
        ...renderComment(view, issue, comment),
        ...(withProperties && {
          properties: Object.entries(comment.properties).map(([key, value]) => ({ key, value })),
        }),
      })),
  );
  return { status: 200, body: { startAt: 0, maxResults: 1_048_576, total: values.length, isLast: true, values } };
}

function add(site: Site, request: Request, issue: Issue): Answer {
  const { body: details } = request;
  if (!isObject(details)) return BAD_PAYLOAD;
  const { body } = details;
  const refused = (sentence: string): Answer => ({ status: 400, body: fieldErrors({ comment: sentence }) });
  if (!isDocument(body))
    return refused(body === undefined ? "Comment body can not be empty!" : "Comment body is not valid!");
  if (textOf(body).trim() === "") return refused("Comment body can not be empty!");
  if (textOf(body).length > TEXT_MAX)
    return refused("The entered text is too long. It exceeds the allowed limit of 32,767 characters.");
  if (hasNul(body)) return refuse(400, "INVALID_INPUT");
  const mistakes: Mistakes = {};
  const properties = readProperties(details.properties, mistakes);
  const errors = gathered(mistakes);
  if (errors) return { status: 400, body: errors };
  const created = site.now();
  const { accountId: authorId } = INTEGRATION;
  const comment: Comment = { id: site.state.nextCommentId(), authorId, body, created, properties };
  const changed = site.state.put({ ...issue, comments: [...issue.comments, comment], updated: created });
  return { status: 201, body: renderComment(viewOf(site, request), changed, comment) };
}
