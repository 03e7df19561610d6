import { VendorError, type Fault } from "../../domain/errors.js";
import type { Ticket, TicketDraft, TicketParts, TicketRef } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import type { Outcome } from "../connector.js";
import type { Catalog } from "./catalog.js";
import { newTicketOf, type NewWireTicket } from "./draft.js";
import { fieldsNamed, isRequired } from "./custom-fields.js";
import { cleaned } from "./faults.js";
import { leftOut } from "./left-out.js";
import { ticketUrl } from "./map.js";
import { PAGE_MAX, ticketsBy } from "./reads.js";
import type { RequestTrackerSite } from "./settings.js";
import { sendTickets, type Made } from "./send.js";
import { byIds } from "./ticket-sql.js";
import { judged } from "../judged.js";
import { wrong } from "../wrong.js";
import type { WireCustomField, WireQueue } from "./wire.js";
import { withStatuses } from "./lifecycle.js";

/** What creating needs of a connection to Request Tracker. */
export interface CreateParts {
  readonly http: Http;
  readonly site: RequestTrackerSite;
  readonly catalog: Catalog;
}

/**
 * Creates tickets and gives one outcome each, in order. Request Tracker drops what it doesn't like without a word, so names
 * are checked before sending and every ticket is read back: what didn't take is a fault of its outcome.
 */
export async function createTickets(
  parts: CreateParts,
  drafts: readonly TicketDraft[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  const prepared = await Promise.all(drafts.map((draft) => prepare(parts, draft, call)));
  const sendable = prepared.filter((one): one is NewWireTicket => !(one instanceof VendorError));
  const made = sendable.length === 0 ? [] : await sendTickets(parts.http, sendable, call);
  const readBack = await reread(
    parts,
    made.flatMap((one) => ("id" in one ? [one.id] : [])),
    call,
  );
  const isRefused = made.some((one) => "message" in one && !(one instanceof VendorError));
  // Only what is known anyway: a refusal is told even where its queue can't be looked at.
  const queues = isRefused ? await parts.catalog.queues(call).catch(() => []) : [];
  const next = made[Symbol.iterator]();
  return prepared.map((one, n): Outcome<TicketRef> => {
    if (one instanceof VendorError) return { state: "rejected", error: one };
    const answer = next.next().value as Made;
    if (answer instanceof VendorError) return { state: answer.sent === "no" ? "rejected" : "unknown", error: answer };
    if (!("id" in answer)) return { state: "rejected", error: refusal(answer, drafts[n] as TicketDraft, queues) };
    const value = { vendorId: answer.id, key: answer.id, url: ticketUrl(parts.site, answer.id) };
    const faults =
      readBack instanceof VendorError ? [unseen(readBack)] : leftOut(drafts[n] as TicketDraft, readBack.get(answer.id));
    return { state: "done", value, ...(faults.length > 0 && { faults }) };
  });
}

/** A draft in Request Tracker's words, or what is wrong with it. Nothing is written. */
export async function prepare(
  { catalog, site }: CreateParts,
  draft: TicketDraft,
  call: Call,
): Promise<NewWireTicket | VendorError> {
  const queueId = draft.projectId;
  if (queueId === null) return wrong(["project"], "Request Tracker needs a queue.");
  try {
    return await judged(catalog, async (known) =>
      newTicketOf(draft, await fieldsFor(known, queueId, draft.customFields, call), site),
    );
  } catch (error) {
    // Only reads were made so far, so nothing was written whatever they say of themselves.
    if (error instanceof VendorError) return new VendorError(error, "no", error.info);
    throw error;
  }
}

/** A queue's custom fields, with the values of those that are given or have to be. */
export function fieldsFor(
  catalog: Catalog,
  queueId: string,
  given: Readonly<Record<string, unknown>>,
  call: Call,
): Promise<readonly WireCustomField[]> {
  const words = Object.keys(given);
  const needed = (field: WireCustomField): boolean =>
    isRequired(field) || words.some((word) => fieldsNamed([field], word).length > 0);
  return catalog.customFields(queueId, needed, call);
}

/** All that `leftOut` looks at comes with the search itself; the texts, which may be long, don't. */
const COMPARED: TicketParts = new Set();

async function reread(
  { http, site }: CreateParts,
  ids: readonly string[],
  call: Call,
): Promise<ReadonlyMap<string, Ticket> | VendorError> {
  const query = byIds(ids);
  if (query === undefined) return new Map();
  try {
    const { tickets } = await ticketsBy(http, site, query, { page: 1, per_page: PAGE_MAX }, call, COMPARED);
    return new Map(tickets.map((ticket) => [ticket.vendorId, ticket]));
  } catch (error) {
    if (error instanceof VendorError) return error;
    throw error;
  }
}

function refusal(
  { message, status = 201 }: { readonly message: string; readonly status?: number },
  { projectId, status: wanted }: TicketDraft,
  queues: readonly WireQueue[],
): VendorError {
  const words = cleaned(message);
  const code = /permission/i.test(words) ? "FORBIDDEN" : "INVALID";
  const path = /status/i.test(words) ? ["status"] : /queue/i.test(words) ? ["project"] : undefined;
  const fault: Fault = { code, message: words, ...(path && { path }) };
  const queue = queues.find(({ id }) => id === projectId);
  const isOfStatus = wanted !== undefined && /valid status/i.test(words);
  return new VendorError(isOfStatus ? withStatuses(fault, wanted, queue?.Lifecycle) : fault, "no", { status });
}

function unseen(error: VendorError): Fault {
  const message = `The ticket was created, but it could not be read back to see whether all of it took: ${error.message}`;
  return { code: error.code, message };
}
