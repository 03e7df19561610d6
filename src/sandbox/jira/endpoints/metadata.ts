import type { Answer, Request } from "../../answer.js";
import type { JsonObject } from "../../json.js";
import { SYSTEM_FIELDS, type SystemField } from "../field-filter.js";
import { renderPriority, renderStatus, renderType } from "../render-site.js";
import { numberIn, valuesPage, type JiraRoute, type Site } from "../site.js";
import { CUSTOM_FIELDS, customSchema } from "../site/custom-fields.js";
import { DEFAULT_PRIORITY, PRIORITIES } from "../site/priorities.js";
import { findProject, TYPES } from "../site/projects.js";
import { STATUSES } from "../site/statuses.js";
import { jiraTime } from "../times.js";
import { noProject } from "../words.js";

/** What the whole site has: types, priorities, statuses, fields, labels, and what it is. */
export function metadataRoutes(site: Site): readonly JiraRoute[] {
  const get = (name: string, path: string, answer: (request: Request) => Answer, anonymous?: "same"): JiraRoute => ({
    name,
    method: "GET",
    path: `/rest/api/3${path}`,
    answer,
    anonymous: anonymous ?? (() => ({ status: 200, body: [] })),
  });
  const all =
    <T>(things: readonly T[], render: (base: string, thing: T) => unknown) =>
    (request: Request): Answer => ({
      status: 200,
      body: things.map((thing) => render(request.base, thing)),
    });
  return [
    get("getServerInfo", "/serverInfo", ({ base }) => ({ status: 200, body: serverInfo(base, site.now()) }), "same"),
    get("getIssueAllTypes", "/issuetype", all(TYPES, renderType)),
    get("getIssueTypesForProject", "/issuetype/project", typesOfProject),
    get(
      "getPriorities",
      "/priority",
      all(PRIORITIES, (base, priority) => ({
        ...renderPriority(base, priority),
        description: priority.description,
        statusColor: priority.color,
        isDefault: priority.id === DEFAULT_PRIORITY.id,
      })),
    ),
    get("getStatuses", "/status", all(STATUSES, renderStatus)),
    get("getFields", "/field", () => ({ status: 200, body: fields() }), "same"),
    {
      name: "getAllLabels",
      method: "GET",
      path: "/rest/api/3/label",
      anonymous: (request) => valuesPage(request, [], { most: 1_000, otherwise: 1_000 }, () => undefined),
      answer(request) {
        const labels = new Set([...site.state.all()].flatMap((issue) => issue.labels));
        return valuesPage(request, [...labels].sort(), { most: 1_000, otherwise: 1_000 }, (label) => label);
      },
    },
  ];
}

function typesOfProject({ base, query }: Request): Answer {
  const project = findProject(query.get("projectId") ?? "");
  if (!project) return noProject(query.get("projectId") ?? "");
  const level = query.has("level") ? numberIn(query, "level", 0) : undefined;
  const types = project.types.filter(({ hierarchyLevel }) => level === undefined || hierarchyLevel === level);
  return { status: 200, body: types.map((type) => renderType(base, type)) };
}

function serverInfo(base: string, now: number): JsonObject {
  return {
    baseUrl: base,
    displayUrl: base,
    version: "1001.0.0-SNAPSHOT",
    versionNumbers: [1001, 0, 0],
    deploymentType: "Cloud",
    buildNumber: 100_250,
    buildDate: "2026-01-01T00:00:00.000+0000",
    serverTime: jiraTime(now),
    scmInfo: "0000000000000000000000000000000000000000",
    serverTitle: "Jira",
    defaultLocale: { locale: "en_US" },
    serverTimeZone: "Etc/UTC",
  };
}

const SCHEMAS: Partial<Record<SystemField, readonly [name: string, type: string, items?: string]>> = {
  summary: ["Summary", "string"],
  description: ["Description", "string"],
  environment: ["Environment", "string"],
  issuetype: ["Issue Type", "issuetype"],
  project: ["Project", "project"],
  status: ["Status", "status"],
  statusCategory: ["Status Category", "statusCategory"],
  priority: ["Priority", "priority"],
  resolution: ["Resolution", "resolution"],
  resolutiondate: ["Resolved", "datetime"],
  assignee: ["Assignee", "user"],
  reporter: ["Reporter", "user"],
  creator: ["Creator", "user"],
  labels: ["Labels", "array", "string"],
  created: ["Created", "datetime"],
  updated: ["Updated", "datetime"],
  duedate: ["Due date", "date"],
  components: ["Components", "array", "component"],
  fixVersions: ["Fix versions", "array", "version"],
};

function fields(): readonly JsonObject[] {
  const system = SYSTEM_FIELDS.flatMap((id) => {
    const [name, type, items] = SCHEMAS[id] ?? [];
    if (name === undefined) return [];
    const schema = { type, ...(items && { items }), system: id };
    return [
      {
        id,
        key: id,
        name,
        custom: false,
        orderable: true,
        navigable: true,
        searchable: true,
        clauseNames: [id],
        schema,
      },
    ];
  });
  const custom = CUSTOM_FIELDS.map((field) => ({
    id: field.id,
    key: field.id,
    name: field.name,
    untranslatedName: field.name,
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [`cf[${field.number}]`, field.name],
    schema: customSchema(field),
  }));
  return [...system, ...custom];
}
