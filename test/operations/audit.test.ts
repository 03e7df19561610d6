import { describe, expect, it } from "@jest/globals";
import { StoreUnavailable } from "../../src/domain/store-unavailable.js";
import { openAudit, type Act } from "../../src/operations/audit.js";
import { openStore } from "../../src/store/open.js";
import { listAudit } from "../../src/store/audit-log.js";
import type { Db } from "../../src/store/store.js";
import { CALLER } from "../support/gateway.js";
import { newPlace } from "../support/databases.js";
import { until } from "../support/until.js";

/** A store that can go away and come back. */
async function lameStore(why: () => Error | undefined) {
  const place = await newPlace();
  const store = await openStore(place.where);
  let tries = 0;
  const of = (tenantId: string): Db => ({
    ...store.of(tenantId),
    execute: async (statement) => {
      tries += 1;
      const error = why();
      if (error) throw error;
      return store.of(tenantId).execute(statement);
    },
  });
  const subjects = async () =>
    (await listAudit(store.of("acme"), "acme", {}, { first: 5_000 })).map(({ subject }) => subject).reverse();
  const close = async (): Promise<void> => {
    await store.close();
    await place.drop();
  };
  return { of, subjects, tries: () => tries, close };
}
const acts = (...subjects: string[]): Act[] =>
  subjects.map((subject) => ({ action: "createTicket", outcome: "DELIVERED", subject }));

describe("what was done while the store is away", () => {
  it("is told as it is, and written down once when the store is back", async () => {
    let isAway = true;
    const errors: unknown[] = [];
    const store = await lameStore(() => (isAway ? new StoreUnavailable("Away.") : undefined));
    const audit = openAudit(store, (error) => void errors.push(error), { againMs: 10 });
    await audit(CALLER, acts("one", "two"));
    expect(errors.length).toBeGreaterThan(0);
    expect(errors[0]).toBeInstanceOf(StoreUnavailable);
    const before = store.tries();
    await until(() => store.tries() > before + 2);
    expect(await store.subjects()).toEqual([]);
    isAway = false;
    await until(async () => (await store.subjects()).length > 0);
    await audit(CALLER, acts("three"));
    expect(await store.subjects()).toEqual(["one", "two", "three"]);
    await store.close();
  });

  it("is written down once each, also where only a part of it could be written at first", async () => {
    let calls = 0;
    const store = await lameStore(() => (++calls % 2 === 0 ? new StoreUnavailable("Away.") : undefined));
    const audit = openAudit(store, () => {}, { againMs: 10 });
    const all = Array.from({ length: 1_300 }, (_, n) => `${n}`);
    await audit(CALLER, acts(...all));
    await until(async () => (await store.subjects()).length >= all.length);
    expect((await store.subjects()).toSorted()).toEqual(all.toSorted());
    await store.close();
  });

  it("is told to the operator and not tried again where the store takes it never", async () => {
    const errors: unknown[] = [];
    const store = await lameStore(() => new Error("A mistake of ours."));
    await openAudit(store, (error) => void errors.push(error), { againMs: 1 })(CALLER, acts("one"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(errors).toEqual([new Error("A mistake of ours.")]);
    expect(store.tries()).toBe(1);
    await store.close();
  });
});
