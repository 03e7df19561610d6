import type { JsonObject } from "../json.js";
import { COLLECTIONS, ORGANIZATIONS, PROJECTS, STATUSES, TYPES, USERS, type Named, type Ticket } from "./state.js";

/** A thing's id at the system behind. */
export function remote(id: string): string {
  return id.replace(/^\D+/, "1");
}

export function ticketRecord(ticket: Ticket): JsonObject {
  const project = PROJECTS.find(({ id }) => id === ticket.projectId);
  const type = TYPES.find(({ id }) => id === ticket.typeId);
  const organization = ORGANIZATIONS.find(({ id }) => id === ticket.organizationId);
  const isClosed = ticket.statusId === "status-003";
  return {
    id: ticket.id,
    remote_id: remote(ticket.id),
    title: ticket.title,
    ticket_number: ticket.number,
    ticket_url: `https://acme.example/tickets/${ticket.number}`,
    creator_id: ticket.creatorId,
    reporters: ticket.reporters,
    assignees: ticket.assignees,
    content: ticket.content,
    parent_id: ticket.parentId,
    priority: ticket.priority,
    tags: ticket.tags,
    projects: project ? [projectRecord(project)] : [],
    collections: COLLECTIONS.filter(({ id }) => ticket.collections.includes(id)).map(thing),
    components: (project?.components ?? []).filter(({ id }) => ticket.componentIds.includes(id)).map(thing),
    type: type ? { id: type.id, name: type.name, project_id: ticket.projectId } : null,
    status: statusOf(ticket),
    organization: organization
      ? { id: organization.id, remote_id: remote(organization.id), domain: "acme.example", name: organization.name }
      : null,
    closed_at: isClosed ? at(ticket.updatedAt) : null,
    created_at: at(ticket.createdAt),
    updated_at: at(ticket.updatedAt),
    unified_custom_fields: ticket.custom,
  };
}

function statusOf({ statusId, strangeStatus }: Ticket): JsonObject {
  if (strangeStatus !== undefined)
    return { id: "status-999", name: strangeStatus, type: { value: "unmapped_value", source_value: strangeStatus } };
  return statusRecord(STATUSES.find(({ id }) => id === statusId) ?? (STATUSES[0] as (typeof STATUSES)[number]));
}

export function statusRecord({ id, name, value }: (typeof STATUSES)[number]): JsonObject {
  return { id, name, type: { value, source_value: name } };
}

export function projectRecord({ id, name }: Named): JsonObject {
  return { id, remote_id: remote(id), name, description: null, organization_id: "organization-001" };
}

export function typeRecord({ id, name }: Named): JsonObject {
  return { id, name };
}

export function thing({ id, name }: Named): JsonObject {
  return { id, remote_id: remote(id), name };
}

export function userRecord({ id, name, email, active }: (typeof USERS)[number]): JsonObject {
  const [first_name, last_name] = name.split(" ");
  return {
    id,
    remote_id: remote(id),
    type: { value: "agent", source_value: "agent" },
    name,
    first_name,
    last_name,
    primary_email: email,
    primary_phone: null,
    username: email.split("@")[0],
    active,
    customer_account_reference: null,
  };
}

function at(ms: number): string {
  return new Date(ms).toISOString();
}
