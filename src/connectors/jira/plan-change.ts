import { VendorError } from "../../domain/errors.js";
import { didYouMean } from "../../domain/suggest.js";
import type { Ticket, TicketChange } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import { judged } from "../judged.js";
import type { Memory } from "../memory.js";
import { wrong } from "../wrong.js";
import { bulkEditOf } from "./bulk-fields.js";
import { adfOf, customFields, labelOf, priorityOf } from "./draft.js";
import type { Planned, UpdateParts } from "./update-parts.js";
import { findRoute, type Goal, type Step } from "./ways.js";

/** What plans that are made together ask only once, and whether tickets of one kind that stand alike may share their first steps. */
export interface Planning {
  readonly once: Memory;
  readonly isShared: boolean;
}

/** All that a change needs, in Jira's words. Nothing is written. Throws VendorError for what can't be done. */
export async function planChange(
  parts: UpdateParts,
  ticket: Ticket,
  change: TicketChange,
  planning: Planning,
  call: Call,
): Promise<Planned> {
  const { projectId, typeId } = ticket;
  if (projectId === null || typeId === null) throw wrongTicket(ticket.vendorId);
  const { status, statusCategory, name } = change;
  if (name !== undefined && /[\r\n]/.test(name))
    throw wrong(["name"], "The name holds a line break. Jira's summary is one line.");
  const { fields, edit } = await judged(parts.metadata, async (known) => {
    const screen = await known.fields(projectId, typeId, call);
    const asked = fieldsOf(change, ticket, screen);
    return { fields: asked, edit: bulkEditOf(asked, screen) };
  });
  const goal: Goal | undefined = status !== undefined ? { status } : statusCategory && { category: statusCategory };
  const steps = goal ? await planSteps(parts, { ticket, fields, goal }, planning, call) : [];
  return { ticket, fields, ...(edit && { edit }), ...(goal && { goal }), steps };
}

/** The steps that lead a ticket to its goal. Throws VendorError INVALID where there are none, or where one demands what isn't given. */
export async function planSteps(
  { http }: UpdateParts,
  { ticket, fields, goal }: Pick<Planned, "ticket" | "fields"> & { readonly goal: Goal },
  { once, isShared }: Planning,
  call: Call,
): Promise<readonly Step[]> {
  const { vendorId: issueId, projectId, typeId, status, statusCategory: category } = ticket;
  if (projectId === null || typeId === null) throw wrongTicket(issueId);
  const from = { issueId, projectId, typeId, status, category };
  const { steps, reachable } = await findRoute(http, from, goal, { once, isShared }, call);
  if (!steps) throw noWay(ticket, goal, reachable, ["status" in goal ? "status" : "statusCategory"]);
  for (const { demands, name: step, to } of steps) {
    const missing = demands.filter(({ id }) => fields[id] === undefined && !isFilled(ticket, id));
    const [first] = missing;
    if (!first) continue;
    const names = missing.map(({ id, name: field }) => `${field} (${id})`).join(", ");
    const message = `The step "${step}" to "${to}" demands: ${names}. Give it among customFields.`;
    throw wrong(["customFields", first.id], message);
  }
  return steps;
}

/** What is to change, in Jira's words; null clears. Throws VendorError INVALID. */
function fieldsOf(
  change: TicketChange,
  ticket: Ticket,
  screen: Parameters<typeof customFields>[1],
): Readonly<Record<string, unknown>> {
  const { name, description, priority, assigneeIds, parentId, tags, dueDate } = change;
  return {
    ...(name !== undefined && { summary: name }),
    ...(description !== undefined && { description: description && adfOf(description) }),
    ...(priority !== undefined && { priority: priority === null ? null : priorityOf(priority, screen) }),
    ...(assigneeIds !== undefined && { assignee: assigneeIds[0] === undefined ? null : { id: assigneeIds[0] } }),
    ...(parentId !== undefined && { parent: parentId === null ? null : { id: parentId } }),
    ...(tags !== undefined && { labels: [...tags.map(labelOf), ...hiddenLabels(ticket)] }),
    ...(dueDate !== undefined && { duedate: dueDate?.toISOString().slice(0, 10) ?? null }),
    ...customFields({ customFields: change.customFields ?? {} }, screen),
  };
}

/** Labels that are ours and not people's tags stay. */
function hiddenLabels({ data, tags }: Ticket): readonly string[] {
  const labels = Array.isArray(data["labels"]) ? (data["labels"] as readonly unknown[]).map(String) : [];
  return labels.filter((label) => !tags.includes(label));
}

function isFilled({ data }: Ticket, fieldId: string): boolean {
  const value = data[fieldId];
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function noWay(
  { key, vendorId, status }: Ticket,
  goal: Goal,
  reachable: readonly string[],
  path: readonly string[],
): VendorError {
  const wanted = "status" in goal ? `"${goal.status}"` : `a status that means ${goal.category}`;
  const there =
    reachable.length > 0 ? `From "${status}" it goes to: ${reachable.join(", ")}.` : `It stays in "${status}".`;
  const meant = "status" in goal ? didYouMean(goal.status, reachable) : "";
  const message = `The workflow of ${key ?? vendorId} is not known to lead to ${wanted}.${meant} ${there}`;
  return wrong(path, message, reachable);
}

/** A ticket that isn't there, or that the account may not see. */
export function wrongTicket(id: string): VendorError {
  const message = `Jira has no ticket "${id}", or the connection's account may not see it.`;
  return new VendorError({ code: "NOT_FOUND", message, path: ["ticket"] }, "no");
}
