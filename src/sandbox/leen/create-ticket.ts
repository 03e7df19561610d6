import { isObject, type JsonObject } from "../json.js";
import { PRIORITIES, type LeenState, type Person, type Ticket } from "./state.js";
import type { Problem } from "./words.js";

/** Which two fields name the same thing. https://docs.leen.dev: "mutually exclusive per field". */
const EITHER = [
  ["project_id", "project_vendor_id"],
  ["assigned_user_id", "assigned_user_vendor_id"],
  ["parent_ticket_id", "parent_ticket_vendor_id"],
] as const;
const TEXTS = ["name", "type", "type_vendor_id", "type_id", "description", "status", "priority", "identifier"];

/** What the description of the request says against a body; empty where it says nothing. */
export function problemsOf(body: unknown): readonly Problem[] {
  if (!isObject(body)) return [{ loc: [], msg: "Input should be a valid object" }];
  const problems: Problem[] = [];
  for (const field of [...TEXTS, ...EITHER.flat()]) {
    const value = body[field];
    if (value !== undefined && value !== null && typeof value !== "string")
      problems.push({ loc: [field], msg: "Input should be a valid string" });
  }
  if (!body["name"]) problems.push({ loc: ["name"], msg: "Field required" });
  for (const [own, vendors] of EITHER)
    if (body[own] && body[vendors]) problems.push({ loc: [own], msg: `${own} and ${vendors} are mutually exclusive` });
  if (!body["project_id"] && !body["project_vendor_id"])
    problems.push({ loc: ["project_id"], msg: "Either project_id or project_vendor_id must be provided" });
  if (!body["type"] && !body["type_vendor_id"] && !body["type_id"])
    problems.push({ loc: ["type"], msg: "Either type or type_vendor_id must be provided" });
  return problems;
}

/** A ticket in Jira, or Jira's reason why not, as Leen passes it on. `isKept`: Leen keeps a record of it at once. */
export function makeTicket(state: LeenState, body: JsonObject, isKept: boolean, now: number): Ticket | string {
  const text = (field: string): string | undefined =>
    typeof body[field] === "string" ? (body[field] as string) : undefined;
  const project = state.projects.find(({ id, key }) =>
    text("project_id") ? id === text("project_id") : key === text("project_vendor_id"),
  );
  if (!project) return "valid project is required";
  const wanted = text("type_vendor_id") ?? text("type_id");
  const type = project.types.find(({ id, name }) => (wanted ? id === wanted : name === text("type")));
  if (!type) return "Specify a valid issue type";
  if (/[\r\n]/.test(text("name") ?? "")) return "The summary is invalid because it contains newline characters.";
  if ((text("name") ?? "").length > 255) return "Summary must be less than 255 characters.";
  const priority = text("priority") ?? null;
  if (priority !== null && !PRIORITIES.includes(priority.toUpperCase()))
    return `The priority selected is invalid: ${priority}`;
  const assignee = assigneeOf(state, body);
  if (assignee === "none") return "Specify a valid value for assignee";
  const parent = parentOf(state, body);
  if (parent === "none") return "Could not find issue by id or key.";
  if (type.name === "Sub-task" && !parent) return "Issue type is a sub-task but parent issue key or id not specified.";
  const ticket: Ticket = {
    id: isKept ? state.nextId() : null,
    ...state.nextKey(project),
    project,
    typeId: type.id,
    typeName: type.name,
    name: text("name") ?? "",
    description: text("description") ?? null,
    status: "TODO",
    priority: priority?.toUpperCase() ?? "MEDIUM",
    assignee,
    parent,
    identifier: text("identifier") ?? `${project.key}-${type.name}-${(state.tickets.length + 0x1000).toString(16)}`,
    createdAt: now,
    updatedAt: now,
    statusUpdatedAt: now,
  };
  state.tickets.push(ticket);
  return ticket;
}

function assigneeOf(state: LeenState, body: JsonObject): Person | null | "none" {
  const [own, vendors] = [body["assigned_user_id"], body["assigned_user_vendor_id"]];
  if (!own && !vendors) return null;
  return state.people.find(({ id, accountId }) => (own ? id === own : accountId === vendors)) ?? "none";
}

function parentOf(state: LeenState, body: JsonObject): Ticket | null | "none" {
  const [own, vendors] = [body["parent_ticket_id"], body["parent_ticket_vendor_id"]];
  if (!own && !vendors) return null;
  return state.tickets.find(({ id, key }) => (own ? id === own : key === vendors)) ?? "none";
}
