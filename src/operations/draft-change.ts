import type { Connection } from "../connectors/connection.js";
import { noRevision } from "../connectors/update-each.js";
import { VendorError } from "../domain/errors.js";
import { checkNewChange } from "../domain/change-rules.js";
import type { NewChange } from "../domain/new-change.js";
import { refused, type TicketError } from "../domain/ticket-error.js";
import type { TicketChange } from "../domain/ticket.js";
import { findUsers } from "./find-users.js";
import { findTicket, type Found } from "./references.js";

/** A change that can be sent, or everything that is wrong with it. */
type DraftedChange =
  | { readonly change: TicketChange; readonly errors?: never }
  | { readonly change?: never; readonly errors: readonly TicketError[] };

/** Checks a change and looks up what it refers to; lookups of changes drafted at the same time are joined. Throws VendorError. */
export async function draftChange(connection: Connection, asked: NewChange): Promise<DraftedChange> {
  const { capabilities, vendor } = connection;
  const { update, draft: limits } = capabilities;
  const can = {
    title: vendor.title,
    fields: update?.fields ?? [],
    hasRevisions: (update?.revision ?? "none") !== "none",
  };
  const errors = [...checkNewChange(asked, can, limits)];
  if (errors.some(({ code }) => code === "UNSUPPORTED")) return { errors };
  if (update?.revision === "required" && asked.revision === undefined)
    errors.push(refused(new VendorError(noRevision(vendor.title), "no")));
  const take = <T>(found: Found<T> | undefined | null): T | undefined => {
    if (found?.error) errors.push(found.error);
    return found?.value;
  };
  const finding = findTicket(connection, asked.ticket, ["ticket"]);
  // Only for hints: what fails here is told by the ticket itself.
  const projectId = finding.then(
    (found) => found.value?.projectId,
    () => undefined,
  );
  const [ticket, assignees, parent] = await Promise.all([
    finding,
    asked.assignees && findUsers(connection, asked.assignees, ["assignees"], projectId),
    asked.parent && findTicket(connection, asked.parent, ["parent"]),
  ]);
  const ticketId = take(ticket)?.vendorId;
  const assigneeIds = assignees?.flatMap((found) => take(found) ?? []);
  const parentId = asked.parent === null ? null : take(parent)?.vendorId;
  if (ticketId === undefined || errors.length > 0) return { errors };
  const { name, description, status, statusCategory, priority, tags, dueDate, customFields, revision } = asked;
  const change: TicketChange = {
    ticketId,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(status !== undefined && { status }),
    ...(statusCategory !== undefined && { statusCategory }),
    ...(priority !== undefined && { priority }),
    ...(assigneeIds !== undefined && { assigneeIds }),
    ...(parentId !== undefined && { parentId }),
    ...(tags !== undefined && { tags }),
    ...(dueDate !== undefined && { dueDate }),
    ...(customFields != null && { customFields: customFields as Record<string, unknown> }),
    ...(revision !== undefined && { revision }),
  };
  return { change };
}
