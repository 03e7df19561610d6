import { isObject, type JsonObject } from "../json.js";
import type { SystemField } from "./field-filter.js";
import type { Attachment, Comment, Issue } from "./issue.js";
import {
  renderCategory,
  renderPerson,
  renderPriority,
  renderProject,
  renderStatus,
  renderType,
} from "./render-site.js";
import { customField, type CustomField } from "./site/custom-fields.js";
import { personById } from "./site/people.js";
import { priorityOf } from "./site/priorities.js";
import { projectOf, typeOf } from "./site/projects.js";
import { statusOf } from "./site/statuses.js";
import type { JiraState } from "./state.js";
import { jiraTime } from "./times.js";

const EXPAND = "operations,versionedRepresentations,editmeta,changelog,renderedFields";

/** Where an issue is told from. */
export interface View {
  readonly base: string;
  readonly state: JiraState;
}

/** What of an issue is told. */
export interface Wanted {
  readonly fields: readonly string[];
  readonly properties: readonly string[];
}

/** An issue with the wanted fields, and with those of the wanted properties that it has. */
export function renderIssue(view: View, issue: Issue, { fields, properties }: Wanted): JsonObject {
  return {
    expand: EXPAND,
    id: String(issue.id),
    self: selfOf(view, issue),
    key: issue.key,
    fields: renderFields(view, issue, fields),
    ...(properties.length > 0 && {
      properties: Object.fromEntries(
        properties.flatMap((name) => (Object.hasOwn(issue.properties, name) ? [[name, issue.properties[name]]] : [])),
      ),
    }),
  };
}

/** The address of an issue in the API. */
export function selfOf({ base }: View, issue: Issue): string {
  return `${base}/rest/api/3/issue/${issue.id}`;
}

function renderFields(view: View, issue: Issue, names: readonly string[]): JsonObject {
  const fields: Record<string, unknown> = {};
  for (const name of names) {
    const custom = customField(name);
    const value = custom ? renderCustom(view, custom, issue.custom[name]) : SYSTEM[name as SystemField](issue, view);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

/** A custom field's value; null where it has none. */
function renderCustom({ base }: View, field: CustomField, stored: unknown): unknown {
  if (stored === undefined || stored === null) return null;
  const option = (id: unknown): JsonObject | undefined => {
    const found = field.options.find((one) => one.id === id);
    return found && { self: `${base}/rest/api/3/customFieldOption/${found.id}`, value: found.value, id: found.id };
  };
  if (field.kind === "option") return option(stored);
  if (field.kind === "options") return Array.isArray(stored) ? stored.map(option) : [];
  return field.kind === "datetime" ? jiraTime(Number(stored)) : stored;
}

type Render = (issue: Issue, view: View) => unknown;

const person = ({ base }: View, accountId: string | null): unknown => {
  const found = accountId === null ? undefined : personById(accountId);
  return found ? renderPerson(base, found) : null;
};
const none: Render = () => [];
const nothing: Render = () => null;

const SYSTEM: Record<SystemField, Render> = {
  statuscategorychangedate: ({ statusChanged }) => jiraTime(statusChanged),
  issuetype: ({ typeId }, { base }) => renderType(base, typeOf(typeId)),
  parent: ({ parentId }, view) => {
    const parent = parentId === null ? undefined : view.state.byId(parentId);
    return parent && brief(view, parent);
  },
  project: ({ projectId }, { base }) => renderProject(base, projectOf(projectId)),
  fixVersions: none,
  statusCategory: ({ statusId }, { base }) => renderCategory(base, statusOf(statusId).category),
  resolution: ({ resolved }, { base }) =>
    resolved === null
      ? null
      : {
          self: `${base}/rest/api/3/resolution/10000`,
          id: "10000",
          description: "Work has been completed on this issue.",
          name: "Done",
        },
  resolutiondate: ({ resolved }) => (resolved === null ? null : jiraTime(resolved)),
  workratio: () => -1,
  lastViewed: nothing,
  watches: (issue, view) => ({ self: `${selfOf(view, issue)}/watchers`, watchCount: 0, isWatching: false }),
  created: ({ created }) => jiraTime(created),
  priority: ({ priorityId }, { base }) => renderPriority(base, priorityOf(priorityId)),
  labels: ({ labels }) => labels,
  versions: none,
  issuelinks: none,
  assignee: ({ assigneeId }, view) => person(view, assigneeId),
  updated: ({ updated }) => jiraTime(updated),
  status: ({ statusId }, { base }) => renderStatus(base, statusOf(statusId)),
  components: none,
  description: ({ description }) => description,
  security: nothing,
  summary: ({ summary }) => summary,
  creator: ({ creatorId }, view) => person(view, creatorId),
  subtasks: ({ id }, view) =>
    view.state
      .childrenOf(id)
      .filter(({ typeId }) => typeOf(typeId).subtask)
      .map((child) => brief(view, child)),
  reporter: ({ reporterId }, view) => person(view, reporterId),
  environment: nothing,
  duedate: ({ dueDate }) => dueDate,
  votes: (issue, view) => ({ self: `${selfOf(view, issue)}/votes`, votes: 0, hasVoted: false }),
  attachment: ({ attachments }, view) => attachments.map((file) => renderAttachment(view, file)),
  comment: (issue, view) => ({
    comments: issue.comments.map((comment) => renderComment(view, issue, comment)),
    self: `${selfOf(view, issue)}/comment`,
    maxResults: issue.comments.length,
    total: issue.comments.length,
    startAt: 0,
  }),
  worklog: () => ({ startAt: 0, maxResults: 20, total: 0, worklogs: [] }),
  timetracking: () => ({}),
};

/** An issue as its parent and its children mention it. */
function brief(view: View, issue: Issue): JsonObject {
  const names = ["summary", "status", "priority", "issuetype"];
  return { id: String(issue.id), key: issue.key, self: selfOf(view, issue), fields: renderFields(view, issue, names) };
}

export function renderAttachment(
  { base }: View,
  { id, authorId, name, mediaType, content, created }: Attachment,
): JsonObject {
  return {
    self: `${base}/rest/api/3/attachment/${id}`,
    id: String(id),
    filename: name,
    author: person({ base } as View, authorId),
    created: jiraTime(created),
    size: content.length,
    mimeType: mediaType,
    content: `${base}/rest/api/3/attachment/content/${id}`,
  };
}

export function renderComment(view: View, issue: Issue, comment: Comment): JsonObject {
  const author = person(view, comment.authorId);
  return {
    self: `${selfOf(view, issue)}/comment/${comment.id}`,
    id: String(comment.id),
    ...(isObject(author) && { author, updateAuthor: author }),
    body: comment.body,
    created: jiraTime(comment.created),
    updated: jiraTime(comment.created),
    jsdPublic: true,
  };
}
