import type { Connection } from "../connectors/connection.js";
import type { NewTicket } from "../domain/new-ticket.js";
import { checkNewTicket, customFieldsOf } from "../domain/rules.js";
import { invalid, type TicketError } from "../domain/ticket-error.js";
import type { IssueType, Project, TicketDraft } from "../domain/ticket.js";
import type { Kernel } from "./kernel.js";
import { findUsers } from "./find-users.js";
import { ownOf } from "./own-fields.js";
import {
  findIssueType,
  findTypeAnywhere,
  findProject,
  findTicket,
  missingProject,
  missingType,
  type Found,
} from "./references.js";

/** A ticket that can be sent, or everything that is wrong with it. */
type Drafted =
  | { readonly draft: TicketDraft; readonly errors?: never }
  | { readonly draft?: never; readonly errors: readonly TicketError[] };

/** Checks a new ticket and looks up what it refers to; lookups of tickets drafted at the same time are joined. Throws VendorError. */
export async function draftTicket(kernel: Kernel, connection: Connection, ticket: NewTicket): Promise<Drafted> {
  const own = ownOf(connection.vendor, ticket.vendor);
  const errors = [...checkNewTicket(ticket, connection.capabilities.draft, connection.vendor.title), ...own.errors];
  // What the vendor can't take is told before anybody is asked anything.
  if (errors.some(({ code }) => code === "UNSUPPORTED")) return { errors };
  const take = <T>(found: Found<T> | undefined): T | undefined => {
    if (found?.error) errors.push(found.error);
    return found?.value;
  };
  const placing = findPlace(connection, ticket);
  // Only for hints: what fails here is told by the place itself.
  const projectId = placing.then(
    (found) => found.project?.value?.vendorId,
    () => undefined,
  );
  const [place, assignees, reporters, parent] = await Promise.all([
    placing,
    findUsers(connection, ticket.assignees, ["assignees"], projectId),
    findUsers(connection, ticket.reporters, ["reporters"], projectId),
    ticket.parent && findTicket(connection, ticket.parent, ["parent"]),
  ]);
  const project = take(place.project);
  const type = take(place.type);
  const assigneeIds = assignees.flatMap((found) => take(found) ?? []);
  const reporterIds = reporters.flatMap((found) => take(found) ?? []);
  const parentId = take(parent)?.vendorId;
  if (type?.subtask && !ticket.parent)
    errors.push(invalid(["parent"], `A ${type.name} needs a parent. Give the ticket that it is a part of.`));
  if (errors.length > 0) return { errors };

  const { name, description, status, priority, tags, dueDate } = ticket;
  const identifier = ticket.identifier ?? generated(kernel, connection, project, type);
  return {
    draft: {
      name,
      projectId: project?.vendorId ?? null,
      typeId: type?.vendorId ?? null,
      assigneeIds,
      reporterIds,
      tags,
      customFields: customFieldsOf(ticket),
      ...(description && { description }),
      ...(status !== undefined && { status }),
      ...(priority !== undefined && { priority }),
      ...(dueDate && { dueDate }),
      ...(parentId !== undefined && { parentId }),
      ...(identifier !== undefined && { identifier }),
      ...(own.value && { own: own.value }),
    },
  };
}

/** Where the ticket is to live: a project, and a type of that project. What is required and absent is told with the choices. */
async function findPlace(
  connection: Connection,
  { project: projectRef, type: typeRef }: NewTicket,
): Promise<{ project?: Found<Project>; type?: Found<IssueType> }> {
  const limits = connection.capabilities.draft;
  if (!projectRef) {
    if (limits.project === "required") return { project: { error: await missingProject(connection) } };
    return typeRef && limits.type !== "none" ? { type: await findTypeAnywhere(connection, typeRef, ["type"]) } : {};
  }
  const project = await findProject(connection, projectRef, ["project"]);
  if (!project.value) return { project };
  if (typeRef) return { project, type: await findIssueType(connection, project.value, typeRef, ["type"]) };
  if (limits.type !== "required") return { project };
  return { project, type: { error: await missingType(connection, project.value) } };
}

/** project-type-hash, in characters that every vendor's label takes. */
function generated(kernel: Kernel, connection: Connection, project?: Project, type?: IssueType): string | undefined {
  if (!connection.capabilities.draft.identifier) return undefined;
  const words = [project?.key ?? project?.name, type?.name].filter((word) => word !== undefined);
  return [...words.map((word) => word.replace(/[^\p{L}\p{N}]+/gu, "-")), kernel.randomHash()].join("-");
}
