import type { TicketChange, TicketDraft, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { Outcome } from "../connector.js";
import { eachAlone } from "../failed.js";
import { wrong } from "../wrong.js";
import { all, type StackOneApi } from "./api.js";
import type { StackOneOwn } from "./create-input.js";
import { contentOf, newTicketOf, priorityOf } from "./draft.js";
import { categoryOf, isMarker, statusWord } from "./map.js";
import type { StackOneSite } from "./settings.js";
import { beforehand } from "../beforehand.js";

/** What writing needs of a connection. */
export interface WriteParts {
  readonly api: StackOneApi;
  readonly site: StackOneSite;
}

/**
 * Creates tickets one by one, side by side: StackOne has no bulk. Its answer is an id and nothing else; the rest is read
 * when somebody asks for it. Never sent twice, as its own SDK does: there is no key by which it would notice.
 */
export function createTickets(
  parts: WriteParts,
  drafts: readonly TicketDraft[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  return eachAlone(drafts, async (draft) => {
    const body = await prepare(parts, draft, call);
    const vendorId = await parts.api.createTicket(body, call);
    return { state: "done", value: { vendorId, key: null, url: null } };
  });
}

/** A draft in StackOne's words. Throws VendorError, with nothing sent. */
export async function prepare(parts: WriteParts, draft: TicketDraft, call: Call): Promise<object> {
  const body = newTicketOf(draft, parts.site);
  await checkComponents(parts, draft, call);
  return body;
}

/** Components that the project doesn't have would be dropped, or refused in words that name none. */
async function checkComponents({ api }: WriteParts, { own, projectId }: TicketDraft, call: Call): Promise<void> {
  const { componentIds = [] } = (own ?? {}) as StackOneOwn;
  if (componentIds.length === 0 || projectId === null) return;
  const known = await beforehand(() => all(api.components(projectId), call));
  const strange = componentIds.find((id) => !known.some((component) => component.id === id));
  if (strange === undefined) return;
  const names = known.map(({ id, name }) => `${id} (${name ?? id})`);
  const path = ["vendor", "stackone", "componentIds", String(componentIds.indexOf(strange))];
  throw wrong(
    path,
    `The project has no component "${strange}". It has: ${names.join(", ")}.`,
    known.map(({ id }) => id),
  );
}

/** Changes tickets one by one. */
export function updateTickets(
  { api }: WriteParts,
  changes: readonly TicketChange[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  return eachAlone(changes, async (change) => {
    await api.updateTicket(change.ticketId, await changedOf(api, change, call), call);
    return { state: "done", value: { vendorId: change.ticketId, key: null, url: null } };
  });
}

async function changedOf(
  api: StackOneApi,
  change: TicketChange,
  call: Call,
): Promise<Readonly<Record<string, unknown>>> {
  const { ticketId, name, description, status, statusCategory, priority } = change;
  const { assigneeIds, reporterIds, parentId, tags, customFields } = change;
  const wanted = status ?? statusCategory;
  return {
    ...(name !== undefined && { title: name }),
    ...(description !== undefined && { content: description ? contentOf(description) : [] }),
    ...(wanted !== undefined && { status: await statusOf(api, ticketId, wanted, status === undefined, call) }),
    ...(priority !== undefined && { priority: priority === null ? null : priorityOf(priority) }),
    ...(assigneeIds !== undefined && { assignees: assigneeIds }),
    ...(reporterIds !== undefined && { reporters: reporterIds }),
    ...(parentId !== undefined && { parent_id: parentId }),
    ...(tags !== undefined && { tags: [...tags, ...(await markersOf(api, ticketId, call))] }),
    ...(customFields !== undefined && { unified_custom_fields: customFields }),
  };
}

/** The tags that are ours and not people's stay. */
async function markersOf(api: StackOneApi, ticketId: string, call: Call): Promise<readonly string[]> {
  const ticket = await beforehand(() => api.ticket(ticketId)(call));
  return (ticket?.tags ?? []).filter(isMarker);
}

/** One of the statuses that the ticket may be in, by name, id or meaning. Throws VendorError INVALID, saying which there are. */
async function statusOf(
  api: StackOneApi,
  ticketId: string,
  wanted: string,
  isCategory: boolean,
  call: Call,
): Promise<object> {
  const statuses = await beforehand(() => all(api.statuses(ticketId), call));
  const word = wanted.toLowerCase();
  const status = statuses.find((one) =>
    isCategory ? categoryOf(one) === wanted : one.id === wanted || statusWord(one).toLowerCase() === word,
  );
  if (status) return { id: status.id, ...(status.type != null && { type: typeOf(status.type) }) };
  const names = statuses.map(statusWord);
  const path = [isCategory ? "statusCategory" : "status"];
  throw wrong(path, `This ticket can't get the status "${wanted}". It can get: ${names.join(", ")}.`, names);
}

function typeOf(type: string | object): object {
  return typeof type === "string" ? { value: type } : type;
}
