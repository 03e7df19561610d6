import type { Answer, Request } from "../../answer.js";
import type { JsonObject } from "../../json.js";
import { renderPriority, renderType } from "../render-site.js";
import { pageOf, type JiraRoute } from "../site.js";
import { customField, customSchema, type CustomField } from "../site/custom-fields.js";
import { DEFAULT_PRIORITY, PRIORITIES } from "../site/priorities.js";
import { findProject, type IssueType, type Project } from "../site/projects.js";
import { noProject, refuse } from "../words.js";

const BASE = "/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes";
const MOST = 200;
const SIZES = { most: MOST, otherwise: 50 };

/** What a new issue takes: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-get */
export function createMetaRoutes(): readonly JiraRoute[] {
  return [
    {
      name: "getCreateIssueMetaIssueTypes",
      method: "GET",
      path: BASE,
      anonymous: ({ params }) => noProject(params.projectIdOrKey ?? ""),
      answer: (request) =>
        inProject(request, (project) => {
          const { items, ...page } = pageOf(request.query, project.types, SIZES);
          return { status: 200, body: { ...page, issueTypes: items.map((type) => renderType(request.base, type)) } };
        }),
    },
    {
      name: "getCreateIssueMetaIssueTypeId",
      method: "GET",
      path: `${BASE}/{issueTypeId}`,
      anonymous: ({ params }) => noProject(params.projectIdOrKey ?? ""),
      answer: (request) =>
        inProject(request, (project) => {
          const type = project.types.find(({ id }) => id === request.params.issueTypeId);
          if (!type) return refuse(404, "The issue type selected is invalid.");
          const { items, ...page } = pageOf(request.query, fieldsOf(request.base, project, type), SIZES);
          return { status: 200, body: { ...page, fields: items } };
        }),
    },
  ];
}

function inProject({ params, query }: Request, then: (project: Project) => Answer): Answer {
  if (Number(query.get("maxResults") ?? 0) > MOST)
    return refuse(400, `Parameter 'maxResults' must not exceed the limit '${MOST}'`);
  const project = findProject(params.projectIdOrKey ?? "");
  return project ? then(project) : noProject(params.projectIdOrKey ?? "");
}

/** A field as the create screen has it. */
export function fieldsOf(base: string, project: Project, type: IssueType): readonly JsonObject[] {
  const users = `${base}/rest/api/3/user/assignable/search?project=${project.key}&query=`;
  return [
    system("summary", "Summary", "string", { required: true, operations: ["set"] }),
    system("issuetype", "Issue Type", "issuetype", {
      required: true,
      operations: [],
      allowedValues: [renderType(base, type)],
    }),
    system("project", "Project", "project", {
      required: true,
      operations: ["set"],
      allowedValues: [{ id: project.id, key: project.key, name: project.name }],
    }),
    system("description", "Description", "string", { operations: ["set"] }),
    system("priority", "Priority", "priority", {
      hasDefaultValue: true,
      defaultValue: renderPriority(base, DEFAULT_PRIORITY),
      operations: ["set"],
      allowedValues: PRIORITIES.map((priority) => renderPriority(base, priority)),
    }),
    system("assignee", "Assignee", "user", { operations: ["set"], autoCompleteUrl: users }),
    system("reporter", "Reporter", "user", {
      required: true,
      hasDefaultValue: true,
      operations: ["set"],
      autoCompleteUrl: `${base}/rest/api/3/user/recommend?context=Reporter&issueKey=`,
    }),
    {
      ...system("labels", "Labels", "array", {
        operations: ["add", "set", "remove"],
        autoCompleteUrl: `${base}/rest/api/1.0/labels/suggest?query=`,
      }),
      schema: { type: "array", items: "string", system: "labels" },
    },
    ...(type.hierarchyLevel < 1
      ? [system("parent", "Parent", "issuelink", { required: type.subtask, operations: ["set"] })]
      : []),
    system("duedate", "Due date", "date", { operations: ["set"] }),
    ...type.customFields.flatMap((id) => customField(id) ?? []).map((field) => custom(base, field, type)),
  ];
}

function system(id: string, name: string, type: string, more: JsonObject): JsonObject {
  return { required: false, schema: { type, system: id }, name, key: id, fieldId: id, hasDefaultValue: false, ...more };
}

function custom(base: string, field: CustomField, type: IssueType): JsonObject {
  const { id, name, kind, options } = field;
  const allowedValues = options.map((option) => ({
    self: `${base}/rest/api/3/customFieldOption/${option.id}`,
    value: option.value,
    id: option.id,
  }));
  return {
    required: type.required.includes(id),
    schema: customSchema(field),
    name,
    key: id,
    fieldId: id,
    hasDefaultValue: false,
    operations: kind === "options" ? ["add", "set", "remove"] : ["set"],
    ...(options.length > 0 && { allowedValues }),
  };
}
