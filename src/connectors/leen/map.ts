import type { IssueType, PriorityLevel, Project, StatusCategory, Ticket, User } from "../../domain/ticket.js";
import { richTextOf } from "../rich-text.js";
import type { WireFound, WireProject, WireSynced, WireTicket, WireType, WireUser } from "./wire.js";
import { dateOf } from "../words.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether an id is Leen's own; any other is the vendor's. */
export function isLeenId(id: string): boolean {
  return UUID.test(id);
}

export function ticketOf(ticket: WireTicket): Ticket {
  const status = ticket.status ?? "";
  const statusCategory = categoryOf(status, ticket.vendor_attributes?.data?.statusCategory);
  const typeId = ticket.type_vendor_id ?? ticket.type_id ?? ticket.vendor_attributes?.type_id ?? ticket.type ?? null;
  const assigneeId = ticket.assigned_user_id ?? ticket.assigned_user_vendor_id;
  return {
    vendorId: ticket.id,
    key: keyOf(ticket),
    identifier: ticket.identifier ?? null,
    name: ticket.name ?? "",
    description: ticket.description ? richTextOf({ format: "MARKDOWN", text: ticket.description }) : null,
    status,
    statusCategory,
    statusUpdatedAt: dateOf(ticket.status_updated_at),
    priority: ticket.priority ?? null,
    priorityLevel: LEVELS[(ticket.priority ?? "").toUpperCase()] ?? null,
    typeId,
    projectId: ticket.project_id ?? ticket.project_vendor_id ?? null,
    assigneeIds: assigneeId ? [assigneeId] : [],
    createdById: ticket.created_by_user_id ?? null,
    reporterIds: [],
    parentId: ticket.parent_ticket_id ?? ticket.parent_ticket_vendor_id ?? null,
    tags: ticket.tags ?? [],
    active: ticket.active ?? statusCategory !== "DONE",
    url: ticket.url ?? null,
    createdAt: dateOf(ticket.ticket_created_at),
    updatedAt: dateOf(ticket.ticket_updated_at ?? (ticket.vendor_attributes?.["updated_at"] as string | undefined)),
    dueDate: dateOf(ticket.due_date),
    closedAt: dateOf(ticket.closed_at),
    revision: null,
    data: ticket,
    along: { issueTypes: typeId !== null && ticket.type ? [plainType(typeId, ticket.type)] : [] },
  };
}

/** A ticket of a native search, which Leen passes on as its vendor tells it: Jira's issue, or a flat form. */
export function foundOf(found: WireFound): Ticket {
  const isIssue = "fields" in found;
  const fields = (isIssue ? found.fields : found) as Readonly<Record<string, unknown>>;
  const key = isIssue ? String(found.key) : String(found.vendor_id);
  const type = named(fields["issuetype"] ?? fields["type"]);
  const [status, priority, project] = [fields["status"], fields["priority"], fields["project"]].map(named);
  const [assignee, creator, reporter] = [fields["assignee"], fields["creator"], fields["reporter"]].map(named);
  const statusCategory = categoryOf(status?.name ?? "", keyOfCategory(fields["status"]));
  const people = [assignee, creator, reporter].filter((person) => person !== undefined);
  const description = fields["description"];
  const projectKey = project?.key ?? (key.replace(/-\d+$/, "") || null);
  return {
    vendorId: key,
    key,
    identifier: text(fields["identifier"]),
    name: text(fields["summary"] ?? fields["name"]) ?? "",
    description: typeof description === "string" ? richTextOf({ format: "MARKDOWN", text: description }) : null,
    status: status?.name ?? "",
    statusCategory,
    statusUpdatedAt: null,
    priority: priority?.name ?? null,
    priorityLevel: LEVELS[(priority?.name ?? "").toUpperCase()] ?? null,
    typeId: type?.id ?? null,
    projectId: projectKey,
    assigneeIds: assignee ? [assignee.id] : [],
    createdById: creator?.id ?? null,
    reporterIds: reporter ? [reporter.id] : [],
    parentId: named(fields["parent"])?.key ?? null,
    tags: strings(fields["labels"] ?? fields["tags"]),
    active: statusCategory !== "DONE",
    url: text(fields["url"] ?? found["url"]),
    createdAt: dateOf(text(fields["created"] ?? fields["created_at"])),
    updatedAt: dateOf(text(fields["updated"] ?? fields["updated_at"])),
    dueDate: dateOf(text(fields["duedate"] ?? fields["due_date"])),
    closedAt: dateOf(text(fields["resolutiondate"] ?? fields["closed_at"])),
    revision: null,
    data: found,
    along: {
      issueTypes: type ? [plainType(type.id, type.name)] : [],
      projects:
        project && projectKey ? [{ ...NO_PROJECT, vendorId: projectKey, key: projectKey, name: project.name }] : [],
      users: people.map(({ id, name }) => ({ vendorId: id, name, email: null, active: true, avatarUrl: null })),
    },
  };
}

const NO_PROJECT = { projectType: null, url: null };

export function syncedProjectOf({ id, name, project_type, url, vendor_attributes }: WireSynced): Project {
  const key = vendor_attributes?.id ?? null;
  return { vendorId: id, key, name: name ?? key ?? id, projectType: project_type ?? null, url: url ?? null };
}

export function projectOf({ vendor_id, name, project_type, url }: WireProject): Project {
  return {
    vendorId: vendor_id,
    key: vendor_id,
    name: name ?? vendor_id,
    projectType: project_type ?? null,
    url: url ?? null,
  };
}

export function issueTypeOf({ vendor_id, name, description, subtask }: WireType): IssueType {
  const word = name ?? vendor_id;
  return {
    vendorId: vendor_id,
    name: word,
    description: description ?? null,
    subtask: subtask ?? /^sub-?task$/i.test(word),
  };
}

export function syncedUserOf({ id, name, email, status }: WireSynced): User {
  return {
    vendorId: id,
    name: name ?? email ?? id,
    email: email ?? null,
    active: status !== "DELETED" && status !== "INACTIVE",
    avatarUrl: null,
  };
}

export function userOf({ vendor_id, name, email, active }: WireUser): User {
  return {
    vendorId: vendor_id,
    name: name ?? email ?? vendor_id,
    email: email ?? null,
    active: active ?? true,
    avatarUrl: null,
  };
}

/** The key that people read, where Leen tells one: the vendor's id if it is a key, or what the address ends in. */
function keyOf({ vendor_attributes, url }: WireTicket): string | null {
  const own = vendor_attributes?.id;
  if (own && KEY.test(own)) return own;
  const last = url?.split("/").at(-1) ?? "";
  return KEY.test(last) ? last : null;
}
const KEY = /^[A-Z][A-Z0-9_]*-\d+$/;

const CATEGORIES: Record<string, StatusCategory> = {
  OPEN: "TODO",
  TODO: "TODO",
  "TO DO": "TODO",
  NEW: "TODO",
  IN_PROGRESS: "IN_PROGRESS",
  "IN PROGRESS": "IN_PROGRESS",
  INDETERMINATE: "IN_PROGRESS",
  IN_REVIEW: "IN_PROGRESS",
  RESOLVED: "DONE",
  CLOSED: "DONE",
  DONE: "DONE",
};

/** Leen's own words first; where it has none of them, the vendor's category. */
function categoryOf(status: string, category: string | null | undefined): StatusCategory {
  return CATEGORIES[status.toUpperCase()] ?? CATEGORIES[(category ?? "").toUpperCase()] ?? "UNKNOWN";
}

const LEVELS: Record<string, PriorityLevel> = {
  CRITICAL: "HIGHEST",
  HIGHEST: "HIGHEST",
  HIGH: "HIGH",
  MEDIUM: "MEDIUM",
  LOW: "LOW",
  INFORMATIONAL: "LOWEST",
  LOWEST: "LOWEST",
};

function plainType(vendorId: string, name: string): IssueType {
  return { vendorId, name, description: null, subtask: /^sub-?task$/i.test(name) };
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly key?: string;
}

/** Jira writes things as objects, the flat form as words. */
function named(value: unknown): Named | undefined {
  if (typeof value === "string" && value !== "") return { id: value, name: value, key: value };
  if (typeof value !== "object" || value === null) return undefined;
  const { id, accountId, vendor_id, name, displayName, key } = value as Record<string, unknown>;
  const own = text(accountId ?? vendor_id ?? id ?? key ?? name ?? displayName);
  if (own === null) return undefined;
  const readable = text(key);
  return { id: own, name: text(name ?? displayName) ?? own, ...(readable !== null && { key: readable }) };
}

function keyOfCategory(status: unknown): string | undefined {
  const category = (status as { readonly statusCategory?: { readonly key?: string } } | undefined)?.statusCategory;
  return category?.key;
}

function text(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
