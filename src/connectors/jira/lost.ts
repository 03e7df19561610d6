import type { TicketDraft, TicketRef, VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import type { LostCreate } from "../connector.js";
import { lastUsed } from "../last-used.js";
import { jqlAll } from "./jql.js";
import { PROPERTY } from "./map.js";
import { refOf } from "./outcomes.js";
import type { JiraSite } from "./settings.js";
import { Issues, Projects, SearchResult, type WireIssue } from "./wire.js";

interface Site {
  readonly http: Http;
  readonly site: JiraSite;
}

/** Where in a project's row of keys a look begins: after this number. */
interface Floor {
  readonly key: string;
  readonly number: number;
}

/**
 * Finds creates whose answers were lost. Search is behind by seconds or minutes, so it proves nothing; but keys are given in
 * order, so every issue made after a known moment is among the keys after the highest one known then, and reading by key is
 * not behind. Each create carries its marker in an entity property, which people don't see and JQL can't find.
 */
interface LostIssues {
  /** For each draft the highest key of its project that is known now, as "PLAT-41"; null without a project. */
  traces(drafts: readonly TicketDraft[], call: Call): Promise<readonly (string | null)[]>;
  find(lost: readonly LostCreate[], call: Call): Promise<ReadonlyMap<string, readonly TicketRef[]>>;
  /** Takes note of issues that were just made, so that looks begin later. */
  made(projectId: VendorId, refs: readonly TicketRef[]): void;
}

/** Keys read at once, and how many absent ones in a row end the row: keys may have gaps, where creates were rolled back. */
const AT_ONCE = 100;
/** A long row is read by so many calls at a time: one at first, then ever more. */
const MOST_CALLS = 8;
const FLOOR_TTL_MS = 60_000;

export function openLostIssues({ http, site }: Site): LostIssues {
  const floors = lastUsed<VendorId, Floor>(10_000, FLOOR_TTL_MS);
  const asking = new Map<VendorId, Promise<Floor>>();

  const highest = async (projectId: VendorId, call: Call): Promise<Floor> => {
    const { issues } = await http.send(
      {
        operation: "search.jql",
        kind: "read",
        method: "POST",
        path: ["rest", "api", "3", "search", "jql"],
        body: { jql: jqlAll({ project: projectId }, "key DESC"), maxResults: 1, fields: ["summary"] },
        parse: (body) => SearchResult.parse(body),
      },
      call,
    );
    const newest = issues[0]?.key;
    return newest ? floorOf(newest) : { key: await projectKey(projectId, call), number: 0 };
  };
  const projectKey = async (id: VendorId, call: Call): Promise<string> => {
    const { values } = await http.send(
      {
        operation: "project.search",
        kind: "read",
        method: "GET",
        path: ["rest", "api", "3", "project", "search"],
        query: { id },
        parse: (body) => Projects.parse(body),
      },
      call,
    );
    return values[0]?.key ?? "";
  };
  const floorFor = (projectId: VendorId, call: Call): Promise<Floor> | Floor => {
    const known = floors.get(projectId);
    if (known) return known;
    let asked = asking.get(projectId);
    if (!asked) {
      asked = highest(projectId, call)
        .then((floor) => {
          floors.set(projectId, floor);
          return floor;
        })
        .finally(() => asking.delete(projectId));
      asking.set(projectId, asked);
    }
    return asked;
  };

  const issuesFrom = async ({ key, number }: Floor, call: Call): Promise<readonly WireIssue[]> => {
    const issueIdsOrKeys = Array.from({ length: AT_ONCE }, (_, n) => `${key}-${number + n}`);
    const { issues } = await http.send(
      {
        operation: "issue.bulkfetch",
        kind: "read",
        method: "POST",
        path: ["rest", "api", "3", "issue", "bulkfetch"],
        body: { issueIdsOrKeys, fields: ["created"], properties: [PROPERTY] },
        parse: (body) => Issues.parse(body),
      },
      call,
    );
    return issues;
  };
  const issuesAfter = async function* ({ key, number }: Floor, call: Call): AsyncGenerator<WireIssue> {
    for (let from = number + 1, calls = 1; ; from += AT_ONCE * calls, calls = Math.min(MOST_CALLS, calls * 2)) {
      const pages = await Promise.all(
        Array.from({ length: calls }, (_, n) => issuesFrom({ key, number: from + n * AT_ONCE }, call)),
      );
      for (const issues of pages) {
        if (issues.length === 0) return;
        yield* issues;
      }
    }
  };

  return {
    traces: (drafts, call) =>
      Promise.all(
        drafts.map(async ({ projectId }) => {
          if (projectId === null) return null;
          const { key, number } = await floorFor(projectId, call);
          return key === "" ? null : `${key}-${number}`;
        }),
      ),

    async find(lost, call) {
      const found = new Map<string, TicketRef[]>();
      const wanted = new Set(lost.map(({ marker }) => marker));
      for (const floor of lowest(lost.map(({ trace }) => floorOf(trace))))
        for await (const issue of issuesAfter(floor, call)) {
          const marker = markerOf(issue);
          if (marker !== undefined && wanted.has(marker))
            found.set(marker, [...(found.get(marker) ?? []), refOf(issue, site)]);
        }
      for (const refs of found.values()) refs.sort((a, b) => Number(a.vendorId) - Number(b.vendorId));
      return found;
    },

    made(projectId, refs) {
      const known = floors.get(projectId);
      if (!known) return;
      const number = Math.max(known.number, ...refs.map(({ key }) => (key ? floorOf(key).number : 0)));
      // The time that it is remembered goes on from the last look: others make issues, too.
      floors.set(projectId, { ...known, number }, { ttl: floors.getRemainingTTL(projectId) });
    },
  };
}

function floorOf(issueKey: string): Floor {
  const [, key = "", number = "0"] = /^(.+)-(\d+)$/.exec(issueKey) ?? [];
  return { key, number: Number(number) };
}

/** For each project the earliest place to begin. */
function lowest(floors: readonly Floor[]): Iterable<Floor> {
  const byKey = new Map<string, Floor>();
  for (const floor of floors) {
    const other = byKey.get(floor.key);
    if (!other || floor.number < other.number) byKey.set(floor.key, floor);
  }
  return byKey.values();
}

function markerOf({ properties }: WireIssue): string | undefined {
  const property = properties?.[PROPERTY];
  if (typeof property !== "object" || property === null || !("id" in property)) return undefined;
  return typeof property.id === "string" ? property.id : undefined;
}
