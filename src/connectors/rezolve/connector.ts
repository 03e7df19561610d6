import type { Http } from "../../http/http.js";
import type { Connector } from "../connector.js";
import { pageOf } from "../offset-page.js";
import { checkAccess } from "./access.js";
import { openCatalog } from "./catalog.js";
import { createTickets, prepare, typeNamed } from "./create.js";
import { definitionOf, offerField } from "./fields.js";
import { issueTypeOf, projectOf, ticketOf, userIdOf, userOf } from "./map.js";
import { fitting } from "./offer.js";
import type { RezolveSite } from "./settings.js";
import { readTicket, searchTickets } from "./tickets.js";
import { updateTickets } from "./update.js";
import type { WireTicket } from "./wire.js";

/**
 * Rezolve.ai's ticketing behind the port: https://docs.rezolve.ai. Tickets live in teams; their type decides on fields and
 * workflow, and an offer of the service catalog is what each is made from.
 */
export function connectRezolve(http: Http, site: RezolveSite): Connector {
  const catalog = openCatalog({ http, site });
  const parts = { http, site, catalog };
  const has = (text: string | undefined, ...words: readonly (string | null)[]): boolean =>
    text === undefined || words.some((word) => word?.toLowerCase().includes(text.toLowerCase()));

  return {
    async tickets(ids, call) {
      const found = await Promise.all(ids.map((id) => readTicket(parts, id, call)));
      const wire = found.filter((ticket): ticket is WireTicket => ticket !== undefined);
      if (wire.length === 0) return [];
      const types = await catalog.types(call);
      return wire.map((ticket) => ticketOf(ticket, types, site));
    },

    async projects(ids, call) {
      return (await catalog.teams(call)).filter((team) => ids.includes(team)).map(projectOf);
    },

    async issueTypes(ids, call) {
      return (await catalog.types(call)).filter(({ id }) => ids.includes(id)).map(issueTypeOf);
    },

    async users(ids, call) {
      const users = await catalog.users(call);
      return ids.flatMap((id) => {
        const user = users.find((one) => [userIdOf(one), one.id, one.username].includes(id));
        return user ? [{ ...userOf(user), vendorId: id }] : [];
      });
    },

    async searchTickets(words, page, call) {
      const [types, found] = await Promise.all([catalog.types(call), searchTickets(parts, words, page, call)]);
      return { ...found, items: found.items.map((ticket) => ticketOf(ticket, types, site)) };
    },

    /** The latest changed come first: whatever changes meanwhile moves others further back, and none past us. */
    async listTickets(since, page, call) {
      const [types, found] = await Promise.all([catalog.types(call), searchTickets(parts, "", page, call)]);
      const items = found.items.map((ticket) => ticketOf(ticket, types, site));
      const isOver = since !== null && items.some(({ updatedAt }) => updatedAt !== null && updatedAt < since);
      const { next } = found;
      return { items, total: found.total, ...(next !== undefined && !isOver && { next }) };
    },

    async listProjects(text, page, call) {
      const teams = await catalog.teams(call);
      return pageOf(teams.filter((team) => has(text, team)).map(projectOf), page);
    },

    listIssueTypes: async (_team, page, call) => pageOf((await catalog.types(call)).map(issueTypeOf), page),

    async listAssignableUsers(team, text, page, call) {
      const users = (await catalog.users(call)).filter(({ teams }) => !teams || teams.includes(team)).map(userOf);
      return pageOf(
        users.filter(({ name, email }) => has(text, name, email)),
        page,
      );
    },

    async listFields(_team, typeId, call) {
      const type = await typeNamed(catalog, typeId, call);
      const offers = fitting(await catalog.offers(call), typeId);
      return [offerField(offers), ...(type.fields ?? []).map(definitionOf)];
    },

    checkAccess: (call) => checkAccess(catalog, call),
    checkTicket: async (draft, call) => void (await prepare(parts, draft, call)),
    createTickets: (drafts, call) => createTickets(parts, drafts, call),
    updateTickets: (changes, call) => updateTickets(parts, changes, call),
  };
}
