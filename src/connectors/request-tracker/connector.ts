import { VendorError } from "../../domain/errors.js";
import type { PageRequest } from "../../domain/page.js";
import type { User } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import type { Connector } from "../connector.js";
import { openCatalog } from "./catalog.js";
import { createTickets, prepare } from "./create.js";
import { definitionOf } from "./custom-fields.js";
import { findByMarker, traces } from "./lost.js";
import { projectOf, TICKET_TYPE, userOf } from "./map.js";
import { PAGE_MAX, read, ticketsBy, type Condition } from "./reads.js";
import type { RequestTrackerSite } from "./settings.js";
import { byIds } from "./ticket-sql.js";
import { revisions, updateTickets } from "./update.js";
import { collection, WireUser } from "./wire.js";

/** Request Tracker's REST2 behind the port: https://docs.bestpractical.com/rt/5.0.3/RT/REST2.html */
export function connectRequestTracker(http: Http, site: RequestTrackerSite): Connector {
  const catalog = openCatalog(http);
  const parts = { http, site, catalog };

  const usersBy = (conditions: readonly Condition[], page: Paging, call: Call) =>
    read(
      http,
      {
        operation: "users.search",
        method: "POST",
        path: ["users"],
        query: { fields: "Name,RealName,EmailAddress,Disabled", ...page },
        body: conditions,
        parse: (body) => collection(WireUser).parse(body),
      },
      call,
    );

  return {
    async tickets(ids, call) {
      const query = byIds(ids);
      if (query === undefined) return [];
      return (await ticketsBy(http, site, query, { page: 1, per_page: PAGE_MAX }, call)).tickets;
    },

    async projects(ids, call) {
      const wanted = new Set(ids);
      const queues = await catalog.queues(call);
      return queues
        .filter(({ id, Name }) => wanted.has(id) || wanted.has(Name ?? ""))
        .map((queue) => projectOf(queue, site));
    },

    issueTypes: (ids) => Promise.resolve(ids.includes(TICKET_TYPE.vendorId) ? [TICKET_TYPE] : []),

    async users(ids, call) {
      const names = ids.map((value) => ({ field: "Name", value }));
      const { items } = await usersBy(names, { page: 1, per_page: PAGE_MAX }, call);
      return items.map(userOf);
    },

    async searchTickets(query, page, call, parts) {
      const paging = pagingOf(page);
      const { tickets, pages, total } = await ticketsBy(http, site, query, paging, call, parts);
      return { items: tickets, total, ...nextOf(paging, pages) };
    },

    async listProjects(text, page, call) {
      const words = text?.toLowerCase() ?? "";
      const all = (await catalog.queues(call)).filter(({ Name }) => (Name ?? "").toLowerCase().includes(words));
      const start = Number(page.after ?? 0);
      const end = start + page.first;
      const items = all.slice(start, end).map((queue) => projectOf(queue, site));
      return { items, total: all.length, ...(end < all.length && { next: String(end) }) };
    },

    listIssueTypes: () => Promise.resolve({ items: [TICKET_TYPE], total: 1 }),

    async listAssignableUsers(_queueId, text, page, call) {
      const paging = pagingOf(page);
      const words = text ? { operator: "LIKE", value: text } : { operator: "!=", value: "" };
      const { items, pages } = await usersBy([{ field: "Name", ...words }], paging, call);
      const people: User[] = items.map(userOf).filter(({ vendorId }) => !SYSTEM_USERS.has(vendorId));
      return { items: people, total: null, ...nextOf(paging, pages) };
    },

    async listFields(queueId, _typeId, call) {
      const fields = await catalog.customFields(queueId, () => true, call);
      return fields.map((field) => definitionOf(field, fields));
    },

    async checkTicket(draft, call) {
      const prepared = await prepare(parts, draft, call);
      if (prepared instanceof VendorError) throw prepared;
    },
    createTickets: (drafts, call) => createTickets(parts, drafts, call),
    updateTickets: (changes, call) => updateTickets(parts, changes, call),
    revisions: (ids, call) => revisions(http, ids, call),
    traces: (drafts, call) => traces(parts, drafts, call),
    findByMarker: (lost, call) => findByMarker(parts, lost, call),
  };
}

/** Users that the server made for itself: nobody's work is given to them. */
const SYSTEM_USERS = new Set(["Nobody", "RT_System"]);

interface Paging {
  readonly page: number;
  readonly per_page: number;
}

/** Our cursor is the page's number and size: the size must stay the same from page to page. */
function pagingOf({ first, after }: PageRequest): Paging {
  const [, page, size] = /^(\d+)x(\d+)$/.exec(after ?? "") ?? [];
  return { page: Number(page ?? 1), per_page: Math.min(Number(size ?? first), PAGE_MAX) };
}

function nextOf({ page, per_page }: Paging, pages: number): { readonly next?: string } {
  return page < pages ? { next: `${page + 1}x${per_page}` } : {};
}
