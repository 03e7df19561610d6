import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { SQL } from "drizzle-orm";
import type { Connection } from "../../src/connectors/connection.js";
import { VendorError } from "../../src/domain/errors.js";
import type { Page } from "../../src/domain/page.js";
import type { Ticket } from "../../src/domain/ticket.js";
import type { Owner } from "../../src/domain/owner.js";
import { openStore } from "../../src/store/open.js";
import type { Db, Store } from "../../src/store/store.js";
import { takeSync, wantSync } from "../../src/store/syncs.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { keptOf, leaseRunsOut, newOwner, newTicketOf, run, stubbed, syncOf } from "../support/sync.js";
import { until } from "../support/until.js";

describe.each(ENGINES)("a sync that two processes want on %s", (engine) => {
  let place: Place;
  let one: Store;
  /** Another process's, where there can be one. */
  let other: Store;
  beforeAll(async () => {
    place = await newPlace(engine);
    one = await openStore(place.where);
    other = engine === "pglite" ? one : await openStore(place.where);
  });
  afterAll(async () => {
    if (other !== one) await other.close();
    await one.close();
    await place.drop();
  });

  const IDS = ["1", "2", "3", "4"];
  const page = (n: number, name = "as it is"): Page<Ticket> => ({
    items: [newTicketOf(IDS[n] ?? "", { name, updatedAt: new Date(name === "late" ? 9e11 : 8e11) })],
    total: null,
    ...(n + 1 < IDS.length && { next: String(n + 1) }),
  });
  /** A vendor of four pages; `before` is waited for with each. */
  const vendor = (before: (n: number) => Promise<unknown> = async () => {}, name?: string): Connection =>
    stubbed({
      tickets: async (ids) => ids.map((id) => newTicketOf(id, { name: "as it is" })),
      async listTickets(_since, { after }) {
        await before(Number(after ?? 0));
        return page(Number(after ?? 0), name);
      },
    });
  const asIs = IDS.map((vendorId) => ({ vendorId, ticket: { name: "as it is" } }));

  /** Begins a run whose n-th answer is late; gives what lets it come. */
  const standing = async (owner: Owner, n: number) => {
    const gate = Promise.withResolvers<undefined>();
    let isStanding = false;
    const connection = vendor(async (at) => {
      if (at !== n) return;
      isStanding = true;
      await gate.promise;
    }, "late");
    const end = run({ db: one.db, connection, owner });
    // The page before it is kept while it is on its way.
    await until(async () => isStanding && (await syncOf(one.db, owner)).tickets >= n);
    return { go: () => gate.resolve(undefined), fail: (error: Error) => gate.reject(error), end };
  };
  const byTheOther = (owner: Owner) => run({ db: other.db, connection: vendor(), owner });

  it("is one's alone, however many begin at once", async () => {
    const owner = newOwner();
    await wantSync(one.db, owner, "FULL");
    const ends = await Promise.all(
      Array.from({ length: 8 }, (_, n) => run({ db: (n % 2 ? one : other).db, connection: vendor(), owner })),
    );
    expect(ends.sort()).toEqual(["done", ...Array.from({ length: 7 }, () => "held")]);
    expect(await keptOf(one.db, owner)).toMatchObject(asIs);
  });

  it.each([0, 1, 2, 3])("is held while page %i is awaited, and taken over when the lease has run out", async (n) => {
    const owner = newOwner();
    await wantSync(one.db, owner, "FULL");
    const first = await standing(owner, n);
    expect(await byTheOther(owner)).toBe("held");
    await leaseRunsOut(one.db, owner);
    expect(await byTheOther(owner)).toBe("done");
    const before = await keptOf(one.db, owner);
    const { fence, ...state } = await syncOf(one.db, owner);
    expect(state).toMatchObject({ state: "IDLE", phase: null, error: null, tickets: 4 });
    first.go();
    expect(await first.end).toBe("held");
    expect(await keptOf(one.db, owner)).toEqual(before);
    expect(await syncOf(one.db, owner)).toEqual({ fence, ...state });
  });

  it("is not ended, and not failed, by who held it before", async () => {
    for (const isFailing of [false, true]) {
      const owner = newOwner();
      await wantSync(one.db, owner, "FULL");
      const first = await standing(owner, 2);
      await leaseRunsOut(one.db, owner);
      const second = await standing(owner, 3);
      if (isFailing) first.fail(new VendorError({ code: "UNAVAILABLE", message: "The vendor is away." }, "no"));
      else first.go();
      expect(await first.end).toBe("held");
      expect(await syncOf(one.db, owner)).toMatchObject({ state: "RUNNING", error: null });
      second.go();
      expect(await second.end).toBe("done");
    }
  });

  it("isn't said to be done by who lost it when every page was kept", async () => {
    const owner = newOwner();
    await wantSync(one.db, owner, "FULL");
    const lose = async (): Promise<void> => {
      if ((await syncOf(one.db, owner)).phase !== "LOOKING") return;
      await leaseRunsOut(one.db, owner);
      await takeSync(other.db, owner, 60_000, 0);
    };
    const execute: Db["execute"] = ((statement: SQL) => lose().then(() => one.db.execute(statement))) as Db["execute"];
    const db = Object.create(one.db, { execute: { value: execute } }) as Db;
    expect(await run({ db, connection: vendor(), owner })).toBe("held");
    expect(await syncOf(one.db, owner)).toMatchObject({ state: "RUNNING" });
  });
});
