import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { recordOf } from "../../src/operations/sync/record-of.js";
import { openStore } from "../../src/store/open.js";
import type { Owner } from "../../src/domain/owner.js";
import { inTransaction, type Store } from "../../src/store/store.js";
import { keepTickets } from "../../src/store/synced-tickets.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { keptOf, newOwner, newTicketOf } from "../support/sync.js";

/** What vendors answered, in the order in which it came: each ticket as it was at some moment. */
const answer = fc.uniqueArray(fc.record({ id: fc.nat(5), at: fc.nat(8) }), { selector: ({ id }) => id, maxLength: 6 });
interface AtSomeMoment {
  readonly id: number;
  readonly at: number;
}
const recordAt = ({ id, at }: AtSomeMoment) =>
  recordOf(newTicketOf(String(id), { name: `as of ${at}`, updatedAt: new Date(1e12 + at) }), "PLAIN");

describe.each(ENGINES)("kept tickets on %s", (engine) => {
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

  const kept = (owner: Owner, some: readonly AtSomeMoment[]) =>
    inTransaction(store.db, (tx) => keepTickets(tx, owner, some.map(recordAt)));

  it("are as the latest answer has them, in whatever order answers come, one after another or at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 12 }), fc.boolean(), async (answers, isAtOnce) => {
        const owner = newOwner();
        const keep = (some: (typeof answers)[number]) => kept(owner, some);
        const news = [];
        if (isAtOnce) news.push(...(await Promise.all(answers.map(keep))).flat());
        else for (const some of answers) news.push(...(await keep(some)));
        const latest = new Map<number, number>();
        for (const { id, at } of answers.flat()) latest.set(id, Math.max(at, latest.get(id) ?? 0));
        const expected = [...latest].sort(([a], [b]) => a - b).map(([id, at]) => [String(id), `as of ${at}`]);
        expect((await keptOf(store.db, owner)).map(({ vendorId, ticket }) => [vendorId, ticket.name])).toEqual(
          expected,
        );
        const created = news.filter(({ kind }) => kind === "CREATED").map(({ vendorId }) => vendorId);
        expect(created.sort()).toEqual(expected.map(([id]) => id));
      }),
      { numRuns: Number(process.env["RUNS"] ?? 40) },
    );
  });

  it("wait for each other in one order, so that none is given up for another's sake", async () => {
    const owner = newOwner();
    const ids = Array.from({ length: 40 }, (_, n) => n + 10);
    const keep = (isNew: (n: number) => boolean, at: number) =>
      kept(
        owner,
        ids.map((id) => ({ id, at: isNew(id) ? at : at - 1 })),
      );
    for (let at = 1; at <= 8; at += 1) {
      await store.db.execute(
        `delete from synced_tickets where tenant_id = '${owner.tenantId}' and vendor_id like '%5'`,
      );
      const answers = [0, 1, 2, 3].map((rest) => keep((n) => n % 4 === rest, at));
      await Promise.all(answers);
      const names = (await keptOf(store.db, owner)).map(({ ticket }) => ticket.name);
      expect(new Set(names)).toEqual(new Set([`as of ${at}`]));
    }
  });
});
