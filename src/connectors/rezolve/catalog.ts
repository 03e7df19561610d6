import type { Call } from "../../http/http.js";
import { openMemory } from "../memory.js";
import { path, read, type RezolveParts } from "./endpoints.js";
import { listOf, WireOffer, WireQueue, WireType, WireUser } from "./wire.js";

const TTL_MS = 60_000;
const PAGE = 100;
const PAGES_MAX = 50;

/** What administrators decide, briefly remembered and asked for once by all who need it. */
export interface Catalog {
  /** The ticket types with their fields and workflows. */
  types(call: Call): Promise<readonly WireType[]>;
  offers(call: Call): Promise<readonly WireOffer[]>;
  users(call: Call): Promise<readonly WireUser[]>;
  /** The slugs of the teams: Rezolve has no list of them, so they are put together from all that names one. */
  teams(call: Call): Promise<readonly string[]>;
}

/** Keeps each answer for a minute. All throw VendorError. */
export function openCatalog(parts: RezolveParts): Catalog {
  const once = openMemory({ ttlMs: TTL_MS, max: 20 });
  const catalog: Catalog = {
    types: (call) =>
      once("types", async () => {
        const types = new Map<string, WireType>();
        for (let page = 0; page < PAGES_MAX; page += 1) {
          const query = { $select: "id,name,properties,fields,workflow", $top: PAGE, $skip: page * PAGE };
          const parse = listOf(WireType, "value", "ticketTypes");
          const some = await read(
            parts,
            { operation: "ticket-type.list", path: path("ticket-type"), query, parse },
            call,
          );
          const before = types.size;
          for (const type of some) types.set(type.id, type);
          if (some.length < PAGE || types.size === before) break;
        }
        return [...types.values()];
      }),
    offers: (call) =>
      once("offers", () => {
        const parse = listOf(WireOffer, "offers", "value");
        return read(parts, { operation: "offers.list", path: path("tenant", "sc", "offers"), parse }, call);
      }),
    users: (call) =>
      once("users", () => {
        const parse = listOf(WireUser, "users", "value", "rows");
        return read(parts, { operation: "user.list", path: path("user", "list"), parse }, call);
      }),
    async teams(call) {
      const queues = once("queues", () => {
        const parse = listOf(WireQueue, "queues", "value", "rows");
        return read(parts, { operation: "queue.list", path: path("queue", "list"), parse }, call);
      });
      // Some roles may see only one of these: what they name counts, and what they may not see doesn't.
      const sources = await Promise.allSettled([
        catalog.offers(call).then((offers) => offers.map(({ team }) => team)),
        queues.then((all) => all.map(({ team }) => team)),
        catalog.users(call).then((users) => users.flatMap(({ teams }) => teams ?? [])),
      ]);
      const named = sources.flatMap((source) => (source.status === "fulfilled" ? source.value : []));
      const [first] = sources;
      if (first?.status === "rejected" && sources.every(({ status }) => status === "rejected")) throw first.reason;
      const teams = new Set([...parts.site.options.teams, ...named.filter((team): team is string => Boolean(team))]);
      return [...teams].sort();
    },
  };
  return catalog;
}
