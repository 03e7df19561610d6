import type { Answer, Request } from "../../answer.js";
import type { JsonObject } from "../../json.js";
import { renderPerson, renderProject, renderStatus, renderType } from "../render-site.js";
import { holds, valuesPage, type JiraRoute, type Rights, type Site } from "../site.js";
import { findProject, PROJECTS, type Project } from "../site/projects.js";
import { noProject, refuse } from "../words.js";

const PROJECT = "/rest/api/3/project/{projectIdOrKey}";
const MOST_NAMED = 50;

/** Projects: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/ */
export function projectRoutes({ rights }: Site): readonly JiraRoute[] {
  return [
    {
      name: "searchProjects",
      method: "GET",
      path: "/rest/api/3/project/search",
      anonymous: (request) => valuesPage(request, [], { most: 100, otherwise: 50 }, () => undefined),
      answer: (request) => searchProjects(request, rights),
    },
    {
      name: "getProject",
      method: "GET",
      path: PROJECT,
      anonymous: ({ params }) => noProject(params.projectIdOrKey ?? ""),
      answer: (request) => found(request, (project) => ({ status: 200, body: whole(request.base, project) })),
    },
    {
      name: "getAllStatuses",
      method: "GET",
      path: `${PROJECT}/statuses`,
      anonymous: ({ params }) => noProject(params.projectIdOrKey ?? ""),
      answer: (request) => found(request, (project) => ({ status: 200, body: statusesByType(request.base, project) })),
    },
  ];
}

function found({ params }: Request, then: (project: Project) => Answer): Answer {
  const project = findProject(params.projectIdOrKey ?? "");
  return project ? then(project) : noProject(params.projectIdOrKey ?? "");
}

function searchProjects(request: Request, { browse, create }: Rights): Answer {
  const { query, base } = request;
  const ids = query.getAll("id");
  const keys = query.getAll("keys");
  if (ids.length > MOST_NAMED || keys.length > MOST_NAMED)
    return refuse(400, `At most ${MOST_NAMED} project ids and ${MOST_NAMED} project keys can be given.`);
  const text = (query.get("query") ?? "").toLowerCase();
  const expand = (query.get("expand") ?? "").split(",");
  const sign = (query.get("orderBy") ?? "").startsWith("-") ? -1 : 1;
  const projects = PROJECTS.filter(
    ({ id, key, name }) =>
      holds(browse, key) &&
      (query.get("action") !== "create" || holds(create, key)) &&
      (ids.length === 0 || ids.includes(id)) &&
      (keys.length === 0 || keys.includes(key)) &&
      (key.toLowerCase().includes(text) || name.toLowerCase().includes(text)),
  ).sort((a, b) => (a.key < b.key ? -sign : sign));
  return valuesPage(request, projects, { most: 100, otherwise: 50 }, (project) => ({
    ...renderProject(base, project),
    ...(expand.includes("description") && { description: project.description }),
    ...(expand.includes("lead") && { lead: renderPerson(base, project.lead) }),
    ...(expand.includes("issueTypes") && { issueTypes: project.types.map((type) => renderType(base, type)) }),
    ...(expand.includes("url") && { url: `${base}/browse/${project.key}` }),
  }));
}

function whole(base: string, project: Project): JsonObject {
  return {
    expand: "description,lead,issueTypes,url,projectKeys,permissions,insight",
    ...renderProject(base, project),
    description: project.description,
    lead: renderPerson(base, project.lead),
    components: [],
    issueTypes: project.types.map((type) => renderType(base, type)),
    assigneeType: "UNASSIGNED",
    versions: [],
    roles: {},
    style: "classic",
    isPrivate: false,
    properties: {},
  };
}

function statusesByType(base: string, { types, workflow }: Project): readonly JsonObject[] {
  return types.map(({ id, name, subtask }) => ({
    self: `${base}/rest/api/3/issuetype/${id}`,
    id,
    name,
    subtask,
    statuses: workflow.statuses.map((status) => renderStatus(base, status)),
  }));
}
