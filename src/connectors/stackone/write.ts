import type { TicketChange, TicketDraft, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { Outcome } from "../connector.js";
import { didYouMean } from "../../domain/suggest.js";
import { eachAlone, failed } from "../failed.js";
import { hinted } from "../hinted.js";
import { noSuch, wrong } from "../wrong.js";
import { LEVELS } from "./fields.js";
import { all, type StackOneApi } from "./api.js";
import type { StackOneOwn } from "./create-input.js";
import { contentOf, newTicketOf, priorityOf } from "./draft.js";
import { categoryOf, isMarker, statusWord } from "./map.js";
import type { StackOneSite } from "./settings.js";
import { beforehand } from "../beforehand.js";

/** What writing needs of a connection. */
interface WriteParts {
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
    try {
      const vendorId = await parts.api.createTicket(body, call);
      return { state: "done", value: { vendorId, key: null, url: null } };
    } catch (error) {
      return failed(hinted(error, { path: "priority", word: draft.priority, known: LEVELS }));
    }
  });
}

/** A draft in StackOne's words. Throws VendorError, with nothing sent. */
export async function prepare(parts: WriteParts, draft: TicketDraft, call: Call): Promise<object> {
  const { componentIds } = (draft.own ?? {}) as StackOneOwn;
  return newTicketOf(draft, parts.site, componentIds && (await componentsNamed(parts, componentIds, draft, call)));
}

/** Components by id or name. Those that the project doesn't have would be dropped, or refused in words that name none. */
async function componentsNamed(
  { api }: WriteParts,
  words: readonly string[],
  { projectId }: TicketDraft,
  call: Call,
): Promise<readonly string[]> {
  if (words.length === 0 || projectId === null) return words;
  const known = await beforehand(() => all(api.components(projectId), call));
  const list = (some: typeof known): string => some.map(({ id, name }) => `${id} (${name ?? id})`).join(", ");
  const idsOf = (some: typeof known): readonly string[] => some.map(({ id }) => id);
  return words.map((word, n) => {
    const path = ["vendor", "stackone", "componentIds", String(n)];
    if (known.some(({ id }) => id === word)) return word;
    const same = known.filter(({ name }) => name?.toLowerCase() === word.trim().toLowerCase());
    const [only] = same;
    if (only && same.length === 1) return only.id;
    if (only)
      throw wrong(path, `"${word}" names ${same.length} components: ${list(same)}. Give one by its id.`, idsOf(same));
    const meant = didYouMean(
      word,
      known.flatMap(({ id, name }) => [id, ...(name ? [name] : [])]),
    );
    throw wrong(path, `The project has no component "${word}".${meant} It has: ${list(known)}.`, idsOf(known));
  });
}

/** Changes tickets one by one. */
export function updateTickets(
  { api }: WriteParts,
  changes: readonly TicketChange[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  return eachAlone(changes, async (change) => {
    const body = await changedOf(api, change, call);
    try {
      await api.updateTicket(change.ticketId, body, call);
      return { state: "done", value: { vendorId: change.ticketId, key: null, url: null } };
    } catch (error) {
      return failed(hinted(error, { path: "priority", word: change.priority, known: LEVELS }));
    }
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
  throw noSuch(path, `This ticket can't get the status "${wanted}".`, wanted, names);
}

function typeOf(type: string | object): object {
  return typeof type === "string" ? { value: type } : type;
}
