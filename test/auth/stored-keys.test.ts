import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { hashKey, makeKey } from "../../src/auth/key-format.js";
import { openStoredKeys, type StoredKeys, type StoredKeysOptions } from "../../src/auth/stored-keys.js";
import { StoreUnavailable } from "../../src/domain/store-unavailable.js";
import { findKey, insertKey, revokeKey } from "../../src/store/api-keys.js";
import { openStore } from "../../src/store/open.js";
import type { Db, Store } from "../../src/store/store.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { until } from "../support/until.js";

/** A store whose look-ups are counted, and can be made to wait or to fail. */
function watched(store: Store) {
  const seen = { lookUps: 0, before: async (): Promise<void> => {} };
  const system: Db = {
    ...store.system,
    async execute(statement) {
      seen.lookUps += 1;
      const found = await store.system.execute(statement);
      await seen.before();
      return found;
    },
  };
  return { seen, store: { listen: store.listen, of: (tenantId: string) => store.of(tenantId), system } };
}

describe.each(ENGINES)("keys of the store, on %s", (engine) => {
  let place: Place;
  let real: Store;
  beforeAll(async () => {
    place = await newPlace(engine);
    real = await openStore(place.where);
  });
  afterAll(async () => {
    await real.close();
    await place.drop();
  });
  const opened: StoredKeys[] = [];
  afterEach(async () => {
    for (const keys of opened.splice(0)) await keys.close();
  });

  /** `deaf` hears no news. */
  async function open(options: Partial<StoredKeysOptions> = {}, deaf = false) {
    const { seen, store } = watched(real);
    const errors: unknown[] = [];
    const keys: StoredKeys = await openStoredKeys({
      store: deaf ? { ...store, listen: async () => async () => {} } : store,
      hasTenant: (id) => id === "acme",
      onError: (error) => errors.push(error),
      ...options,
    });
    opened.push(keys);
    const keep = async (more: { tenantId?: string; expiresAt?: Date } = {}) => {
      const key = makeKey();
      const made = await insertKey(real.of(more.tenantId ?? "acme"), {
        id: randomUUID(),
        tenantId: "acme",
        name: `key ${randomUUID()}`,
        prefix: "tg_live_1234",
        hash: hashKey(key),
        scopes: ["tickets:read"],
        connections: ["jira"],
        defaultConnection: "jira",
        expiresAt: null,
        createdBy: "test",
        ...more,
      });
      return { id: made?.id ?? "", hash: hashKey(key) };
    };
    const reason = async (hash: string): Promise<string> => {
      const known = await keys.find(hash);
      return "caller" in known ? known.caller.name : known.refused.reason;
    };
    const revoke = (id: string) => revokeKey(real.of("acme"), "acme", id, "test");
    return { keys, seen, errors, keep, reason, revoke };
  }

  it("gives the caller that a key stands for", async () => {
    const { keys, keep } = await open();
    const { id, hash } = await keep();
    expect(await keys.find(hash)).toEqual({
      caller: {
        tenantId: "acme",
        keyId: id,
        name: expect.stringMatching(/^key /),
        scopes: new Set(["tickets:read"]),
        connections: new Set(["jira"]),
        defaultConnection: "jira",
      },
    });
  });

  it("asks once for all who ask at the same time, and for a moment after", async () => {
    const { keys, keep, seen } = await open({ ttlMs: 600_000 }, true);
    const { hash } = await keep();
    await Promise.all(Array.from({ length: 50 }, async () => keys.find(hash)));
    for (let n = 0; n < 50; n += 1) await keys.find(hash);
    await Promise.all(Array.from({ length: 50 }, async () => keys.find(hashKey("nobody's"))));
    expect(seen.lookUps).toBe(2);
  });

  it("knows who is nobody, who is revoked, who is late and whose tenant has gone", async () => {
    const { keep, reason, revoke } = await open();
    const revoked = await keep();
    await revoke(revoked.id);
    const late = await keep({ expiresAt: new Date(Date.now() - 1_000) });
    const gone = await keep({ tenantId: "gone" });
    expect(await reason(hashKey("nobody's"))).toBe("unknown");
    expect(await reason(revoked.hash)).toBe("revoked");
    expect(await reason(late.hash)).toBe("expired");
    expect(await reason(gone.hash)).toBe("tenant");
  });

  it("forgets at once what news come of: keys that are revoked, and keys that are new", async () => {
    const { keep, reason, revoke } = await open({ ttlMs: 600_000 });
    const { id, hash } = await keep();
    expect(await reason(hash)).toMatch(/^key /);
    await revoke(id);
    await until(async () => (await reason(hash)) === "revoked");
  });

  it("forgets in time where no news come", async () => {
    const { keep, reason, revoke } = await open({ ttlMs: 300 }, true);
    const { id, hash } = await keep();
    const since = performance.now();
    expect(await reason(hash)).toMatch(/^key /);
    await revoke(id);
    await until(async () => (await reason(hash)) === "revoked");
    expect(performance.now() - since).toBeGreaterThan(290);
  });

  it("doesn't remember what was read before the news", async () => {
    const { keep, reason, revoke, seen } = await open({ ttlMs: 600_000 });
    const { id, hash } = await keep();
    const gate = Promise.withResolvers<undefined>();
    seen.before = () => gate.promise;
    const before = reason(hash);
    await until(() => seen.lookUps === 1);
    await revoke(id);
    await new Promise((resolve) => setTimeout(resolve, 200));
    gate.resolve(undefined);
    expect(await before).toMatch(/^key /);
    expect(await reason(hash)).toBe("revoked");
  });

  it("lets a key expire in its moment", async () => {
    const { keep, reason } = await open({ ttlMs: 600_000 });
    const { hash } = await keep({ expiresAt: new Date(Date.now() + 700) });
    expect(await reason(hash)).toMatch(/^key /);
    await until(async () => (await reason(hash)) === "expired");
  });

  it("goes on for a while without the database, and then says that it doesn't know", async () => {
    const { keep, reason, seen } = await open({ ttlMs: 1_000 }, true);
    const { hash } = await keep();
    expect(await reason(hash)).toMatch(/^key /);
    seen.before = async () => {
      throw new StoreUnavailable("away");
    };
    expect(await reason(hash)).toMatch(/^key /);
    await until(async () => (await reason(hash)) === "unavailable");
    seen.before = async () => {};
    expect(await reason(hash)).toMatch(/^key /);
  });

  it("waits no longer than it may", async () => {
    const { keep, keys, seen } = await open({ withinMs: 100 });
    const { hash } = await keep();
    seen.before = () => new Promise((resolve) => setTimeout(resolve, 400));
    expect(await keys.find(hash)).toMatchObject({
      refused: { status: 503, code: "GATEWAY_UNAVAILABLE", retryAfter: 2 },
    });
  });

  it("writes down that a key was used, once a minute, and nobody waits for it", async () => {
    const { keep, reason } = await open({ ttlMs: 1 });
    const { id, hash } = await keep();
    const usedAt = async () => (await findKey(real.of("acme"), "acme", id))?.lastUsedAt?.getTime();
    expect(await usedAt()).toBeUndefined();
    await reason(hash);
    await until(async () => (await usedAt()) !== undefined);
    const first = await usedAt();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await reason(hash);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await usedAt()).toBe(first);
  });
});
