import type { Answer, Request } from "../answer.js";
import { isObject, isStrings, type JsonObject } from "../json.js";
import type { Route } from "../router.js";
import type { Nature } from "../start.js";
import {
  COLLECTIONS,
  ORGANIZATIONS,
  PRIORITIES,
  PROJECTS,
  STATUSES,
  TYPES,
  USERS,
  type StackOneState,
  type Ticket,
} from "./state.js";
import { remote } from "./render.js";
import { refuse, refusedBehind } from "./words.js";

/** What the write operations work on. */
export interface Desk extends Nature {
  readonly state: StackOneState;
}

export function writeRoutes(desk: Desk): readonly Route[] {
  return [
    {
      name: "ticketing_create_ticket",
      method: "POST",
      path: "/unified/ticketing/tickets",
      answer: (request) => create(desk, request),
    },
    {
      name: "ticketing_update_ticket",
      method: "PATCH",
      path: "/unified/ticketing/tickets/{id}",
      answer: (request) => update(desk, request),
    },
  ];
}

function create({ state, now, random }: Desk, { body, fault }: Request): Answer {
  if (!isObject(body)) return refuse(400, "Bad Request", now());
  const wrong =
    fault?.kind === "partial" && random() < (fault.share ?? 0.5) ? "The field is not valid." : problem(state, body);
  if (wrong !== undefined) return refusedBehind("Bad Request", { errorMessages: [], errors: { field: wrong } }, now());
  const text = (field: string): string | null => (typeof body[field] === "string" ? (body[field] as string) : null);
  const { id } = state.add({
    title: text("title") ?? "",
    creatorId: text("creator_id") ?? "user-001",
    reporters: texts(body["reporters"]),
    assignees: texts(body["assignees"]),
    content: contents(body["content"]),
    parentId: text("parent_id"),
    priority: priorityOf(body["priority"]),
    tags: texts(body["tags"]),
    projectId: text("project_id"),
    collections: texts(body["collections"]),
    componentIds: componentsOf(body["component_ids"]),
    typeId: text("type"),
    statusId: "status-001",
    organizationId: text("organization_id"),
    custom: isObject(body["unified_custom_fields"]) ? body["unified_custom_fields"] : {},
    createdAt: now(),
    updatedAt: now(),
  });
  return {
    status: 201,
    body: {
      statusCode: 201,
      message: "Record created successfully.",
      timestamp: new Date(now()).toISOString(),
      data: { id, remote_id: remote(id) },
    },
  };
}

function update({ state, now }: Desk, { body, params }: Request): Answer {
  const ticket = state.tickets.find(({ id }) => id === params["id"]);
  if (!ticket) return refuse(404, "Resource not found.", now());
  if (!isObject(body)) return refuse(400, "Bad Request", now());
  const wrong = problem(state, body) ?? statusProblem(body["status"]);
  if (wrong !== undefined) return refusedBehind("Bad Request", { errorMessages: [], errors: { field: wrong } }, now());
  change(ticket, body);
  ticket.updatedAt = now();
  return {
    status: 200,
    body: { statusCode: 200, message: "Record updated successfully.", timestamp: new Date(now()).toISOString() },
  };
}

function change(ticket: Ticket, body: JsonObject): void {
  const has = (field: string): boolean => body[field] !== undefined;
  if (typeof body["title"] === "string") ticket.title = body["title"];
  if (has("content")) ticket.content = contents(body["content"]);
  if (has("priority")) ticket.priority = priorityOf(body["priority"]);
  if (has("assignees")) ticket.assignees = texts(body["assignees"]);
  if (has("reporters")) ticket.reporters = texts(body["reporters"]);
  if (has("parent_id")) ticket.parentId = typeof body["parent_id"] === "string" ? body["parent_id"] : null;
  if (has("tags")) ticket.tags = texts(body["tags"]);
  if (isObject(body["status"])) ticket.statusId = String(body["status"]["id"]);
  if (isObject(body["unified_custom_fields"])) ticket.custom = { ...ticket.custom, ...body["unified_custom_fields"] };
}

/** What the system behind has against it. */
function problem(state: StackOneState, body: JsonObject): string | undefined {
  const known: [field: string, ids: readonly string[]][] = [
    ["creator_id", USERS.map(({ id }) => id)],
    ["assignees", USERS.map(({ id }) => id)],
    ["reporters", USERS.map(({ id }) => id)],
    ["project_id", PROJECTS.map(({ id }) => id)],
    ["collections", COLLECTIONS.map(({ id }) => id)],
    ["type", TYPES.map(({ id }) => id)],
    ["organization_id", ORGANIZATIONS.map(({ id }) => id)],
    ["parent_id", state.tickets.map(({ id }) => id)],
  ];
  for (const [field, ids] of known) {
    const given = Array.isArray(body[field])
      ? texts(body[field])
      : typeof body[field] === "string"
        ? [body[field]]
        : [];
    const strange = given.find((id) => !ids.includes(id));
    if (strange !== undefined) return `${field} "${strange}" does not exist.`;
  }
  if (body["title"] === "" || (typeof body["title"] === "string" && body["title"].length > 255))
    return "The title must have 1 to 255 characters.";
  const { priority } = body;
  if (isObject(priority) && !PRIORITIES.some((one) => isSame(one, priority)))
    return `There is no priority ${String(priority["source_value"] ?? priority["value"] ?? priority["id"])}.`;
  return undefined;
}

function statusProblem(status: unknown): string | undefined {
  if (status === undefined) return undefined;
  const isKnown = isObject(status) && STATUSES.some(({ id }) => id === status["id"]);
  return isKnown ? undefined : "The status does not exist.";
}

/** A priority is found by whichever of its three words is given. */
function isSame(one: (typeof PRIORITIES)[number], given: JsonObject): boolean {
  if (given["id"] !== undefined && given["id"] !== null) return given["id"] === one.id;
  if (given["source_value"] !== undefined && given["value"] === undefined)
    return given["source_value"] === one.source_value;
  return given["value"] === one.value;
}

function priorityOf(given: unknown): JsonObject | null {
  return isObject(given) ? (PRIORITIES.find((one) => isSame(one, given)) ?? given) : null;
}

function componentsOf(given: unknown): readonly string[] {
  return typeof given === "string" ? given.split(",") : texts(given);
}

function contents(given: unknown): readonly JsonObject[] {
  return Array.isArray(given) ? given.filter(isObject) : [];
}

function texts(given: unknown): readonly string[] {
  return isStrings(given) ? given : [];
}
