import type { RichText, TextFormat } from "../../domain/rich-text.js";
import type {
  Attachment,
  Comment,
  FieldDefinition,
  FieldType,
  IssueType,
  PriorityLevel,
  Project,
  StatusCategory,
  Ticket,
  User,
} from "../../domain/ticket.js";
import { adfDoc } from "./adf.js";
import { adfToHtml, adfToText } from "./adf-text.js";
import { adfToMarkdown } from "./adf-to-markdown.js";
import type { JiraSite } from "./settings.js";
import {
  optionOf,
  type WireAttachment,
  type WireComment,
  type WireField,
  type WireFields,
  type WireIssue,
  type WireIssueType,
  type WireProject,
  type WireUser,
} from "./wire.js";
import { dateOf } from "../words.js";

/** The entity property in which the gateway keeps what Jira has no field for. */
export const PROPERTY = "ticketgraph";
/** How an identifier that is kept as a label is told from people's labels. */
export const LABEL_PREFIX = "tg:";
/** What a delivery's marker looks like. */
const MARKER = /^gw-[a-z2-7]{26}$/;

/**
 * An issue as a ticket; `record` is its `fields` as they came. Whatever Jira left out is null or empty; words that nobody knows are
 * UNKNOWN or null. Throws nothing.
 */
export function ticketOf(issue: WireIssue, record: Ticket["data"], site: JiraSite): Ticket {
  const fields: WireFields = issue.fields ?? {};
  const { status, project, issuetype, assignee, creator, reporter } = fields;
  const statusCategory = categoryOfKey(status?.statusCategory?.key);
  const labels = fields.labels ?? [];
  const isMarker = (label: string): boolean => site.options.markerLabel && MARKER.test(label);
  // Where identifiers aren't labels, a label that looks like one is somebody's tag.
  const isIdentifier = (label: string): boolean =>
    site.options.identifierAs === "label" && label.startsWith(LABEL_PREFIX);
  const users = [assignee, creator, reporter].filter((user) => user != null);
  return {
    vendorId: issue.id,
    key: issue.key ?? null,
    identifier: propertyOf(issue) ?? labels.find(isIdentifier)?.slice(LABEL_PREFIX.length) ?? null,
    name: fields.summary ?? "",
    description: fields.description == null ? null : richText(fields.description),
    status: status?.name ?? "",
    statusCategory,
    statusUpdatedAt: dateOf(fields.statuscategorychangedate),
    priority: fields.priority?.name ?? null,
    priorityLevel: LEVELS[(fields.priority?.name ?? "").toLowerCase()] ?? null,
    typeId: issuetype?.id ?? null,
    projectId: project?.id ?? null,
    assigneeIds: assignee ? [assignee.accountId] : [],
    createdById: creator?.accountId ?? null,
    reporterIds: reporter ? [reporter.accountId] : [],
    parentId: fields.parent?.id ?? null,
    tags: labels.filter((label) => !isIdentifier(label) && !isMarker(label)),
    active: statusCategory !== "DONE",
    url: issue.key ? browseUrl(site, issue.key) : null,
    createdAt: dateOf(fields.created),
    updatedAt: dateOf(fields.updated),
    dueDate: dateOf(fields.duedate),
    closedAt: dateOf(fields.resolutiondate),
    revision: null,
    data: record,
    along: {
      projects: project ? [projectOf(project, site)] : [],
      issueTypes: issuetype ? [issueTypeOf(issuetype)] : [],
      users: users.map(userOf),
    },
  };
}

/** A project; its address is the one that people open. */
export function projectOf({ id, key, name, projectTypeKey }: WireProject, site: JiraSite): Project {
  return {
    vendorId: id,
    key: key ?? null,
    name: name ?? key ?? id,
    projectType: projectTypeKey ?? null,
    url: key ? browseUrl(site, key) : null,
  };
}

/** An issue type. */
export function issueTypeOf({ id, name, description, subtask }: WireIssueType): IssueType {
  return { vendorId: id, name: name ?? id, description: description || null, subtask: subtask ?? false };
}

/** A user; the e-mail address only where its owner shows it. */
export function userOf({ accountId, displayName, emailAddress, active, avatarUrls }: WireUser): User {
  return {
    vendorId: accountId,
    name: displayName ?? accountId,
    email: emailAddress || null,
    active: active ?? true,
    avatarUrl: avatarUrls?.["48x48"] ?? null,
  };
}

/** A field of a create screen. One that Jira fills in by itself is not required. */
export function fieldOf(field: WireField): FieldDefinition {
  return {
    id: field.fieldId,
    name: field.name ?? field.fieldId,
    type: fieldTypeOf(field),
    required: (field.required ?? false) && !field.hasDefaultValue,
    defaultValue: field.defaultValue ?? null,
    allowedValues: (field.allowedValues ?? []).flatMap((value) => {
      const option = optionOf(value);
      return option ? [{ vendorId: option.id, name: option.name }] : [];
    }),
  };
}

/** Where people open an issue or a project. */
export function browseUrl(site: JiraSite, key: string): string {
  return `${site.baseUrl}/browse/${encodeURIComponent(key)}`;
}

/** What a status category's key means. */
export function categoryOfKey(key: string | null | undefined): StatusCategory {
  return CATEGORIES[key ?? ""] ?? "UNKNOWN";
}
const CATEGORIES: Record<string, StatusCategory> = { new: "TODO", indeterminate: "IN_PROGRESS", done: "DONE" };

/** Jira's own five, and the five of older sites. */
const LEVELS: Record<string, PriorityLevel> = {
  highest: "HIGHEST",
  high: "HIGH",
  medium: "MEDIUM",
  low: "LOW",
  lowest: "LOWEST",
  blocker: "HIGHEST",
  critical: "HIGH",
  major: "MEDIUM",
  minor: "LOW",
  trivial: "LOWEST",
};

const SCHEMA_TYPES: Record<string, FieldType> = {
  number: "NUMBER",
  date: "DATE",
  datetime: "DATETIME",
  user: "USER",
  option: "OPTION",
  priority: "OPTION",
  issuetype: "OPTION",
  project: "OPTION",
  resolution: "OPTION",
  version: "OPTION",
  component: "OPTION",
  issuelink: "TICKET",
};

function fieldTypeOf({ fieldId, schema, allowedValues }: WireField): FieldType {
  const type = schema?.type ?? "";
  if (isRichText({ fieldId, schema })) return "RICH_TEXT";
  if (type === "string") return "TEXT";
  if (type === "array") {
    if (schema?.items === "attachment") return "ATTACHMENT";
    return allowedValues || schema?.items === "option" ? "OPTIONS" : "OTHER";
  }
  return SCHEMA_TYPES[type] ?? "OTHER";
}

/** Whether a field takes ADF: https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#other-operations */
export function isRichText({ fieldId, schema }: Pick<WireField, "fieldId" | "schema">): boolean {
  return fieldId === "description" || fieldId === "environment" || (schema?.custom ?? "").endsWith(":textarea");
}

export function commentOf({ id, author, body, created, updated }: WireComment): Comment {
  return {
    vendorId: id,
    authorId: author?.accountId ?? null,
    body: richText(body ?? adfDoc([])),
    createdAt: dateOf(created),
    updatedAt: dateOf(updated),
    along: { users: author ? [userOf(author)] : [] },
  };
}

export function attachmentOf({ id, filename, mimeType, size, created }: WireAttachment): Attachment {
  return {
    vendorId: id,
    name: filename ?? id,
    mediaType: mimeType ?? null,
    size: size ?? null,
    createdAt: dateOf(created),
  };
}

function propertyOf({ properties }: WireIssue): string | undefined {
  const property = properties?.[PROPERTY];
  if (typeof property !== "object" || property === null || !("identifier" in property)) return undefined;
  return typeof property.identifier === "string" ? property.identifier : undefined;
}

/** A document, readable in every format. */
export function richText(doc: unknown): RichText {
  return { to: (format) => WRITERS[format](doc) };
}

const WRITERS: Record<TextFormat, (doc: unknown) => string> = {
  PLAIN: adfToText,
  MARKDOWN: adfToMarkdown,
  HTML: adfToHtml,
  ADF: (doc) => JSON.stringify(doc),
};
