import type { PageRequest } from "../../domain/page.js";
import type { Call, Http } from "../../http/http.js";
import type { Connector } from "../connector.js";
import { openMemory } from "../memory.js";
import { pageOf } from "../offset-page.js";
import { all, openApi, PAGE_MAX, type Paging } from "./api.js";
import { noSuch } from "../wrong.js";
import { fieldsOf } from "./fields.js";
import { findByMarker, traces } from "./lost.js";
import { attachmentOf, commentOf, issueTypeOf, projectOf, ticketOf, userOf } from "./map.js";
import type { StackOneSite } from "./settings.js";
import type { WirePage } from "./wire.js";
import { createTickets, prepare, updateTickets } from "./write.js";

/** What administrators decide is asked for once a minute. */
const TTL_MS = 60_000;

/** StackOne's unified ticketing behind the port. It has no search and reads things one by one. */
export function connectStackOne(http: Http, site: StackOneSite): Connector {
  const api = openApi(http);
  const parts = { api, site };
  const once = openMemory({ ttlMs: TTL_MS, max: 100 });
  const each = async <W, T>(
    ids: readonly string[],
    read: (id: string) => (call: Call) => Promise<W | undefined>,
    map: (wire: W) => T,
    call: Call,
  ): Promise<T[]> => {
    const found = await Promise.all(ids.map((id) => read(id)(call)));
    return found.flatMap((wire) => (wire === undefined ? [] : [map(wire)]));
  };
  const has = (text: string | undefined, ...words: readonly (string | null)[]): boolean =>
    text === undefined || words.some((word) => word?.toLowerCase().includes(text.toLowerCase()));

  return {
    tickets: (ids, call) => each(ids, api.ticket, ticketOf, call),
    projects: (ids, call) => each(ids, api.project, projectOf, call),
    issueTypes: (ids, call) => each(ids, api.type, issueTypeOf, call),
    users: (ids, call) => each(ids, api.user, userOf, call),

    async listTickets(since, page, call) {
      const query = since === null ? {} : { "filter[updated_after]": since.toISOString() };
      return paged((paging) => api.tickets(paging, call, query), page, ticketOf);
    },

    async listProjects(text, page, call) {
      const projects = (await once("projects", () => all(api.projects, call))).map(projectOf);
      return pageOf(
        projects.filter(({ name }) => has(text, name)),
        page,
      );
    },

    async listIssueTypes(projectId, page, call) {
      const list = async (paging: Paging) => api.projectTypes(projectId)(paging, call);
      return paged(list, page, issueTypeOf);
    },

    async listAssignableUsers(_projectId, text, page, call) {
      const users = (await once("users", () => all(api.users, call))).map(userOf);
      return pageOf(
        users.filter(({ name, email }) => has(text, name, email)),
        page,
      );
    },

    async listFields(projectId, typeId, call) {
      const [types, components] = await Promise.all([
        once(`types ${projectId}`, () => all(api.projectTypes(projectId), call)),
        once(`components ${projectId}`, () => all(api.components(projectId), call)),
      ]);
      const type = types.find(({ id }) => id === typeId);
      if (type) return fieldsOf(issueTypeOf(type), components);
      const ids = types.map(({ id }) => id);
      throw noSuch(["type"], `This project has no ticket type "${typeId}".`, typeId, ids);
    },

    listComments: (ticketId, page, call) => paged((paging) => api.comments(ticketId)(paging, call), page, commentOf),
    comments: async (ticketId, ids, call) => each(ids, (id) => api.comment(ticketId, id), commentOf, call),
    attachment: async (ticketId, id, call) => {
      const found = await api.attachment(ticketId, id)(call);
      return found ? attachmentOf(found) : null;
    },
    openAttachment: (ticketId, id, call) => api.download(ticketId, id, call),
    listAttachments: async (ticketId, call) => (await all(api.attachments(ticketId), call)).map(attachmentOf),

    checkTicket: async (draft, call) => void (await prepare(parts, draft, call)),
    createTickets: (drafts, call) => createTickets(parts, drafts, call),
    updateTickets: (changes, call) => updateTickets(parts, changes, call),
    traces: (drafts) => Promise.resolve(traces(drafts, site, Date.now())),
    findByMarker: (lost, call) => findByMarker(api, lost, call),
  };
}

/** StackOne's own paging; a cursor that leads to itself would never end. */
async function paged<W, T>(
  list: (paging: Paging) => Promise<WirePage<W>>,
  { first, after }: PageRequest,
  map: (wire: W) => T,
) {
  const { items, next } = await list({ size: Math.min(first, PAGE_MAX), next: after });
  return { items: items.map(map), total: null, ...(next !== undefined && next !== after && { next }) };
}
