import { VendorError } from "../../domain/errors.js";
import type { Call, Http, Query } from "../../http/http.js";
import type { Ticket } from "../../domain/ticket.js";
import { chunks } from "../batch.js";
import type { Connector } from "../connector.js";
import { offsetOf, pageOf as pageOfAll } from "../offset-page.js";
import { openCatalog } from "./catalog.js";
import { createTickets } from "./create.js";
import { newTicketOf } from "./draft.js";
import { filled, get, getOne, type LeenParts } from "./endpoints.js";
import { noSuch } from "../wrong.js";
import { fieldsOf } from "./fields.js";
import { findByMarker, traces } from "./lost.js";
import { foundOf, isLeenId, syncedUserOf, ticketOf, userOf } from "./map.js";
import type { LeenSite } from "./settings.js";
import { updateTickets } from "./update.js";
import { pageOf, WireFound, WireSynced, WireTicket, WireUser } from "./wire.js";

/** How many keys one native search names. */
const KEYS_A_QUERY = 50;

/**
 * Leen behind the port: https://docs.leen.dev. It knows each thing by its own id once it has synced it, and by the vendor's
 * id at any time; both are taken, and each is sent in the field that Leen has for it.
 */
export function connectLeen(http: Http, site: LeenSite): Connector {
  const parts = { http, site };
  const catalog = openCatalog(parts);

  return {
    async tickets(ids, call) {
      const own = ids
        .filter(isLeenId)
        .map((id) =>
          getOne(
            parts,
            { operation: "ticket.get", path: ["itsm", "tickets", id], parse: (body) => WireTicket.parse(body) },
            call,
          ),
        );
      const keys = ids.filter((id) => KEY.test(id));
      const native = chunks(keys, KEYS_A_QUERY).map((some) => byKeys(parts, some, call));
      const read = (await Promise.all(own)).flatMap((ticket) => (ticket ? [ticketOf(ticket)] : []));
      return [...read, ...(await Promise.all(native)).flat()];
    },

    async projects(ids, call) {
      const own = ids.some(isLeenId) ? await catalog.syncedProjects(call) : [];
      const live = ids.every(isLeenId) ? [] : await catalog.projects(call);
      return [...own, ...live].filter(({ vendorId }) => ids.includes(vendorId));
    },

    async issueTypes(ids, call) {
      const projects = await catalog.projects(call);
      const types = await Promise.all(projects.map(({ vendorId }) => catalog.issueTypes(vendorId, call)));
      return types.flat().filter(({ vendorId }) => ids.includes(vendorId));
    },

    async users(ids, call) {
      const own = ids
        .filter(isLeenId)
        .map((id) =>
          getOne(
            parts,
            { operation: "user.get", path: ["itsm", "users", id], parse: (body) => WireSynced.parse(body) },
            call,
          ),
        );
      const others = ids.filter((id) => !isLeenId(id));
      const people = others.length === 0 ? [] : await catalog.people(others, call);
      return [...(await Promise.all(own)).flatMap((user) => (user ? [syncedUserOf(user)] : [])), ...people];
    },

    async searchTickets(jql, { first, after }, call) {
      const { items, next, total } = await search(parts, { jql, limit: first, cursor: after }, call);
      // A cursor that leads to itself would never end.
      return { items: items.map(foundOf), total, ...(next !== undefined && next !== after && { next }) };
    },

    /** Leen tells of no filter for changes, so all that it has synced comes every time. */
    async listTickets(_since, { first, after }, call) {
      const parse = (body: unknown) => pageOf(WireTicket).parse(body);
      const query = { limit: Math.min(first, 100), cursor: after };
      const { items, next } = await get(
        parts,
        { operation: "tickets.list", path: ["itsm", "tickets"], parse },
        query,
        call,
      );
      return { items: items.map(ticketOf), total: null, ...(next !== undefined && { next }) };
    },

    async listProjects(text, page, call) {
      const words = text?.toLowerCase() ?? "";
      const all = await catalog.projects(call);
      return pageOfAll(
        all.filter(({ name, key }) => name.toLowerCase().includes(words) || key?.toLowerCase().includes(words)),
        page,
      );
    },

    async listIssueTypes(projectId, page, call) {
      return pageOfAll(await catalog.issueTypes(projectId, call), page);
    },

    async listAssignableUsers(projectId, text, page, call) {
      const offset = offsetOf(page);
      const key = await catalog.keyOf(projectId, call);
      const path = filled(site.options.paths.assignableUsers, key);
      const parse = (body: unknown) => pageOf(WireUser).parse(body);
      const query = { limit: page.first, offset, ...(text !== undefined && { query: text }) };
      const { items, total } = await get(parts, { operation: "passthrough.users", path, parse }, query, call);
      const end = offset + items.length;
      const hasMore = items.length > 0 && (total === null ? items.length >= page.first : end < total);
      return { items: items.map(userOf), total, ...(hasMore && { next: String(end) }) };
    },

    async listFields(projectId, typeId, call) {
      const types = await catalog.issueTypes(projectId, call);
      const type = types.find(({ vendorId }) => vendorId === typeId);
      if (type) return fieldsOf(type);
      const ids = types.map(({ vendorId }) => vendorId);
      throw noSuch(["type"], `This project has no issue type "${typeId}".`, typeId, ids);
    },

    checkTicket: async (draft) => void newTicketOf(draft),
    createTickets: (drafts, call) => createTickets(parts, drafts, call),
    updateTickets: (changes, call) => updateTickets(parts, changes, call),
    traces: (drafts) => Promise.resolve(traces(drafts, Date.now())),
    findByMarker: (lost, call) => findByMarker(parts, lost, call),
  };
}

function search(parts: LeenParts, query: Query, call: Call) {
  const parse = (body: unknown) => pageOf(WireFound).parse(body);
  const path = ["itsm", "passthrough", "tickets", "search"];
  return get(parts, { operation: "passthrough.search", path, parse }, query, call);
}

/** Tickets by the keys that people read. Jira refuses a query that names a key which isn't there: then each is asked for alone. */
async function byKeys(parts: LeenParts, keys: readonly string[], call: Call): Promise<readonly Ticket[]> {
  try {
    const jql = `key in (${keys.map((key) => `"${key}"`).join(", ")})`;
    return (await search(parts, { jql, limit: keys.length }, call)).items.map(foundOf);
  } catch (error) {
    if (!(error instanceof VendorError) || error.code !== "INVALID") throw error;
    if (keys.length === 1) return [];
    return (await Promise.all(keys.map((key) => byKeys(parts, [key], call)))).flat();
  }
}

/** Nothing else gets into a query. */
const KEY = /^[A-Z][A-Z0-9_]*-\d+$/i;
