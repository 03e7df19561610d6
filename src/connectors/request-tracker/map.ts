import type { Text } from "../../domain/rich-text.js";
import type { IssueType, PriorityLevel, Project, StatusCategory, Ticket, User } from "../../domain/ticket.js";
import { richTextOf } from "../rich-text.js";
import type { RequestTrackerSite } from "./settings.js";
import type { WireQueue, WireTicket, WireUser } from "./wire.js";

/** Request Tracker has no types; forms want one, so there is this one. */
export const TICKET_TYPE: IssueType = { vendorId: "ticket", name: "Ticket", description: null, subtask: false };

/** The owner that stands for none, and the user that the server itself acts as. */
export const NOBODY = "Nobody";

export function ticketOf(ticket: WireTicket, description: Text | undefined, site: RequestTrackerSite): Ticket {
  const { Queue: queue, Owner: owner, Creator: creator, Requestors: requestors } = ticket;
  const status = ticket.Status ?? "";
  const statusCategory = CATEGORIES[status] ?? "UNKNOWN";
  const isOwned = owner != null && owner.id !== NOBODY;
  const people = [...(isOwned ? [owner] : []), ...(requestors ?? [])].filter(({ Name }) => Name);
  return {
    vendorId: ticket.id,
    key: ticket.id,
    identifier: identifierOf(ticket, site),
    name: ticket.Subject ?? "",
    description: description ? richTextOf(description) : null,
    status,
    statusCategory,
    statusUpdatedAt: null,
    priority: ticket.Priority ?? null,
    priorityLevel: levelOf(ticket.Priority),
    typeId: TICKET_TYPE.vendorId,
    projectId: queue?.id ?? null,
    assigneeIds: isOwned ? [owner.id] : [],
    createdById: creator?.id ?? null,
    reporterIds: (requestors ?? []).map(({ id }) => id),
    parentId: ticket._hyperlinks?.find(({ ref }) => ref === "parent")?.id ?? null,
    tags: [],
    active: statusCategory !== "DONE",
    url: ticketUrl(site, ticket.id),
    createdAt: dateOf(ticket.Created),
    updatedAt: dateOf(ticket.LastUpdated),
    dueDate: dateOf(ticket.Due),
    closedAt: dateOf(ticket.Resolved),
    revision: null,
    data: recordOf(ticket),
    along: {
      projects: queue?.Name ? [projectOf(queue, site)] : [],
      issueTypes: [TICKET_TYPE],
      users: people.map(userOf),
    },
  };
}

export function projectOf(queue: WireQueue, site: RequestTrackerSite): Project {
  return {
    vendorId: queue.id,
    key: queue.Name || null,
    name: queue.Name || queue.id,
    projectType: null,
    url: `${site.baseUrl}/Search/Simple.html?q=queue:${encodeURIComponent(queue.Name || queue.id)}`,
  };
}

/** REST2 knows users by name, so the name is the id. */
export function userOf({ id, Name, RealName, EmailAddress, Disabled }: WireUser): User {
  return {
    vendorId: Name || id,
    name: RealName || Name || id,
    email: EmailAddress || null,
    active: !Disabled || Disabled === "0",
    avatarUrl: null,
  };
}

export function ticketUrl(site: RequestTrackerSite, id: string): string {
  return `${site.baseUrl}/Ticket/Display.html?id=${encodeURIComponent(id)}`;
}

/** The statuses of the lifecycle that Request Tracker comes with; sites may have others, which REST2 doesn't tell. */
const CATEGORIES: Record<string, StatusCategory> = {
  new: "TODO",
  open: "IN_PROGRESS",
  stalled: "IN_PROGRESS",
  resolved: "DONE",
  rejected: "DONE",
  deleted: "DONE",
};

/** Priorities are 0 to 100; the words of PriorityAsString begin at 0, 50 and 100, and 0 is also what nobody set. */
function levelOf(priority: string | null | undefined): PriorityLevel | null {
  const word = WORDS[(priority ?? "").toLowerCase()];
  if (word) return word;
  const number = Number(priority || Number.NaN);
  if (!(number > 0)) return null;
  if (number >= 90) return "HIGHEST";
  if (number >= 70) return "HIGH";
  if (number >= 40) return "MEDIUM";
  return number >= 15 ? "LOW" : "LOWEST";
}
const WORDS: Record<string, PriorityLevel> = { low: "LOW", medium: "MEDIUM", high: "HIGH" };

function identifierOf({ CustomFields }: WireTicket, { options }: RequestTrackerSite): string | null {
  const [value] = CustomFields?.find(({ name }) => name === options.identifierField)?.values ?? [];
  return typeof value === "string" && value !== "" ? value : null;
}

/** The record without the links that only machines follow. Perl gives its names in another order each time, which is no change. */
function recordOf({ _hyperlinks: _links, ...record }: WireTicket): Record<string, unknown> {
  return ordered(record) as Record<string, unknown>;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, one]) => [name, ordered(one)]));
}

/** An unset date is the beginning of the epoch. */
export function dateOf(text: string | null | undefined): Date | null {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) || date.getTime() === 0 ? null : date;
}
