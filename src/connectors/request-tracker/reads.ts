import { VendorError } from "../../domain/errors.js";
import type { Text } from "../../domain/rich-text.js";
import type { PageRequest } from "../../domain/page.js";
import type { Ticket, TicketParts } from "../../domain/ticket.js";
import type { Call, Http, HttpRequest } from "../../http/http.js";
import { ticketOf } from "./map.js";
import type { RequestTrackerSite } from "./settings.js";
import { collection, WireAttachment, WireTicket, WireTransaction } from "./wire.js";

const TICKET_FIELDS = {
  fields:
    "Subject,Status,Priority,Queue,Owner,Creator,Requestors,CustomFields,Created,LastUpdated,Due,Resolved,_hyperlinks",
  "fields[Queue]": "Name,Description,Lifecycle",
  "fields[Owner]": "Name,RealName,EmailAddress,Disabled",
  "fields[Requestors]": "Name,RealName,EmailAddress,Disabled",
};
/** Of which kind an entry of a search by JSON is: https://docs.bestpractical.com/rt/5.0.3/RT/REST2.html#JSON-searches */
export type Condition = { readonly field: string; readonly operator?: string; readonly value: string };
export const PAGE_MAX = 100;

/** A page by number and size, as REST2 has it. */
export interface Paging {
  readonly page: number;
  readonly per_page: number;
}

/** Our cursor is the page's number and size: the size must stay the same from page to page. */
export function pagingOf({ first, after }: PageRequest): Paging {
  const [, page, size] = /^(\d+)x(\d+)$/.exec(after ?? "") ?? [];
  return { page: Number(page ?? 1), per_page: Math.min(Number(size ?? first), PAGE_MAX) };
}

/** The cursor of the page after this one, where there is one. */
export function nextOf({ page, per_page }: Paging, pages: number): { readonly next?: string } {
  return page < pages ? { next: `${page + 1}x${per_page}` } : {};
}

/** Sends a read to REST2. */
export function read<T>(
  http: Http,
  request: Omit<HttpRequest<T>, "kind" | "path"> & { readonly path: readonly string[] },
  call: Call,
): Promise<T> {
  return http.send({ ...request, kind: "read", path: ["REST", "2.0", ...request.path] }, call);
}

/**
 * One page of tickets by TicketSQL, each with the text that it was created with: three calls whatever the page's size,
 * and one where nobody wants the texts.
 */
export async function ticketsBy(
  http: Http,
  site: RequestTrackerSite,
  query: string,
  paging: { readonly page: number; readonly per_page: number },
  call: Call,
  parts?: TicketParts,
): Promise<{
  readonly tickets: readonly Ticket[];
  readonly page: number;
  readonly pages: number;
  readonly total: number | null;
}> {
  const found = await read(
    http,
    {
      operation: "tickets.search",
      method: "GET",
      path: ["tickets"],
      query: { query, orderby: "id", ...paging, ...TICKET_FIELDS },
      parse: (body) => collection(WireTicket).parse(body),
    },
    call,
  );
  const described = !parts || parts.has("description") ? found.items.map(({ id }) => id) : [];
  const texts = await descriptions(http, described, call);
  return { ...found, tickets: found.items.map((ticket) => ticketOf(ticket, texts.get(ticket.id), site)) };
}

/** The first text of each ticket: what its Create transaction holds. */
async function descriptions(http: Http, ids: readonly string[], call: Call): Promise<ReadonlyMap<string, Text>> {
  if (ids.length === 0) return new Map();
  const created = await search(http, "transactions", "ObjectId", WireTransaction, call, [
    { field: "ObjectType", value: "RT::Ticket" },
    { field: "Type", value: "Create" },
    ...ids.map((value) => ({ field: "ObjectId", value })),
  ]);
  if (created.length === 0) return new Map();
  const parts = await textParts(
    http,
    created.map(({ id }) => id),
    call,
  );
  const ticketBy = new Map(created.map(({ id, ObjectId }) => [id, ObjectId]));
  const texts = new Map<string, Text>();
  for (const part of parts) {
    const ticket = ticketBy.get(part.TransactionId);
    const text = textOf([part]);
    if (ticket && text && !texts.has(ticket)) texts.set(ticket, text);
  }
  return texts;
}

/** The attachments that are texts. Together they may be larger than any answer that is read; then half of them at a time. */
export async function textParts(
  http: Http,
  transactions: readonly string[],
  call: Call,
): Promise<readonly WireAttachment[]> {
  try {
    return await search(http, "attachments", "TransactionId,ContentType,Content", WireAttachment, call, [
      { field: "ContentType", operator: "LIKE", value: "text/" },
      ...transactions.map((value) => ({ field: "TransactionId", value })),
    ]);
  } catch (error) {
    if (!(error instanceof VendorError) || error.code !== "BAD_RESPONSE" || transactions.length === 1) throw error;
    const middle = Math.ceil(transactions.length / 2);
    return [
      ...(await textParts(http, transactions.slice(0, middle), call)),
      ...(await textParts(http, transactions.slice(middle), call)),
    ];
  }
}

/** The first text of some parts, in a format that people read. */
export function textOf(parts: readonly Pick<WireAttachment, "ContentType" | "Content">[]): Text | undefined {
  for (const { ContentType, Content } of parts) {
    const format = FORMATS[(ContentType ?? "").split(";")[0] ?? ""];
    if (format && Content) return { format, text: Content };
  }
  return undefined;
}

const FORMATS: Record<string, Text["format"]> = { "text/plain": "PLAIN", "text/html": "HTML" };

async function search<T>(
  http: Http,
  things: "transactions" | "attachments",
  fields: string,
  item: Parameters<typeof collection<T>>[0],
  call: Call,
  conditions: readonly Condition[],
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const { items, pages } = await read(
      http,
      {
        operation: `${things}.search`,
        method: "POST",
        path: [things],
        query: { fields, per_page: PAGE_MAX, page },
        body: conditions,
        parse: (body) => collection(item).parse(body),
      },
      call,
    );
    all.push(...items);
    // A ticket may come with many files, each of them an attachment beside its text.
    if (items.length === 0 || page >= pages) return all;
  }
}
