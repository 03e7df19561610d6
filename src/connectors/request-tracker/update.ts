import { VendorError, type Fault } from "../../domain/errors.js";
import type { StatusCategory, Ticket, TicketChange, TicketRef, VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { chunks } from "../batch.js";
import { beforehand } from "../beforehand.js";
import type { Outcome } from "../connector.js";
import { failed, overtaken } from "../failed.js";
import { wrong } from "../wrong.js";
import { judged } from "../judged.js";
import { fieldsFor, type CreateParts } from "./create.js";
import { customFields } from "./custom-fields.js";
import { cleaned } from "./faults.js";
import { withStatuses } from "./lifecycle.js";
import { NOBODY } from "./map.js";
import { PAGE_MAX, read, ticketsBy } from "./reads.js";
import { byIds } from "./ticket-sql.js";
import { Sentences } from "./wire.js";

/**
 * Changes tickets one by one. Request Tracker answers 200 whatever it refuses, so all of them are read again in one search: what
 * did not take is told, with the server's own words.
 */
export async function updateTickets(
  parts: CreateParts,
  changes: readonly TicketChange[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  // Only custom fields depend on the queue.
  const withFields = changes.filter(({ customFields: own = {} }) => Object.keys(own).length > 0);
  const before = await beforehand(() => ticketsById(parts, withFields, call));
  const sent = await Promise.all(
    changes.map((change) =>
      send(parts, change, before.get(change.ticketId), call).catch((error: unknown): Outcome<never> => failed(error)),
    ),
  );
  const written = changes.filter((_, n) => "sentences" in (sent[n] as Sent));
  const after = await ticketsById(parts, written, call).catch((error: unknown) => unseen(error));
  return changes.map((change, n) => {
    const one = sent[n] as Sent;
    if (!("sentences" in one)) return one;
    const now = "code" in after ? after : (after.get(change.ticketId) ?? HIDDEN);
    return outcomeOf(change, one, now);
  });
}

/** What the server said to a change, and how many things it was asked to change; or why it was not asked, or didn't answer. */
type Sent = Outcome<never> | Answered;
interface Answered {
  readonly sentences: readonly string[];
  readonly asked: number;
}

/** The ETags of tickets: the numbers of their last transactions, which no search tells. */
export async function revisions(
  http: Http,
  ids: readonly VendorId[],
  call: Call,
): Promise<ReadonlyMap<VendorId, string>> {
  const found = await Promise.all(
    ids.map(async (id) => {
      const parse = (_body: unknown, { headers }: { readonly headers: Readonly<Record<string, string>> }) =>
        headers["etag"]?.replace(/^(W\/)?"|"$/g, "");
      const etag = await read(http, { operation: "ticket.get", method: "GET", path: ["ticket", id], parse }, call);
      return [id, etag] as const;
    }),
  );
  return new Map(found.flatMap(([id, etag]) => (etag === undefined ? [] : [[id, etag] as const])));
}

async function send(
  parts: CreateParts,
  change: TicketChange,
  ticket: Ticket | undefined,
  call: Call,
): Promise<Answered> {
  const { ticketId, revision } = change;
  const body = await beforehand(() => bodyOf(parts, change, ticket?.projectId ?? null, call));
  try {
    const sentences = await parts.http.send(
      {
        operation: "ticket.update",
        kind: "write",
        method: "PUT",
        path: ["REST", "2.0", "ticket", ticketId],
        ...(revision !== undefined && { headers: { "if-match": `"${revision.replace(/[^\w-]/g, "")}"` } }),
        body,
        parse: (answer) => Sentences.parse(answer),
      },
      call,
    );
    return { sentences: sentences.map(cleaned), asked: Object.keys(body).length };
  } catch (error) {
    if (!(error instanceof VendorError) || error.code !== "CONFLICT") throw error;
    const current = (await revisions(parts.http, [ticketId], call).catch(() => undefined))?.get(ticketId);
    throw overtaken(ticketId, current, error);
  }
}

/** What a change came to, seen from the ticket as it is now; or, where it can't be seen, from what is in the way. */
function outcomeOf(change: TicketChange, { sentences, asked }: Answered, now: Ticket | Fault): Outcome<TicketRef> {
  const { ticketId } = change;
  if (!("vendorId" in now))
    return { state: "done", value: { vendorId: ticketId, key: ticketId, url: null }, faults: [now] };
  const faults = notTaken(change, now, sentences);
  const [first, ...also] = faults;
  if (first && faults.length >= asked) return failed(new VendorError(first, "no", { status: 200 }), also);
  const { vendorId, key, url } = now;
  return { state: "done", value: { vendorId, key, url }, ...(faults.length > 0 && { faults }) };
}

/** The change was taken, and can't be seen: that is told, and not that it failed. */
function unseen(error: unknown): Fault {
  if (!(error instanceof VendorError)) throw error;
  return { code: error.code, message: `${UNSEEN}: ${error.message}` };
}
const UNSEEN = "The ticket was changed, but it could not be read back to see whether all of it took";
const HIDDEN: Fault = { code: "FORBIDDEN", message: `${UNSEEN}: the connection's account may not see it.` };

/** Tickets without their texts, by number. */
async function ticketsById(
  { http, site }: CreateParts,
  changes: readonly TicketChange[],
  call: Call,
): Promise<ReadonlyMap<VendorId, Ticket>> {
  const ids = [...new Set(changes.map(({ ticketId }) => ticketId))];
  const pages = await Promise.all(
    chunks(ids, PAGE_MAX).map(async (some) => {
      const query = byIds(some);
      if (query === undefined) return [];
      return (await ticketsBy(http, site, query, { page: 1, per_page: PAGE_MAX }, call, new Set())).tickets;
    }),
  );
  return new Map(pages.flat().map((ticket) => [ticket.vendorId, ticket]));
}

/** The statuses of the lifecycle that Request Tracker comes with, for each meaning. */
const STATUS_OF: Partial<Record<StatusCategory, string>> = { TODO: "new", IN_PROGRESS: "open", DONE: "resolved" };

async function bodyOf(
  { catalog, site }: CreateParts,
  change: TicketChange,
  projectId: VendorId | null,
  call: Call,
): Promise<Readonly<Record<string, unknown>>> {
  const { name, priority, assigneeIds, parentId, dueDate } = change;
  const status = change.status ?? (change.statusCategory && STATUS_OF[change.statusCategory]);
  if (name !== undefined && /[\r\n]/.test(name))
    throw wrong(["name"], "The name holds a line break. A subject is one line.");
  if (priority != null && !/^(0|-?[1-9]\d{0,8})$/.test(priority))
    throw wrong(
      ["priority"],
      `Request Tracker takes a whole number for priority, usually 0 to 100, and not "${priority}".`,
    );
  const own = change.customFields ?? {};
  const custom =
    Object.keys(own).length === 0
      ? {}
      : await judged(catalog, async (known) => {
          const fields = projectId === null ? [] : await fieldsFor(known, projectId, own, call);
          return customFields({ customFields: own }, fields, site);
        });
  return {
    ...(name !== undefined && { Subject: name }),
    ...(status !== undefined && { Status: status }),
    ...(priority !== undefined && { Priority: priority ?? "0" }),
    ...(assigneeIds !== undefined && { Owner: assigneeIds[0] ?? NOBODY }),
    ...(parentId !== undefined && { Parents: parentId === null ? [] : [parentId] }),
    ...(dueDate !== undefined && { Due: dueDate?.toISOString().replace(/\.\d+Z$/, "Z") ?? "1970-01-01T00:00:00Z" }),
    ...(Object.keys(custom).length > 0 && { CustomFields: custom }),
  };
}

/** What did not take, by comparing what was asked for with what is there now. */
function notTaken(change: TicketChange, now: Ticket, sentences: readonly string[]): readonly Fault[] {
  const { name, priority, assigneeIds, parentId, dueDate } = change;
  const status = change.status ?? (change.statusCategory && STATUS_OF[change.statusCategory]);
  const faults: Fault[] = [];
  const compare = (path: string, wanted: string | null | undefined, found: string | null, word: RegExp): void => {
    if (wanted === undefined || (wanted ?? "").toLowerCase() === (found ?? "").toLowerCase()) return;
    const said = sentences.filter((sentence) => word.test(sentence)).join(" ");
    const message = said || `Request Tracker did not take "${wanted ?? ""}" for ${path}: it has "${found ?? ""}".`;
    const fault: Fault = { code: /permission/i.test(said) ? "FORBIDDEN" : "INVALID", message, path: [path] };
    const isOfStatus = path === "status" && /valid status/i.test(said);
    faults.push(isOfStatus ? withStatuses(fault, wanted ?? "", lifecycleOf(now)) : fault);
  };
  compare("name", name, now.name, /subject/i);
  compare(change.status === undefined ? "statusCategory" : "status", status, now.status, /status/i);
  compare("priority", priority === null ? "0" : priority, now.priority ?? "0", /priority/i);
  if (assigneeIds) compare("assignees", assigneeIds[0] ?? null, now.assigneeIds[0] ?? null, /owner|user/i);
  compare("parent", parentId, now.parentId, /member|link|ticket \d+ /i);
  if (dueDate !== undefined) compare("dueDate", secondsOf(dueDate), secondsOf(now.dueDate), /\bdue\b/i);
  const refused = sentences.filter(
    (sentence) => /custom ?field/i.test(sentence) && /not|invalid|permission/i.test(sentence),
  );
  const [field] = Object.keys(change.customFields ?? {});
  if (field !== undefined && refused.length > 0)
    faults.push({ code: "INVALID", message: refused.join(" "), path: ["customFields", field] });
  return faults;
}

function lifecycleOf({ data }: Ticket): string | undefined {
  return (data["Queue"] as { readonly Lifecycle?: string } | undefined)?.Lifecycle;
}

function secondsOf(date: Date | null): string | null {
  return date?.toISOString().slice(0, 19) ?? null;
}
