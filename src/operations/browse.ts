import type { Connection } from "../connectors/connection.js";
import type { Caller } from "../domain/caller.js";
import type { Reference } from "../domain/new-ticket.js";
import { RequestError } from "../domain/request-error.js";
import type { Comment, FieldDefinition, IssueType, Project, Ticket, User, VendorId } from "../domain/ticket.js";
import { connectionFor, need } from "./access.js";
import type { Kernel } from "./kernel.js";
import { list, type Listing, type ListRequest } from "./listing.js";
import { findProject } from "./references.js";
import type { Browsed } from "./search-tickets.js";

/** What a form's dropdowns need, live from the vendor. All throw RequestError and VendorError. */
export async function listProjects(
  kernel: Kernel,
  caller: Caller,
  connectionId: string | null | undefined,
  text: string | null | undefined,
  request: ListRequest,
): Promise<Browsed<Project>> {
  need(caller, "tickets:read");
  const connection = connectionFor(kernel, caller, connectionId);
  return { connection, listing: await projectsOf(connection, text, request) };
}

export async function listIssueTypes(
  kernel: Kernel,
  caller: Caller,
  connectionId: string | null | undefined,
  project: Reference,
  request: ListRequest,
): Promise<Browsed<IssueType>> {
  need(caller, "tickets:read");
  const connection = connectionFor(kernel, caller, connectionId);
  const { vendorId } = await projectNamed(connection, project);
  return { connection, listing: await issueTypesOf(connection, vendorId, request) };
}

export async function listAssignableUsers(
  kernel: Kernel,
  caller: Caller,
  connectionId: string | null | undefined,
  project: Reference,
  text: string | null | undefined,
  request: ListRequest,
): Promise<Browsed<User>> {
  need(caller, "tickets:read");
  const connection = connectionFor(kernel, caller, connectionId);
  const { vendorId } = await projectNamed(connection, project);
  return { connection, listing: await assignableUsersOf(connection, vendorId, text, request) };
}

export function projectsOf(
  connection: Connection,
  text: string | null | undefined,
  request: ListRequest,
): Promise<Listing<Project>> {
  return list(request, (page) => connection.listProjects(text?.trim() || undefined, page));
}

export function issueTypesOf(
  connection: Connection,
  projectId: VendorId,
  request: ListRequest,
): Promise<Listing<IssueType>> {
  return list(request, (page) => connection.listIssueTypes(projectId, page));
}

export function assignableUsersOf(
  connection: Connection,
  projectId: VendorId,
  text: string | null | undefined,
  request: ListRequest,
): Promise<Listing<User>> {
  return list(request, (page) => connection.listAssignableUsers(projectId, text?.trim() || undefined, page));
}

/** The tickets that are parts of this one. */
export function childrenOf(connection: Connection, ticketId: VendorId, request: ListRequest): Promise<Listing<Ticket>> {
  return list(request, (page) => connection.parts.listChildren(ticketId, page));
}

/** What was said on a ticket, the oldest first. */
export function commentsOf(
  connection: Connection,
  ticketId: VendorId,
  request: ListRequest,
): Promise<Listing<Comment>> {
  return list(request, (page) => connection.parts.listComments(ticketId, page));
}

/** The fields that a ticket of this type takes in this project. */
export async function listFields(
  connection: Connection,
  typeId: VendorId,
  project: Reference,
): Promise<readonly FieldDefinition[]> {
  const { vendorId } = await projectNamed(connection, project);
  return connection.listFields(vendorId, typeId);
}

/** The project that a reference in a query names. Throws RequestError NOT_FOUND, saying which there are. */
async function projectNamed(connection: Connection, ref: Reference): Promise<Project> {
  const { value, error } = await findProject(connection, ref, ["project"]);
  if (value) return value;
  throw new RequestError(error.code === "NOT_FOUND" ? "NOT_FOUND" : "BAD_USER_INPUT", error.message);
}
