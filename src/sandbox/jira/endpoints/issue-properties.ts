import type { Answer, Request } from "../../answer.js";
import type { Issue } from "../issue.js";
import { propertyMistake } from "../properties.js";
import { selfOf } from "../render-issue.js";
import { viewOf, type JiraRoute, type Site } from "../site.js";
import { NO_ISSUE, refuse } from "../words.js";

const PATH = "/rest/api/3/issue/{issueIdOrKey}/properties";

/** What programs keep with an issue: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-properties/ */
export function issuePropertyRoutes(site: Site): readonly JiraRoute[] {
  const { state } = site;
  const found = (request: Request, then: (issue: Issue, key: string) => Answer): Answer => {
    const issue = state.find(request.params.issueIdOrKey ?? "");
    return issue ? then(issue, request.params.propertyKey ?? "") : NO_ISSUE;
  };
  const noProperty = (key: string): Answer => refuse(404, `The property with key '${key}' does not exist.`);
  return [
    {
      name: "getIssuePropertyKeys",
      method: "GET",
      path: PATH,
      anonymous: () => NO_ISSUE,
      answer: (request) =>
        found(request, (issue) => {
          const self = `${selfOf(viewOf(site, request), issue)}/properties`;
          const keys = Object.keys(issue.properties).map((key) => ({
            self: `${self}/${encodeURIComponent(key)}`,
            key,
          }));
          return { status: 200, body: { keys } };
        }),
    },
    {
      name: "getIssueProperty",
      method: "GET",
      path: `${PATH}/{propertyKey}`,
      anonymous: () => NO_ISSUE,
      answer: (request) =>
        found(request, ({ properties }, key) =>
          Object.hasOwn(properties, key) ? { status: 200, body: { key, value: properties[key] } } : noProperty(key),
        ),
    },
    {
      name: "setIssueProperty",
      method: "PUT",
      path: `${PATH}/{propertyKey}`,
      answer: (request) =>
        found(request, (issue, key) => {
          const mistake = propertyMistake(key, request.body);
          if (mistake !== undefined) return refuse(400, mistake);
          state.put({ ...issue, properties: { ...issue.properties, [key]: request.body } });
          return { status: Object.hasOwn(issue.properties, key) ? 200 : 201 };
        }),
    },
    {
      name: "deleteIssueProperty",
      method: "DELETE",
      path: `${PATH}/{propertyKey}`,
      answer: (request) =>
        found(request, (issue, key) => {
          if (!Object.hasOwn(issue.properties, key)) return noProperty(key);
          const { [key]: _gone, ...properties } = issue.properties;
          state.put({ ...issue, properties });
          return { status: 204 };
        }),
    },
  ];
}
