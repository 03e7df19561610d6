import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Connection } from "../../src/connectors/connection.js";
import { VendorError } from "../../src/domain/errors.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";
import { wantSync } from "../../src/store/syncs.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { keptOf, newOwner, newTicketOf, run, stubbed, syncOf } from "../support/sync.js";

describe.each(ENGINES)("a vendor's list on %s", (engine) => {
  let place: Place;
  let store: Store;
  beforeAll(async () => {
    place = await newPlace(engine);
    store = await openStore(place.where);
  });
  afterAll(async () => {
    await store.close();
    await place.drop();
  });

  /** A vendor whose pages lead to the n-th, until there is none; each has one ticket, named by its number. */
  const vendor = (after: (n: number) => number | undefined) => {
    const asked: number[] = [];
    const connection = stubbed({
      tickets: async (ids) => ids.map((id) => newTicketOf(id)),
      async listTickets(_since, { after: cursor = "0" }) {
        asked.push(Number(cursor));
        const next = after(Number(cursor));
        return { items: [newTicketOf(cursor)], total: null, ...(next !== undefined && { next: String(next) }) };
      },
    });
    return { asked, connection };
  };
  /** The pages from `begin` on come again after `circle` of them. */
  const round = (begin: number, circle: number) => (n: number) => (n + 1 < begin + circle ? n + 1 : begin);

  it.each([
    ["A, A, A", 1, 1],
    ["A, B, C, A, B, C", 1, 3],
    ["A, B, C, B, C", 2, 2],
    ["back to the first page", 0, 2],
  ])("that goes %s is given up, and the next run is free to try", async (_title, begin, circle) => {
    for (const mode of ["FULL", "CHANGES"] as const) {
      const owner = newOwner();
      const { asked, connection } = vendor(round(begin, circle));
      await wantSync(store.db, owner, mode);
      expect(await run({ db: store.db, connection, owner })).toBe("broken");
      const message = expect.stringMatching(/^Stub gave a page cursor again that it had given before/);
      expect(await syncOf(store.db, owner)).toMatchObject({ state: "FAILED", error: message, phase: null });
      expect(asked.length).toBeLessThanOrEqual(10);
      expect(await keptOf(store.db, owner)).not.toEqual([]);

      const mended = vendor((n) => (n < 3 ? n + 1 : undefined));
      expect(await run({ db: store.db, connection: mended.connection, owner })).toBe("done");
      expect(mended.asked).toEqual([0, 1, 2, 3]);
      expect(await syncOf(store.db, owner)).toMatchObject({ state: "IDLE", error: null, mode: "FULL" });
    }
  });

  it("that goes round is given up soon, wherever the circle begins and however often the run is broken off", async () => {
    const numbers = [fc.nat(12), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 20 })] as const;
    await fc.assert(
      fc.asyncProperty(...numbers, async (begin, circle, pages) => {
        const owner = newOwner();
        const { asked, connection } = vendor(round(begin, circle));
        await wantSync(store.db, owner, "FULL");
        const isGivenUp = async () => (await syncOf(store.db, owner)).error?.includes("gave a page cursor again");
        while (!(await isGivenUp()) && asked.length < 200) {
          const aborted = new AbortController();
          const last = asked.length + pages;
          const listTickets: Connection["listTickets"] = (...rest) => {
            if (asked.length >= last) aborted.abort();
            return connection.listTickets(...rest);
          };
          const watched = Object.create(connection, { listTickets: { value: listTickets } }) as Connection;
          await run({ db: store.db, connection: watched, owner, signal: aborted.signal });
        }
        expect(asked.length).toBeLessThan(120);
      }),
      { numRuns: 10 },
    );
  });

  it("whose cursors are forgotten while a run is broken off is read anew", async () => {
    const owner = newOwner();
    let age = 1;
    let isAway = false;
    const connection = stubbed({
      tickets: async (ids) => ids.map((id) => newTicketOf(id)),
      async listTickets(_since, { after = `${age}:0` }) {
        const [ofAge, n] = after.split(":").map(Number);
        if (isAway && n === 2) throw new VendorError({ code: "UNAVAILABLE", message: "Away." }, "no");
        if (ofAge !== age) throw new VendorError({ code: "INVALID", message: "The page token has expired." }, "no");
        return { items: [newTicketOf(String(n))], total: null, ...(n !== 3 && { next: `${age}:${Number(n) + 1}` }) };
      },
    });
    const again = () => run({ db: store.db, connection, owner });
    await wantSync(store.db, owner, "FULL");
    isAway = true;
    expect(await again()).toBe("broken");
    [age, isAway] = [2, false];
    expect(await again()).toBe("broken");
    expect((await syncOf(store.db, owner)).error).toMatch(/begins anew: The page token has expired\.$/);
    expect(await again()).toBe("done");
    expect(await keptOf(store.db, owner)).toHaveLength(4);
  });
});
