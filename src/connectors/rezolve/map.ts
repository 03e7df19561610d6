import type { IssueType, PriorityLevel, Project, StatusCategory, Ticket, User } from "../../domain/ticket.js";
import { richTextOf } from "../rich-text.js";
import { descriptionField, fieldsNamed } from "./fields.js";
import type { RezolveSite } from "./settings.js";
import type { WireTicket, WireType, WireUser } from "./wire.js";
import { dateOf } from "../words.js";

/** A ticket, with the fields of its type to read it by. */
export function ticketOf(ticket: WireTicket, types: readonly WireType[], site: RezolveSite): Ticket {
  const data = ticket.data ?? {};
  const typeId = ticket.lookup_props?.itemTypeId ?? null;
  const type = types.find(({ id }) => id === typeId);
  const status = ticket.status_type ?? "";
  const statusCategory = categoryOf(status, ticket.status_category);
  const html = type && valueIn(data, descriptionField(type, site)?.id);
  const older = ticket as {
    readonly priority?: string;
    readonly assignee?: { readonly id?: string; readonly email?: string };
  };
  const priority = (type && priorityIn(data, type, site)) ?? text(older.priority);
  const assigneeId = older.assignee?.email ?? older.assignee?.id;
  const submittedBy = text(data["submittedBy"]);
  return {
    vendorId: ticket.object_id,
    key: ticket.object_id,
    identifier: null,
    name: ticket.summary ?? "",
    description: html ? richTextOf({ format: "HTML", text: html }) : null,
    status,
    statusCategory,
    statusUpdatedAt: null,
    priority,
    priorityLevel: LEVELS[(priority ?? "").toLowerCase()] ?? null,
    typeId,
    projectId: ticket.lookup_props?.teamId ?? null,
    assigneeIds: assigneeId ? [assigneeId] : [],
    createdById: submittedBy,
    reporterIds: [],
    parentId: null,
    tags: [],
    active: statusCategory !== "DONE",
    url: null,
    createdAt: dateOf(ticket.created_at),
    updatedAt: dateOf(ticket.updated_at),
    dueDate: null,
    closedAt: null,
    revision: ticket.etag ?? null,
    data: ticket,
    along: {
      projects: ticket.lookup_props?.teamId ? [projectOf(ticket.lookup_props.teamId)] : [],
      issueTypes: type ? [issueTypeOf(type)] : [],
    },
  };
}

/** A team is where tickets live, and has only its slug. */
export function projectOf(team: string): Project {
  return { vendorId: team, key: team, name: team, projectType: null, url: null };
}

export function issueTypeOf({ id, name, description }: WireType): IssueType {
  return { vendorId: id, name: name ?? id, description: description ?? null, subtask: false };
}

/** Tickets name people by their e-mail address or user name, so that is what they go by. */
export function userIdOf({ id, email, username }: WireUser): string | undefined {
  return email ?? username ?? id ?? undefined;
}

export function userOf(user: WireUser): User {
  const { name, firstName, lastName, email, active } = user;
  const vendorId = userIdOf(user) ?? "";
  const full = [firstName, lastName].filter(Boolean).join(" ");
  return { vendorId, name: name || full || vendorId, email: email ?? null, active: active ?? true, avatarUrl: null };
}

function priorityIn(data: Readonly<Record<string, unknown>>, type: WireType, { options }: RezolveSite): string | null {
  const [field] = fieldsNamed(type, options.priorityField);
  const value = valueIn(data, field?.id);
  return field?.options?.find((one) => one.value === value)?.label ?? value;
}

function valueIn(data: Readonly<Record<string, unknown>>, id: string | undefined): string | null {
  return id === undefined ? null : text(data[id]);
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** By Rezolve's category ("To-do Category") where it tells one, else by the word itself. */
function categoryOf(status: string, category: string | null | undefined): StatusCategory {
  const word = category || status;
  if (/to.?do|^open$|^new$/i.test(word)) return "TODO";
  if (/progress|pending|hold|waiting/i.test(word)) return "IN_PROGRESS";
  if (/done|closed|resolved|complete|cancel/i.test(word)) return "DONE";
  return "UNKNOWN";
}

const LEVELS: Record<string, PriorityLevel> = {
  critical: "HIGHEST",
  urgent: "HIGHEST",
  highest: "HIGHEST",
  high: "HIGH",
  medium: "MEDIUM",
  normal: "MEDIUM",
  low: "LOW",
  lowest: "LOWEST",
};
