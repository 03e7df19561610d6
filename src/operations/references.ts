import type { Connection } from "../connectors/connection.js";
import { readGlobalId, type NodeKind } from "../domain/global-id.js";
import type { Reference } from "../domain/new-ticket.js";
import { didYouMean } from "../domain/suggest.js";
import { invalid, type TicketError } from "../domain/ticket-error.js";
import type { IssueType, Project, Ticket, VendorId, TicketParts } from "../domain/ticket.js";

/** Either the thing that a reference names, or what is wrong with the reference. */
export type Found<T> =
  { readonly value: T; readonly error?: never } | { readonly value?: never; readonly error: TicketError };

const WORDS: Record<NodeKind, string> = {
  Ticket: "ticket",
  Project: "project",
  IssueType: "issue type",
  User: "user",
  VendorConnection: "connection",
  BulkJob: "bulk job",
  Comment: "comment",
  Attachment: "attachment",
  ApiKey: "API key",
};
/** How many choices a message lists. */
const CHOICES = 50;

/** The vendor's id or key that a reference holds, if it can be one on this connection. */
export function vendorIdOf(
  connection: Connection,
  kind: NodeKind,
  ref: Reference,
  path: readonly string[],
): Found<VendorId> {
  if (ref.vendorId != null) {
    const { vendorId } = ref;
    if (vendorId.trim() === "")
      return { error: invalid([...path, "vendorId"], "The vendorId is empty. Give a value.") };
    return connection.isId(vendorId) ? { value: vendorId } : { error: absent(connection, kind, vendorId, path) };
  }
  const id = ref.id ?? "";
  const read = readGlobalId(id);
  if (!read) return { error: absent(connection, kind, id, path) };
  if (read.kind !== kind)
    return { error: invalid([...path, "id"], `This is the id of a ${WORDS[read.kind]}, not of a ${WORDS[kind]}.`) };
  if (read.connectionId !== connection.id)
    return { error: invalid([...path, "id"], `This ${WORDS[kind]} isn't one of the connection "${connection.id}".`) };
  return connection.isId(read.vendorId) ? { value: read.vendorId } : { error: absent(connection, kind, id, path) };
}

/** The project that a reference names; a wrong one is answered with those there are. */
export async function findProject(
  connection: Connection,
  ref: Reference,
  path: readonly string[],
): Promise<Found<Project>> {
  const named = vendorIdOf(connection, "Project", ref, path);
  const found = named.error ? null : await connection.project(named.value);
  if (found) return { value: found };
  if (named.error && named.error.code !== "NOT_FOUND") return named;
  const choices = await projectChoices(connection);
  return { error: absent(connection, "Project", ref.vendorId ?? ref.id ?? "", path, choices) };
}

/** What to say when a vendor needs a project and none was given. */
export async function missingProject(connection: Connection): Promise<TicketError> {
  const choices = await projectChoices(connection);
  const message = `${connection.vendor.title} needs a project. There are: ${choices.join(", ")}.`;
  return invalid(["project"], message, choices);
}

/** What to say when a vendor needs an issue type and none was given. */
export async function missingType(connection: Connection, project: Project): Promise<TicketError> {
  const names = (await connection.issueTypesOf(project.vendorId)).map(({ name }) => name);
  const message = `${connection.vendor.title} needs an issue type. ${nameOf(project)} has: ${names.join(", ")}.`;
  return invalid(["type"], message, names);
}

async function projectChoices(connection: Connection): Promise<string[]> {
  const { items } = await connection.listProjects(undefined, { first: CHOICES });
  return items.map(({ key, vendorId }) => key ?? vendorId);
}

/** The issue type that a reference names in a project; a wrong one is answered with the project's types. */
export async function findIssueType(
  connection: Connection,
  project: Project,
  ref: Reference,
  path: readonly string[],
): Promise<Found<IssueType>> {
  const types = await connection.issueTypesOf(project.vendorId);
  const names = types.map(({ name }) => name);
  if (ref.name != null) {
    const name = ref.name.trim().toLowerCase();
    const same = types.filter((type) => type.name.toLowerCase() === name);
    const [type] = same;
    if (type && same.length === 1) return { value: type };
    if (type) {
      const ids = same.map(({ vendorId }) => vendorId);
      const message = `"${ref.name}" names ${same.length} issue types of ${nameOf(project)}. Give one by vendorId.`;
      return { error: invalid([...path, "name"], message, ids) };
    }
    return { error: noSuchType(project, ref.name, [...path, "name"], names) };
  }
  const named = vendorIdOf(connection, "IssueType", ref, path);
  if (named.error && named.error.code !== "NOT_FOUND") return named;
  const type = types.find(({ vendorId }) => vendorId === named.value);
  return type ? { value: type } : { error: noSuchType(project, ref.vendorId ?? ref.id ?? "", path, names) };
}

/** The issue type that a reference names where tickets need no project; names mean something only within one. */
export async function findTypeAnywhere(
  connection: Connection,
  ref: Reference,
  path: readonly string[],
): Promise<Found<IssueType>> {
  if (ref.name != null) {
    const message = `"${ref.name}" may be a type of several projects. Give the project too, or the type by vendorId.`;
    return { error: invalid([...path, "name"], message) };
  }
  const named = vendorIdOf(connection, "IssueType", ref, path);
  if (named.error) return named;
  const type = await connection.issueType(named.value);
  return type ? { value: type } : { error: absent(connection, "IssueType", named.value, path) };
}

/** The ticket that a reference names, by id or by key; whole, unless `parts` say what it is read for. */
export async function findTicket(
  connection: Connection,
  ref: Reference,
  path: readonly string[],
  parts?: TicketParts,
): Promise<Found<Ticket>> {
  const named = vendorIdOf(connection, "Ticket", ref, path);
  if (named.error) return named;
  const ticket = await connection.ticketNamed(named.value, parts);
  return ticket ? { value: ticket } : { error: absent(connection, "Ticket", named.value, path) };
}

/** That a connection has no such thing, what was probably meant, and what there is. */
export function absent(
  connection: Connection,
  kind: NodeKind,
  given: string,
  path: readonly string[],
  choices: readonly string[] = [],
): TicketError {
  const listed = choices.length > 0 ? ` There are: ${choices.join(", ")}.` : "";
  const meant = didYouMean(given, choices);
  const message = `The connection "${connection.id}" has no ${WORDS[kind]} "${given}", or may not see it.${meant}${listed}`;
  return { ...invalid(path, message, choices), code: "NOT_FOUND" };
}

function noSuchType(project: Project, given: string, path: readonly string[], names: readonly string[]): TicketError {
  const message = `${nameOf(project)} has no issue type "${given}".${didYouMean(given, names)} It has: ${names.join(", ")}.`;
  return { ...invalid(path, message, names), code: "NOT_FOUND" };
}

function nameOf(project: Project): string {
  return `The project ${project.key ?? project.name}`;
}
