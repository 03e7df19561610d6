import type { Answer, Request } from "../../answer.js";
import type { Attachment, Issue } from "../issue.js";
import { renderAttachment } from "../render-issue.js";
import { viewOf, type JiraRoute, type Site } from "../site.js";
import { INTEGRATION } from "../site/people.js";
import { NO_ISSUE, refuse } from "../words.js";

const NONE: Answer = refuse(404, "The attachment with id does not exist");

/** Files of issues: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/ */
export function attachmentRoutes(site: Site): readonly JiraRoute[] {
  const found = ({ params }: Request, then: (issue: Issue, file: Attachment) => Answer): Answer => {
    for (const issue of site.state.all())
      for (const file of issue.attachments) if (String(file.id) === params["id"]) return then(issue, file);
    return NONE;
  };
  return [
    {
      name: "addAttachment",
      method: "POST",
      path: "/rest/api/3/issue/{issueIdOrKey}/attachments",
      takesFile: true,
      answer: (request) => add(site, request),
    },
    {
      name: "getAttachment",
      method: "GET",
      path: "/rest/api/3/attachment/{id}",
      anonymous: () => NONE,
      answer: (request) =>
        found(request, (_issue, file) => ({ status: 200, body: renderAttachment(viewOf(site, request), file) })),
    },
    {
      name: "getAttachmentContent",
      method: "GET",
      path: "/rest/api/3/attachment/content/{id}",
      anonymous: () => NONE,
      answer: (request) =>
        found(request, (_issue, { content, mediaType }): Answer => {
          if (request.query.get("redirect") === "false")
            return { status: 200, body: content, headers: { "content-type": mediaType } };
          return { status: 303, headers: { location: "https://api.media.atlassian.com/file/1" } };
        }),
    },
  ];
}

function add({ state, now }: Site, request: Request): Answer {
  const issue = state.find(request.params["issueIdOrKey"] ?? "");
  if (!issue) return NO_ISSUE;
  if (request.headers["x-atlassian-token"] !== "no-check") return { status: 403, body: "XSRF check failed" };
  const { file } = request;
  if (file?.field !== "file") return refuse(400, "No file was sent.");
  const { accountId: authorId } = INTEGRATION;
  const { name, mediaType, content } = file;
  const attachment = { id: state.nextAttachmentId(), authorId, name, mediaType, content, created: now() };
  state.put({ ...issue, attachments: [...issue.attachments, attachment], updated: now() });
  return { status: 200, body: [renderAttachment({ base: request.base, state }, attachment)] };
}
