import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Connection } from "../../src/connectors/connection.js";
import { jira as vendor } from "../../src/connectors/jira/index.js";
import { StoreUnavailable } from "../../src/domain/store-unavailable.js";
import { recordOf } from "../../src/operations/sync/record-of.js";
import type { Owner } from "../../src/domain/owner.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";
import { wantSync } from "../../src/store/syncs.js";
import { connect } from "../support/connect.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { breaking, keptOf, leaseRunsOut, newOwner, run } from "../support/sync.js";

/** What happens at the vendor. */
const record = (...what: readonly string[]) => fc.record({ what: fc.constantFrom(...what), which: fc.nat(1_000) });
const deed = record("create", "change", "remove");
const FAULTS = ["status", "reset", "truncated", "html-200", "null-body"] as const;
/** How a run comes to its end; each after some pages or calls. */
const end = fc.oneof(
  fc.record({ how: fc.constant("abort" as const), after: fc.nat(6) }),
  fc.record({ how: fc.constantFrom("store", "answer of the store"), after: fc.nat(6) }),
  fc.record({
    how: fc.constant("vendor" as const),
    after: fc.nat(5),
    kind: fc.constantFrom(...FAULTS),
    operation: fc.constantFrom("/search/", "/bulkfetch/i"),
  }),
);
const roundOf = (one: typeof deed) =>
  fc.record({
    isFull: fc.boolean(),
    end: fc.option(end),
    before: fc.array(one, { maxLength: 5 }),
    during: fc.array(fc.tuple(fc.nat(5), one), { maxLength: 5 }),
  });
const roundsOf = (one: typeof deed) => fc.array(roundOf(one), { minLength: 1, maxLength: 5 });
const story = fc.oneof(roundsOf(deed), roundsOf(record("create", "change")));
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;
type End = typeof end extends fc.Arbitrary<infer T> ? T : never;
const PAGE = 7;
const isRemoval = ({ what }: Deed): boolean => what === "remove";

describe.each(ENGINES)("a sync on %s", (engine) => {
  let place: Place;
  let store: Store;
  let jira: JiraSandbox;
  let number = 0;
  beforeAll(async () => {
    place = await newPlace(engine);
    store = await openStore(place.where);
    jira = await startJiraSandbox();
  });
  afterAll(async () => {
    await jira.close();
    await store.close();
    await place.drop();
  });

  const does = ({ what, which }: Deed): void => {
    const all = [...jira.state.all()];
    const one = all[which % Math.max(1, all.length)];
    if (!one) return;
    const summary = `${what} ${(number += 1)}`;
    if (what === "remove") return jira.state.remove(one.id);
    if (what === "change") return void jira.state.put({ ...one, summary, updated: Date.now() });
    const now = { created: Date.now(), updated: Date.now() };
    const { created: _created, updated: _updated, ...like } = one;
    jira.state.add(one.projectId, { ...like, summary, parentId: null }, { ...one, ...now });
  };
  const opened = () =>
    connect(vendor, { baseUrl: jira.url, credentials: { email: jira.email, apiToken: jira.apiToken } });
  /** The connection with small pages; `onPage` is told of each that is asked for. */
  const inSmallPages = (connection: Connection, onPage: (n: number) => void): Connection => {
    let pages = 0;
    const listTickets: Connection["listTickets"] = (since, page, signal) => {
      onPage((pages += 1));
      return connection.listTickets(since, { ...page, first: PAGE }, signal);
    };
    return Object.create(connection, { listTickets: { value: listTickets } }) as Connection;
  };
  /** Runs until `end`, in a process of its own. */
  const runUntil = async (owner: Owner, ending: End | null, onPage: (n: number) => void) => {
    const aborted = new AbortController();
    if (ending?.how === "vendor") jira.faults.add({ ...ending, times: 20 });
    const connection = opened();
    try {
      return await run({
        db: ending?.how.includes("store") ? breaking(store.db, ending) : store.db,
        owner,
        signal: aborted.signal,
        connection: inSmallPages(connection, (n) => {
          onPage(n);
          if (ending?.how === "abort" && n > ending.after) aborted.abort();
        }),
      });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return "crashed";
    } finally {
      jira.faults.clear();
      await connection.close();
    }
  };
  const toldBy = async (connection: Connection) => {
    const ids = [...jira.state.all()].map(({ id }) => String(id)).sort();
    const tickets = await Promise.all(ids.map((id) => connection.ticket(id)));
    return tickets.flatMap((one) => {
      if (!one) return [];
      const { vendorId, json } = recordOf(one, "ADF");
      const { ticket, data } = JSON.parse(json) as { ticket: unknown; data: unknown };
      return [{ vendorId, name: one.name, ticket, data }];
    });
  };

  it("has exactly the vendor's tickets in the end, however often it was broken off and whatever changed meanwhile", async () => {
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(story, async (rounds) => {
        jira.reset();
        [...jira.state.all()].slice(40).forEach(({ id }) => jira.state.remove(id));
        const owner = newOwner("jira");
        for (const { isFull, end: ending, before, during } of rounds) {
          before.forEach(does);
          await wantSync(store.db, owner, isFull ? "FULL" : "CHANGES");
          const ended = await runUntil(owner, ending, (n) =>
            during.filter(([page]) => page === n).forEach(([, one]) => does(one)),
          );
          ends.add(`${ending?.how ?? "no"} ${ended}`);
          await leaseRunsOut(store.db, owner);
        }
        const connection = opened();
        const told = await toldBy(connection);
        // What was begun is ended, not begun anew: so nothing makes up for a page that was left out.
        await wantSync(store.db, owner, "CHANGES");
        while ((await runUntil(owner, null, () => {})) !== "held");
        // A vendor changes what a part tells of its whole without saying so: that much is left to full runs, as is what is gone.
        const names = new Map((await keptOf(store.db, owner)).map(({ vendorId, ticket }) => [vendorId, ticket.name]));
        // A page token that names a removed issue leads past one more of those that follow it; the next full run finds that.
        const isShifted = rounds.some(({ before, during }) =>
          [...before, ...during.map(([, one]) => one)].some(isRemoval),
        );
        if (!isShifted) expect(told.map(({ vendorId: id }) => names.get(id))).toEqual(told.map(({ name }) => name));
        await wantSync(store.db, owner, "FULL");
        while ((await runUntil(owner, null, () => {})) !== "held");
        expect(await keptOf(store.db, owner)).toEqual(told.map(({ name: _name, ...kept }) => kept));
        await connection.close();
      }),
      { numRuns: Number(process.env["RUNS"] ?? 5) },
    );
    expect(ends.size).toBeGreaterThan(3);
  });
});
