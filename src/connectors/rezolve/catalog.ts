import type { Call } from "../../http/http.js";
import type { Renewable } from "../judged.js";
import { openMemory, type Memory } from "../memory.js";
import type { Tagged } from "../reread.js";
import { path, readAgain, type RezolveParts } from "./endpoints.js";
import { listOf, WireOffer, WireQueue, WireType, WireUser } from "./wire.js";

const TTL_MS = 60_000;
const PAGE = 100;
const PAGES_MAX = 50;

/** What administrators decide, briefly remembered and asked for once by all who need it. */
export interface Catalog extends Renewable<Catalog> {
  /** The ticket types with their fields and workflows. */
  types(call: Call): Promise<readonly WireType[]>;
  offers(call: Call): Promise<readonly WireOffer[]>;
  users(call: Call): Promise<readonly WireUser[]>;
  /** The slugs of the teams: Rezolve has no list of them, so they are put together from all that names one. */
  teams(call: Call): Promise<readonly string[]>;
}

/**
 * Keeps each answer for a minute; then Rezolve is asked whether it still holds: its lists of types, offers, users and queues
 * have ETags (https://docs.rezolve.ai). All throw VendorError.
 */
export function openCatalog(parts: RezolveParts, once: Memory = openMemory({ ttlMs: TTL_MS, max: 20 })): Catalog {
  const list = async <T>(
    operation: string,
    segments: readonly string[],
    parse: (body: unknown) => readonly T[],
    call: Call,
  ): Promise<readonly T[]> => {
    const asked = { operation, path: path(...segments), parse };
    return (await once<Tagged<readonly T[]>>(operation, (before) => readAgain(parts, asked, before, call))).value;
  };
  const catalog: Catalog = {
    asOfNow: () => openCatalog(parts, once.asOfNow()),
    types: async (call) => byId(await once<TypePages>("types", (before) => typePages(parts, before, call))),
    offers: (call) => list("offers.list", ["tenant", "sc", "offers"], listOf(WireOffer, "offers", "value"), call),
    users: (call) => list("user.list", ["user", "list"], listOf(WireUser, "users", "value", "rows"), call),
    async teams(call) {
      const queues = list("queue.list", ["queue", "list"], listOf(WireQueue, "queues", "value", "rows"), call);
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

type TypePages = readonly Tagged<readonly WireType[]>[];

/** A page that brings nothing new ends the list, for those who don't know of paging. */
async function typePages(parts: RezolveParts, before: TypePages | undefined, call: Call): Promise<TypePages> {
  const pages: Tagged<readonly WireType[]>[] = [];
  const ids = new Set<string>();
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = { $select: "id,name,properties,fields,workflow", $top: PAGE, $skip: page * PAGE };
    const parse = listOf(WireType, "value", "ticketTypes");
    const asked = { operation: "ticket-type.list", path: path("ticket-type"), query, parse };
    const some = await readAgain(parts, asked, before?.[page], call);
    pages.push(some);
    const known = ids.size;
    for (const { id } of some.value) ids.add(id);
    if (some.value.length < PAGE || ids.size === known) break;
  }
  return pages;
}

function byId(pages: TypePages): readonly WireType[] {
  return [...new Map(pages.flatMap(({ value }) => value).map((type) => [type.id, type])).values()];
}
