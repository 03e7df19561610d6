import { VendorError, type Fault } from "../../domain/errors.js";
import type { StatusCategory, Ticket, TicketChange, TicketRef, VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { beforehand } from "../beforehand.js";
import type { Outcome } from "../connector.js";
import { failed } from "../failed.js";
import { wrong } from "../wrong.js";
import type { CreateParts } from "./create.js";
import { customFields } from "./draft.js";
import { cleaned } from "./faults.js";
import { NOBODY } from "./map.js";
import { PAGE_MAX, read, ticketsBy } from "./reads.js";
import { byIds } from "./ticket-sql.js";
import { Sentences } from "./wire.js";

/**
 * Changes tickets one by one. Request Tracker answers 200 whatever it refuses, so each ticket is read again: what did not take
 * is told, with the server's own words.
 */
export function updateTickets(
  parts: CreateParts,
  changes: readonly TicketChange[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  return Promise.all(
    changes.map(async (change): Promise<Outcome<TicketRef>> => {
      try {
        return await updateOne(parts, change, call);
      } catch (error) {
        return failed(error);
      }
    }),
  );
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

async function updateOne(parts: CreateParts, change: TicketChange, call: Call): Promise<Outcome<TicketRef>> {
  const { ticketId, revision } = change;
  const body = await beforehand(async () => bodyOf(parts, change, await one(parts, ticketId, call), call));
  let sentences: readonly string[];
  try {
    sentences = await parts.http.send(
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
  } catch (error) {
    if (!(error instanceof VendorError) || error.code !== "CONFLICT") throw error;
    throw stale(ticketId, await currentRevision(parts.http, ticketId, call), error);
  }
  const now = await one(parts, ticketId, call).catch((error: unknown) => unseen(error));
  if (!("vendorId" in now))
    return { state: "done", value: { vendorId: ticketId, key: ticketId, url: null }, faults: [now] };
  const faults = notTaken(change, now, sentences.map(cleaned));
  const asked = Object.keys(body).length;
  const [first, ...also] = faults;
  if (first && faults.length >= asked)
    return {
      state: "rejected",
      error: new VendorError(first, "no", { status: 200 }),
      ...(also.length > 0 && { also }),
    };
  const { vendorId, key, url } = now;
  return { state: "done", value: { vendorId, key, url }, ...(faults.length > 0 && { faults }) };
}

/** The change was taken, and can't be seen: that is told, and not that it failed. */
function unseen(error: unknown): Fault {
  if (!(error instanceof VendorError)) throw error;
  const { code, message } = error;
  return {
    code,
    message: `The ticket was changed, but it could not be read back to see whether all of it took: ${message}`,
  };
}

async function one({ http, site }: CreateParts, id: string, call: Call): Promise<Ticket> {
  const query = byIds([id]);
  const found = query
    ? await ticketsBy(http, site, query, { page: 1, per_page: PAGE_MAX }, call, new Set())
    : undefined;
  const [ticket] = found?.tickets ?? [];
  if (ticket) return ticket;
  const message = `Request Tracker has no ticket ${id}, or the connection's account may not see it.`;
  throw new VendorError({ code: "NOT_FOUND", message, path: ["ticket"] }, "no");
}

/** The statuses of the lifecycle that Request Tracker comes with, for each meaning. */
const STATUS_OF: Partial<Record<StatusCategory, string>> = { TODO: "new", IN_PROGRESS: "open", DONE: "resolved" };

async function bodyOf(
  { catalog, site }: CreateParts,
  change: TicketChange,
  { projectId }: Ticket,
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
  const fields = Object.keys(own).length > 0 && projectId !== null ? await catalog.customFields(projectId, call) : [];
  const custom = customFields({ customFields: own }, fields, site);
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
    faults.push({ code: /permission/i.test(said) ? "FORBIDDEN" : "INVALID", message, path: [path] });
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

function secondsOf(date: Date | null): string | null {
  return date?.toISOString().slice(0, 19) ?? null;
}

async function currentRevision(http: Http, ticketId: string, call: Call): Promise<string | undefined> {
  return (await revisions(http, [ticketId], call).catch(() => undefined))?.get(ticketId);
}

function stale(ticketId: string, current: string | undefined, cause: VendorError): VendorError {
  const now = current === undefined ? "" : ` Its revision is now ${current}.`;
  const message = `Ticket ${ticketId} has changed since the revision that was given.${now} Read it, and decide anew.`;
  const fault = {
    code: "CONFLICT",
    message,
    path: ["revision"],
    ...(current !== undefined && { allowedValues: [current] }),
  } as const;
  return new VendorError(fault, "no", { ...cause.info, cause });
}
