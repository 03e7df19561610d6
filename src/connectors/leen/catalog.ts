import type { IssueType, Project, User, VendorId } from "../../domain/ticket.js";
import type { Call, Query } from "../../http/http.js";
import { openMemory } from "../memory.js";
import { filled, get, type LeenParts } from "./endpoints.js";
import { isLeenId, issueTypeOf, projectOf, syncedProjectOf, syncedUserOf, userOf } from "./map.js";
import { pageOf, WireProject, WireSynced, WireType, WireUser } from "./wire.js";

const TTL_MS = 60_000;
const PAGE = 100;
/** People of one project that are looked through for an id at most. */
const PEOPLE_MAX = 1_000;

/** What changes rarely, briefly remembered and asked for once by all who need it. */
interface Catalog {
  /** The vendor's projects as they are now, by the vendor's keys. */
  projects(call: Call): Promise<readonly Project[]>;
  /** The projects that Leen has synced, by its own ids. */
  syncedProjects(call: Call): Promise<readonly Project[]>;
  /** The vendor's key of a project; the id itself where Leen knows none. */
  keyOf(projectId: VendorId, call: Call): Promise<string>;
  issueTypes(projectId: VendorId, call: Call): Promise<readonly IssueType[]>;
  /** Users whom only their vendor's ids are known of. */
  people(ids: readonly VendorId[], call: Call): Promise<readonly User[]>;
}

/** Keeps each answer for a minute. All throw VendorError. */
export function openCatalog(parts: LeenParts): Catalog {
  const { site } = parts;
  const { paths, enableCursor } = site.options;
  const once = openMemory({ ttlMs: TTL_MS, max: 1_000 });

  /** Leen's own lists go by cursor. A cursor that comes again would be a list without end. */
  async function bySync(name: "projects" | "users", call: Call): Promise<readonly WireSynced[]> {
    const things: WireSynced[] = [];
    const seen = new Set<string>();
    let query: Query = { limit: PAGE, ...(enableCursor && { enableCursor }) };
    for (;;) {
      const endpoint = {
        operation: `${name}.list`,
        path: ["itsm", name],
        parse: (body: unknown) => pageOf(WireSynced).parse(body),
      };
      const { items, next } = await get(parts, endpoint, query, call);
      things.push(...items);
      if (next === undefined || seen.has(next)) return things;
      seen.add(next);
      query = { limit: PAGE, cursor: next };
    }
  }

  const wireProjects = (call: Call): Promise<readonly WireProject[]> =>
    once("projects", async () => {
      const projects = new Map<string, WireProject>();
      for (let offset = 0; ; offset += PAGE) {
        const parse = (body: unknown) => pageOf(WireProject).parse(body);
        const endpoint = { operation: "passthrough.projects", path: filled(paths.projects), parse };
        const { items } = await get(parts, endpoint, { limit: PAGE, offset }, call);
        const before = projects.size;
        for (const project of items) projects.set(project.vendor_id, project);
        if (items.length < PAGE || projects.size === before) return [...projects.values()];
      }
    });
  const syncedProjects = (call: Call) =>
    once("synced projects", async () => (await bySync("projects", call)).map(syncedProjectOf));

  const keyOf = async (projectId: VendorId, call: Call): Promise<string> => {
    if (!isLeenId(projectId)) return projectId;
    return (await syncedProjects(call)).find(({ vendorId }) => vendorId === projectId)?.key ?? projectId;
  };

  const assignable = (key: string, call: Call): Promise<readonly User[]> =>
    once(`people ${key}`, async () => {
      const people = new Map<string, User>();
      for (let offset = 0; offset < PEOPLE_MAX; offset += PAGE) {
        const parse = (body: unknown) => pageOf(WireUser).parse(body);
        const endpoint = { operation: "passthrough.users", path: filled(paths.assignableUsers, key), parse };
        const { items } = await get(parts, endpoint, { limit: PAGE, offset }, call);
        const before = people.size;
        for (const user of items.map(userOf)) people.set(user.vendorId, user);
        if (items.length < PAGE || people.size === before) break;
      }
      return [...people.values()];
    });

  return {
    projects: async (call) => (await wireProjects(call)).map(projectOf),
    syncedProjects,
    keyOf,
    issueTypes: (projectId, call) =>
      once(`types ${projectId}`, async () => {
        const key = await keyOf(projectId, call);
        const embedded = (await wireProjects(call)).find(({ vendor_id }) => vendor_id === key)?.issue_types;
        if (embedded?.length) return embedded.map(issueTypeOf);
        const parse = (body: unknown) => pageOf(WireType).parse(body);
        const endpoint = { operation: "passthrough.types", path: filled(paths.issueTypes, key), parse };
        return (await get(parts, endpoint, {}, call)).items.map(issueTypeOf);
      }),
    async people(ids, call) {
      const found = new Map<string, User>();
      const missing = (): readonly VendorId[] => ids.filter((id) => !found.has(id));
      const synced = await once("synced users", () => bySync("users", call));
      for (const user of synced) {
        const own = user.vendor_attributes?.id;
        if (own && ids.includes(own)) found.set(own, { ...syncedUserOf(user), vendorId: own });
      }
      // Who has come since the last sync can still be assigned somewhere.
      if (missing().length > 0)
        for (const { vendorId } of await this.projects(call)) {
          for (const user of await assignable(vendorId, call))
            if (ids.includes(user.vendorId)) found.set(user.vendorId, user);
          if (missing().length === 0) break;
        }
      return [...found.values()];
    },
  };
}
