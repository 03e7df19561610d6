import { VendorError } from "../../domain/errors.js";
import type { User } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import type { Connector } from "../connector.js";
import { checkAccess } from "./access.js";
import { addAttachment, attachmentById, listAttachments, openAttachment } from "./attachments.js";
import { openCatalog } from "./catalog.js";
import { addComments, commentsById, findComments, listComments } from "./comments.js";
import { createTickets, prepare } from "./create.js";
import { definitionOf } from "./custom-fields.js";
import { findByMarker, traces } from "./lost.js";
import { projectOf, TICKET_TYPE, userOf } from "./map.js";
import { nextOf, PAGE_MAX, pagingOf, read, ticketsBy, type Condition, type Paging } from "./reads.js";
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

    checkAccess: (call) => checkAccess(http, catalog, call),
    async checkTicket(draft, call) {
      const prepared = await prepare(parts, draft, call);
      if (prepared instanceof VendorError) throw prepared;
    },
    createTickets: (drafts, call) => createTickets(parts, drafts, call),
    updateTickets: (changes, call) => updateTickets(parts, changes, call),
    revisions: (ids, call) => revisions(http, ids, call),
    async listTickets(since, { first, after }, call) {
      // Numbers only grow, so the last one that was seen is the place to go on from, whatever changes meanwhile.
      const last = after === undefined ? 0 : Number(after);
      const changed = since === null ? [] : [`LastUpdated >= '${since.toISOString().slice(0, 19)}Z'`];
      const query = [`id > ${last}`, ...changed].join(" AND ");
      const size = Math.min(first, PAGE_MAX);
      const { tickets } = await ticketsBy(http, site, query, { page: 1, per_page: size }, call);
      const end = tickets.at(-1)?.vendorId;
      return { items: tickets, total: null, ...(end !== undefined && tickets.length === size && { next: end }) };
    },
    async listChildren(ticketId, page, call) {
      if (byIds([ticketId]) === undefined) return { items: [], total: 0 };
      const paging = pagingOf(page);
      const { tickets, pages, total } = await ticketsBy(http, site, `MemberOf = ${ticketId}`, paging, call);
      return { items: tickets, total, ...nextOf(paging, pages) };
    },
    listAttachments: (ticketId, call) => listAttachments(http, ticketId, call),
    attachment: (_ticketId, id, call) => attachmentById(http, id, call),
    openAttachment: (_ticketId, id, call) => openAttachment(http, id, call),
    addAttachment: (ticketId, file, call) => addAttachment(http, ticketId, file, call),
    listComments: (ticketId, page, call) => listComments(http, ticketId, page, call),
    comments: (ticketId, ids, call) => commentsById(http, ticketId, ids, call),
    addComments: (drafts, call) => addComments(http, drafts, call),
    findComments: (comments, call) => findComments(http, comments, call),
    traces: (drafts, call) => traces(parts, drafts, call),
    findByMarker: (lost, call) => findByMarker(parts, lost, call),
  };
}

/** Users that the server made for itself: nobody's work is given to them. */
const SYSTEM_USERS = new Set(["Nobody", "RT_System"]);
