import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Parcel } from "../../src/domain/delivery.js";
import {
  begin,
  claimDue,
  findByKeys,
  forgetExpired,
  listByState,
  releaseAll,
  renew,
  resend,
  settle,
} from "../../src/store/ledger.js";
import { secretNamed } from "../../src/store/secrets.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";

const owner = { tenantId: "acme", connectionId: "jira" };
const draft = {
  name: "One",
  projectId: "1",
  typeId: "2",
  assigneeIds: [],
  reporterIds: [],
  tags: [],
  customFields: {},
};
let count = 0;
const parcel = (change: Partial<Parcel> = {}): Parcel => ({
  key: `key-${(count += 1)}`,
  requestHash: "hash",
  marker: "gw-x",
  trace: "PLAT-1",
  payload: draft,
  ...change,
});

describe.each(ENGINES)("the ledger on %s", (engine) => {
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

  it("takes a key once, whoever asks at the same time", async () => {
    const one = parcel({ payload: { ...draft, dueDate: new Date("2027-01-02T03:04:05Z"), marker: "gw-x" } });
    const taken = await Promise.all(Array.from({ length: 20 }, () => begin(store.db, owner, [one], 60_000)));
    const [row, ...others] = taken.flat();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      key: one.key,
      state: "SENDING",
      attempts: 1,
      fence: 1,
      looks: 0,
      draft: one.payload,
      ref: null,
      errors: [],
    });
    expect(row?.createdAt).toBeInstanceOf(Date);
    expect(row?.dueInMs).toBeGreaterThan(50_000);
    expect(await begin(store.db, { ...owner, connectionId: "other" }, [one], 60_000)).toHaveLength(1);
    expect(await begin(store.db, { ...owner, tenantId: "other" }, [one], 60_000)).toHaveLength(1);
  });

  it("lets whole batches that overlap through without a deadlock", async () => {
    const keys = Array.from({ length: 60 }, (_, n) => parcel({ key: `overlap-${n}` }));
    const batches = [keys.slice(0, 40), keys.slice(20).reverse(), [...keys].reverse(), keys];
    const taken = await Promise.all(batches.map((some) => begin(store.db, owner, some, 60_000)));
    expect(
      taken
        .flat()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(keys.map(({ key }) => key).sort());
  });

  it("lets only the holder settle", async () => {
    const [row] = await begin(store.db, owner, [parcel()], 0);
    const [claimed] = (await claimDue(store.db, 100, 60_000)).filter(({ id }) => id === row?.id);
    expect(claimed).toMatchObject({ state: "UNKNOWN", fence: 2 });
    const ref = { vendorId: "10001", key: "PLAT-1", url: null };
    const { id = 0 } = row ?? {};
    expect(await settle(store.db, [{ id, fence: 1, state: "DONE", ref }])).toEqual(new Set());
    expect(await renew(store.db, [{ id, fence: 1 }], 60_000)).toEqual([]);
    expect(await resend(store.db, [{ id, fence: 1 }], 60_000)).toEqual([]);
    expect(await settle(store.db, [{ id, fence: 2, state: "DONE", ref, reconciledBy: "marker" }])).toEqual(
      new Set([id]),
    );
    const [found] = await findByKeys(store.db, owner, [claimed?.key ?? "", "not there"]);
    expect(found).toMatchObject({ state: "DONE", ref, reconciledBy: "marker", dueInMs: null, fence: 2 });
  });

  it("gives each due row to one claimer", async () => {
    const rows = await begin(
      store.db,
      owner,
      Array.from({ length: 50 }, () => parcel()),
      0,
    );
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimDue(store.db, 10, 60_000)));
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(rows.every(({ id }) => ids.includes(id))).toBe(true);
    expect(await claimDue(store.db, 10, 60_000)).toEqual([]);
  });

  it("takes a key again that was refused for a passing reason, and no other", async () => {
    const error = { code: "VENDOR_RATE_LIMITED" as const, message: "", path: [], allowedValues: [], vendorStatus: 429 };
    const passing = parcel();
    const final = parcel();
    const rows = await begin(store.db, owner, [passing, final], 60_000);
    await settle(
      store.db,
      rows.map(({ id, fence, key }) => ({
        id,
        fence,
        state: "REJECTED",
        errors: [{ ...error, retryable: key === passing.key }],
      })),
    );
    const again = await begin(
      store.db,
      owner,
      [passing, final, { ...passing, requestHash: "other" }].slice(0, 2),
      60_000,
    );
    expect(again).toMatchObject([{ key: passing.key, attempts: 2, fence: 2, errors: [] }]);
  });

  it("sends again under the same row", async () => {
    const [row] = await begin(store.db, owner, [parcel()], 60_000);
    const held = await resend(store.db, row ? [row] : [], 60_000);
    expect(held).toMatchObject([{ id: row?.id, state: "SENDING", attempts: 2, fence: 1 }]);
  });

  it("lets go of all that was held, for a process that knows to be alone", async () => {
    const [row] = await begin(store.db, owner, [parcel()], 60_000);
    await releaseAll(store.db);
    expect((await claimDue(store.db, 1_000, 60_000)).map(({ id }) => id)).toContain(row?.id);
  });

  it("lists by state, the latest first, a page at a time", async () => {
    const tenantId = "lists";
    const rows = await begin(
      store.db,
      { ...owner, tenantId },
      Array.from({ length: 5 }, () => parcel()),
      60_000,
    );
    await settle(
      store.db,
      rows.slice(0, 4).map(({ id, fence }) => ({ id, fence, state: "NEEDS_REVIEW" })),
    );
    const wanted = { states: ["NEEDS_REVIEW" as const], connectionIds: ["jira"], first: 3 };
    const page = await listByState(store.db, tenantId, wanted);
    expect(page.map(({ id }) => id)).toEqual(
      rows
        .slice(1, 4)
        .map(({ id }) => id)
        .sort((a, b) => b - a),
    );
    const rest = await listByState(store.db, tenantId, { ...wanted, before: page.at(-1)?.id ?? 0 });
    expect(rest).toHaveLength(1);
    expect(await listByState(store.db, tenantId, { ...wanted, connectionIds: ["other"] })).toEqual([]);
  });

  it("keeps a secret from its first telling on", async () => {
    const told = await Promise.all(["a", "b", "c"].map((value) => secretNamed(store.db, "test", () => value)));
    expect(new Set(told).size).toBe(1);
  });

  it("forgets nothing that isn't settled and old", async () => {
    const [row] = await begin(store.db, owner, [parcel()], 60_000);
    await forgetExpired(store.db);
    expect(await findByKeys(store.db, owner, [row?.key ?? ""])).toHaveLength(1);
  });
});
