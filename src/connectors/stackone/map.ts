import type { RichText } from "../../domain/rich-text.js";
import type {
  Attachment,
  Comment,
  IssueType,
  PriorityLevel,
  Project,
  StatusCategory,
  Ticket,
  User,
} from "../../domain/ticket.js";
import { escapeHtml, richTextOf } from "../rich-text.js";
import type { WireAttachment, WireComment, WireProject, WireStatus, WireTicket, WireType, WireUser } from "./wire.js";
import { dateOf } from "../words.js";

export function ticketOf(ticket: WireTicket): Ticket {
  const { status, priority, type } = ticket;
  const statusCategory = categoryOf(status);
  // Older accounts have collections where newer ones have projects.
  const projects = [...(ticket.projects ?? []), ...(ticket.collections ?? [])];
  const typeId = type?.id ?? null;
  return {
    vendorId: ticket.id,
    key: ticket.ticket_number ?? null,
    identifier: null,
    name: ticket.title ?? "",
    description: textOf(ticket.content),
    status: statusWord(status),
    statusCategory,
    statusUpdatedAt: null,
    priority: priority?.source_value ?? priority?.value ?? null,
    priorityLevel: LEVELS[(priority?.value ?? "").toLowerCase()] ?? null,
    typeId,
    projectId: projects[0]?.id ?? ticket.project_id ?? type?.project_id ?? type?.collection_id ?? null,
    assigneeIds: ticket.assignees ?? [],
    createdById: ticket.creator_id ?? null,
    reporterIds: ticket.reporters ?? [],
    parentId: ticket.parent_id ?? null,
    tags: (ticket.tags ?? []).filter((tag) => !isMarker(tag)),
    active: statusCategory !== "DONE",
    url: ticket.ticket_url || null,
    createdAt: dateOf(ticket.created_at),
    updatedAt: dateOf(ticket.updated_at),
    dueDate: null,
    closedAt: dateOf(ticket.closed_at),
    revision: null,
    data: ticket,
    along: {
      projects: projects.filter(({ name }) => name).map(projectOf),
      issueTypes: typeId !== null && type?.name ? [issueTypeOf({ id: typeId, name: type.name })] : [],
    },
  };
}

/** The marker of a delivery among the tags: people need not see it. */
export function isMarker(tag: string): boolean {
  return /^gw-[a-z2-7]{26}$/.test(tag);
}

export function projectOf({ id, name }: Pick<WireProject, "id" | "name">): Project {
  return { vendorId: id, key: null, name: name ?? id, projectType: null, url: null };
}

export function issueTypeOf({
  id,
  name,
  description,
}: Pick<WireType, "id" | "name"> & { description?: string | null | undefined }): IssueType {
  return { vendorId: id, name: name ?? id, description: description ?? null, subtask: /^sub-?task$/i.test(name ?? "") };
}

export function userOf({ id, name, first_name, last_name, username, primary_email, active }: WireUser): User {
  const full = [first_name, last_name].filter(Boolean).join(" ");
  return {
    vendorId: id,
    name: name || full || username || primary_email || id,
    email: primary_email || null,
    active: active ?? true,
    avatarUrl: null,
  };
}

export function commentOf({ id, user_id, content, created_at, updated_at }: WireComment): Comment {
  return {
    vendorId: id,
    authorId: user_id ?? null,
    body: textOf(content) ?? richTextOf({ format: "PLAIN", text: "" }),
    createdAt: dateOf(created_at),
    updatedAt: dateOf(updated_at),
  };
}

export function attachmentOf({ id, file_name, file_format, size, created_at }: WireAttachment): Attachment {
  return {
    vendorId: id,
    name: file_name ?? id,
    mediaType: file_format?.source_value ?? file_format?.value ?? null,
    size: size ?? null,
    createdAt: dateOf(created_at),
  };
}

/** A status in its own word: its name, or the word of the system behind, or StackOne's. */
export function statusWord(status: Pick<WireStatus, "name" | "type"> | null | undefined): string {
  const type = status?.type;
  if (typeof type === "string") return status?.name ?? type;
  return status?.name ?? type?.source_value ?? type?.value ?? "";
}

/** All parts of a text in their order; as HTML as soon as one part is. */
function textOf(content: WireTicket["content"]): RichText | null {
  const parts = (content ?? []).filter(({ plain, html }) => plain || html);
  if (parts.length === 0) return null;
  if (parts.every(({ html }) => !html))
    return richTextOf({ format: "PLAIN", text: parts.map(({ plain }) => plain ?? "").join("\n\n") });
  const html = parts.map((part) => part.html || `<p>${escapeHtml(part.plain ?? "")}</p>`);
  return richTextOf({ format: "HTML", text: html.join("\n") });
}

const CATEGORIES: Record<string, StatusCategory> = {
  "to-do": "TODO",
  to_do: "TODO",
  todo: "TODO",
  open: "TODO",
  "in-progress": "IN_PROGRESS",
  in_progress: "IN_PROGRESS",
  closed: "DONE",
  done: "DONE",
};

export function categoryOf(status: Pick<WireStatus, "type"> | null | undefined): StatusCategory {
  const type = status?.type;
  const word = (typeof type === "string" ? type : type?.value) ?? "";
  return CATEGORIES[word.toLowerCase()] ?? "UNKNOWN";
}

const LEVELS: Record<string, PriorityLevel> = {
  lowest: "LOWEST",
  low: "LOW",
  medium: "MEDIUM",
  high: "HIGH",
  highest: "HIGHEST",
};
