import type { Answer, Request } from "../../answer.js";
import { isObject, type JsonObject } from "../../json.js";
import type { Issue } from "../issue.js";
import { renderStatus } from "../render-site.js";
import type { JiraRoute, Site } from "../site.js";
import { projectOf, typeOf } from "../site/projects.js";
import { waysFrom, type Transition } from "../site/workflows.js";
import { screenOf, transitioned } from "../transition-issue.js";
import { BAD_PAYLOAD, NO_ISSUE } from "../words.js";
import { fieldsOf } from "./create-meta.js";

const PATH = "/rest/api/3/issue/{issueIdOrKey}/transitions";

/** The steps of a workflow: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-get */
export function transitionRoutes(site: Site): readonly JiraRoute[] {
  const found = (request: Request, then: (issue: Issue) => Answer): Answer => {
    const issue = site.state.find(request.params.issueIdOrKey ?? "");
    return issue ? then(issue) : NO_ISSUE;
  };
  return [
    {
      name: "getTransitions",
      method: "GET",
      path: PATH,
      anonymous: () => NO_ISSUE,
      answer: (request) => found(request, (issue) => list(request, issue)),
    },
    {
      name: "doTransition",
      method: "POST",
      path: PATH,
      answer: (request) =>
        found(request, (issue) => {
          if (!isObject(request.body)) return BAD_PAYLOAD;
          const result = transitioned(issue, request.body, site.state, site.now());
          if ("errors" in result) return { status: 400, body: result.errors };
          site.state.put(result.issue);
          return { status: 204 };
        }),
    },
  ];
}

function list({ base, query }: Request, issue: Issue): Answer {
  const only = query.get("transitionId");
  const expand = (query.get("expand") ?? "").split(",");
  const ways = waysFrom(projectOf(issue.projectId).workflow, issue.statusId)
    .filter(({ id }) => only === null || id === only)
    .map((way) => render(base, way, issue, expand.includes("transitions.fields")));
  return { status: 200, body: { expand: "transitions", transitions: ways } };
}

function render(base: string, way: Transition, issue: Issue, withFields: boolean): JsonObject {
  const screen = screenOf(way, issue);
  const fields = fieldsOf(base, projectOf(issue.projectId), typeOf(issue.typeId))
    .filter(({ fieldId }) => screen.includes(String(fieldId)))
    .map(({ fieldId, ...field }) => [fieldId, { ...field, required: true }] as const);
  return {
    id: way.id,
    name: way.name,
    to: renderStatus(base, way.to),
    hasScreen: screen.length > 0,
    isGlobal: way.from === undefined,
    isInitial: false,
    isAvailable: true,
    isConditional: false,
    // The vendor's documents call it `looped`; its servers send this.
    isLooped: false,
    ...(withFields && { fields: Object.fromEntries(fields) }),
  };
}
