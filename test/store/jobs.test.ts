import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import type { SettledItem } from "../../src/domain/bulk-job.js";
import { findJob, forgetOldJobs, insertJob, listItems, settleItems } from "../../src/store/jobs.js";
import { openStore } from "../../src/store/open.js";
import { inTransaction, type Store } from "../../src/store/store.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { newTicket } from "../support/gateway.js";

describe.each(ENGINES)("jobs on %s", (engine) => {
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

  const begin = async (count: number): Promise<string> => {
    const id = randomUUID();
    const items = Array.from({ length: count }, (_, n) => ({
      connectionId: "jira",
      key: `${id}#${n}`,
      ticket: newTicket(`Job ${n}`),
    }));
    const caller = { tenantId: "acme", name: "test", scopes: [], connections: "all" as const };
    await inTransaction(store.db, (tx) =>
      insertJob(tx, { id, tenantId: "acme", key: id, kind: "CREATE" as const, requestHash: "h", caller, items }),
    );
    return id;
  };
  const settled = (index: number, state: SettledItem["state"]): SettledItem => ({
    index,
    state,
    identifier: null,
    ref: null,
    errors: [],
  });

  it("count what was settled, however often and in whatever order it is told", async () => {
    const word = fc.record({
      index: fc.nat({ max: 9 }),
      state: fc.constantFrom("DELIVERED" as const, "REJECTED" as const, "NEEDS_REVIEW" as const),
    });
    // One statement names an item once.
    const words = fc.uniqueArray(word, { selector: ({ index }) => index, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 6 }), fc.boolean(), async (slices, isAtOnce) => {
        const id = await begin(10);
        const told = slices.map((slice) => slice.map(({ index, state }) => settled(index, state)));
        if (isAtOnce) await Promise.all(told.map((some) => settleItems(store.db, id, some)));
        else for (const some of told) await settleItems(store.db, id, some);
        const items = await listItems(store.db, id, { after: -1, first: 10, failedOnly: false });
        const count = (state: string): number => items.filter((item) => item.state === state).length;
        const isDone = count("WAITING") === 0;
        expect(await findJob(store.db, id)).toMatchObject({
          succeeded: count("DELIVERED"),
          failed: count("REJECTED"),
          state: isDone ? "DONE" : "QUEUED",
          finishedAt: isDone ? expect.any(Date) : null,
        });
      }),
      { numRuns: 30 },
    );
  });

  it("never take a delivery back", async () => {
    const id = await begin(1);
    for (const state of ["REJECTED", "DELIVERED", "REJECTED"] as const)
      await settleItems(store.db, id, [settled(0, state)]);
    expect(await findJob(store.db, id)).toMatchObject({ succeeded: 1, failed: 0, state: "DONE" });
  });

  it("are forgotten when they ended long ago, and not before", async () => {
    const [old, recent, open] = [await begin(1), await begin(1), await begin(1)];
    for (const id of [old, recent]) await settleItems(store.db, id, [settled(0, "DELIVERED")]);
    await store.db.execute(
      sql`update bulk_jobs set created_at = now() - interval '40 days', finished_at = finished_at - interval '31 days' where id in (${old}::uuid, ${open}::uuid)`,
    );
    await forgetOldJobs(store.db);
    expect(await findJob(store.db, old)).toBeUndefined();
    expect(await listItems(store.db, old, { after: -1, first: 1, failedOnly: false })).toEqual([]);
    expect(await findJob(store.db, recent)).toBeDefined();
    expect(await findJob(store.db, open)).toBeDefined();
  });
});
