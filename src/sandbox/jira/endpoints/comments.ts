import type { Answer, Request } from "../../answer.js";
import { isObject } from "../../json.js";
import { isDocument, textOf } from "../adf.js";
import type { Comment, Issue } from "../issue.js";
import { renderComment } from "../render-issue.js";
import { pageOf, viewOf, type JiraRoute, type Site } from "../site.js";
import { INTEGRATION } from "../site/people.js";
import { BAD_PAYLOAD, fieldErrors, NO_ISSUE, refuse } from "../words.js";
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
  const created = site.now();
  const comment: Comment = { id: site.state.nextCommentId(), authorId: INTEGRATION.accountId, body, created };
  const changed = site.state.put({ ...issue, comments: [...issue.comments, comment], updated: created });
  return { status: 201, body: renderComment(viewOf(site, request), changed, comment) };
}
