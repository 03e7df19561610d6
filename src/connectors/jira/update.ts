import { VendorError, type Fault } from "../../domain/errors.js";
import type { Ticket, TicketChange, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import { beforehand } from "../beforehand.js";
import type { Outcome } from "../connector.js";
import { failed } from "../failed.js";
import { judged } from "../judged.js";
import { openMemory, type Memory } from "../memory.js";
import { wrong } from "../wrong.js";
import { didYouMean } from "../../domain/suggest.js";
import type { CreateParts } from "./create-parts.js";
import { adfOf, customFields, labelOf, priorityOf } from "./draft.js";
import { fetchTickets } from "./tickets.js";
import { findRoute, type Goal, type Step } from "./ways.js";

/** For how long steps that were asked for serve the changes that came together. */
const WAYS_MS = 60_000;

/** A change whose every step is known. */
interface Planned {
  readonly ticket: Ticket;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
}

/**
 * Changes issues, each to its own values. Nothing is written before all of a change is known to be possible; then the fields go
 * in one call, and the status by the workflow's steps.
 */
export async function updateIssues(
  parts: CreateParts,
  changes: readonly TicketChange[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  const once = openMemory({ ttlMs: WAYS_MS, max: 500 });
  const ids = [...new Set(changes.map(({ ticketId }) => ticketId))];
  const tickets = new Map(
    (await beforehand(() => fetchTickets(parts, ids, call))).map((ticket) => [ticket.vendorId, ticket]),
  );
  return Promise.all(
    changes.map(async (change): Promise<Outcome<TicketRef>> => {
      try {
        const ticket = tickets.get(change.ticketId);
        if (!ticket) throw wrongTicket(change.ticketId);
        return await write(parts, await beforehand(() => plan(parts, ticket, change, once, call)), call);
      } catch (error) {
        return failed(error);
      }
    }),
  );
}

async function plan(
  parts: CreateParts,
  ticket: Ticket,
  change: TicketChange,
  once: Memory,
  call: Call,
): Promise<Planned> {
  const { projectId, typeId } = ticket;
  if (projectId === null || typeId === null) throw wrongTicket(ticket.vendorId);
  const { status, statusCategory, name } = change;
  if (name !== undefined && /[\r\n]/.test(name))
    throw wrong(["name"], "The name holds a line break. Jira's summary is one line.");
  const fields = await judged(parts.metadata, async (known) =>
    fieldsOf(change, ticket, await known.fields(projectId, typeId, call)),
  );
  const goal: Goal | undefined = status !== undefined ? { status } : statusCategory && { category: statusCategory };
  if (!goal) return { ticket, fields, steps: [] };
  const from = { issueId: ticket.vendorId, projectId, typeId, status: ticket.status, category: ticket.statusCategory };
  const { steps, reachable } = await findRoute(parts.http, from, goal, once, call);
  const path = [status !== undefined ? "status" : "statusCategory"];
  if (!steps) throw noWay(ticket, goal, reachable, path);
  for (const { demands, name: step, to } of steps) {
    const missing = demands.filter(({ id }) => fields[id] === undefined && !isFilled(ticket, id));
    const [first] = missing;
    if (!first) continue;
    const names = missing.map(({ id, name: field }) => `${field} (${id})`).join(", ");
    const message = `The step "${step}" to "${to}" demands: ${names}. Give it among customFields.`;
    throw wrong(["customFields", first.id], message);
  }
  return { ticket, fields, steps };
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

async function write(parts: CreateParts, { ticket, fields, steps }: Planned, call: Call): Promise<Outcome<TicketRef>> {
  const onScreens = new Set(steps.flatMap(({ screen }) => [...screen]));
  const direct = Object.fromEntries(Object.entries(fields).filter(([id]) => !onScreens.has(id)));
  const value = { vendorId: ticket.vendorId, key: ticket.key, url: ticket.url };
  if (Object.keys(direct).length > 0) await edit(parts, ticket.vendorId, direct, call);
  let taken = Object.keys(direct).length > 0;
  for (const step of steps) {
    const own = Object.fromEntries(Object.entries(fields).filter(([id]) => step.screen.has(id)));
    try {
      await move(parts, ticket.vendorId, step, own, call);
      taken = true;
    } catch (error) {
      // What was done before stays done: that is told, and not that nothing was.
      if (!(error instanceof VendorError) || error.sent === "maybe" || !taken) throw error;
      return { state: "done", value, faults: [notMoved(step, error)] };
    }
  }
  return { state: "done", value };
}

function edit({ http }: CreateParts, issueId: string, fields: object, call: Call): Promise<void> {
  return http.send(
    {
      operation: "issue.edit",
      kind: "write",
      method: "PUT",
      path: ["rest", "api", "3", "issue", issueId],
      body: { fields },
      parse: () => undefined,
    },
    call,
  );
}

function move({ http }: CreateParts, issueId: string, { id }: Step, fields: object, call: Call): Promise<void> {
  return http.send(
    {
      operation: "issue.transition",
      kind: "write",
      method: "POST",
      path: ["rest", "api", "3", "issue", issueId, "transitions"],
      body: { transition: { id }, ...(Object.keys(fields).length > 0 && { fields }) },
      parse: () => undefined,
    },
    call,
  );
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
  return wrong(
    path,
    `The workflow of ${key ?? vendorId} is not known to lead to ${wanted}.${meant} ${there}`,
    reachable,
  );
}

function notMoved({ to }: Step, { code, message }: VendorError): Fault {
  return {
    code,
    message: `The ticket was changed, but it could not be moved to "${to}": ${message}`,
    path: ["status"],
  };
}

function wrongTicket(id: string): VendorError {
  const message = `Jira has no ticket "${id}", or the connection's account may not see it.`;
  return new VendorError({ code: "NOT_FOUND", message, path: ["ticket"] }, "no");
}
