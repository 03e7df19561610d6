import type { JsonObject } from "../json.js";
import type { Person, Project, Ticket } from "./state.js";

const at = (ms: number): string => new Date(ms).toISOString();
const JIRA_WORDS: Record<string, string> = {
  TODO: "To Do",
  IN_PROGRESS: "In Progress",
  IN_REVIEW: "In Review",
  RESOLVED: "Resolved",
  CLOSED: "Done",
};

/** A ticket as Leen keeps it. */
export function ticketRecord(ticket: Ticket): JsonObject {
  const isDone = ticket.status === "RESOLVED" || ticket.status === "CLOSED";
  return {
    id: ticket.id,
    name: ticket.name,
    status: ticket.status,
    vendor_attributes: {
      id: ticket.key,
      vendor: "JIRA",
      created_at: at(ticket.createdAt),
      updated_at: at(ticket.updatedAt),
      type: ticket.typeName,
      type_id: ticket.typeId,
      status: JIRA_WORDS[ticket.status] ?? ticket.status,
      priority: ticket.priority,
      data: {
        vendor: "JIRA",
        id: String(10_000 + ticket.number),
        statusCategory: categoryOf(ticket),
        customFields: {},
      },
    },
    active: !isDone,
    type: ticket.typeName,
    type_id: ticket.typeId,
    parent_ticket_id: ticket.parent?.id ?? null,
    description: ticket.description,
    ticket_created_at: at(ticket.createdAt),
    due_date: null,
    closed_at: isDone ? at(ticket.statusUpdatedAt) : null,
    assigned_user_id: ticket.assignee?.id ?? null,
    created_by_user_id: null,
    status_updated_at: at(ticket.statusUpdatedAt),
    project_id: ticket.project.id,
    tags: [],
    priority: ticket.priority,
    url: `https://acme.atlassian.net/browse/${ticket.key}`,
    identifier: ticket.identifier,
  };
}

/** The same ticket as Jira tells it, for native searches. */
export function jiraIssue(ticket: Ticket): JsonObject {
  return {
    id: String(10_000 + ticket.number),
    key: ticket.key,
    fields: {
      summary: ticket.name,
      description: ticket.description,
      status: { name: JIRA_WORDS[ticket.status] ?? ticket.status, statusCategory: { key: categoryOf(ticket) } },
      priority: ticket.priority === null ? null : { id: ticket.priority, name: ticket.priority },
      issuetype: { id: ticket.typeId, name: ticket.typeName },
      project: { id: ticket.project.key, key: ticket.project.key, name: ticket.project.name },
      assignee: ticket.assignee && { accountId: ticket.assignee.accountId, displayName: ticket.assignee.name },
      parent: ticket.parent && { id: ticket.parent.key, key: ticket.parent.key },
      labels: [],
      created: at(ticket.createdAt),
      updated: at(ticket.updatedAt),
    },
  };
}

function categoryOf({ status }: Ticket): string {
  return CATEGORIES[status] ?? "undefined";
}
const CATEGORIES: Record<string, string> = {
  TODO: "new",
  IN_PROGRESS: "indeterminate",
  IN_REVIEW: "indeterminate",
  RESOLVED: "done",
  CLOSED: "done",
};

export function syncedProject({ id, key, name }: Project): JsonObject {
  return { id, name, vendor_attributes: { id: key, vendor: "JIRA" } };
}

export function liveProject({ key, name, types, embedsTypes }: Project): JsonObject {
  return { vendor_id: key, name, project_type: "software", ...(embedsTypes && { issue_types: types.map(liveType) }) };
}

export function liveType({ id, name }: Project["types"][number]): JsonObject {
  return { vendor_id: id, name };
}

export function syncedUser({ id, name, email, accountId }: Person): JsonObject {
  return {
    id,
    name,
    email,
    status: "ACTIVE",
    vendor_attributes: { id: accountId, vendor: "JIRA", data: { vendor: "JIRA", accountType: "atlassian" } },
  };
}

export function liveUser({ accountId, name, email }: Person): JsonObject {
  return { vendor_id: accountId, name, email };
}
