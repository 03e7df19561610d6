import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { randomBytes } from "node:crypto";
import { deleteConnectionRow, insertConnection } from "../../src/store/connections.js";
import { findDataKey } from "../../src/store/data-keys.js";
import { keyIdOf, masterKeyWrapper } from "../../src/store/key-wrapper.js";
import { openStore } from "../../src/store/open.js";
import { seal, unseal, Unsealable } from "../../src/store/seal.js";
import { rowsOf, type Store } from "../../src/store/store.js";
import { openVault, type Vault } from "../../src/store/vault.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";

const OWNER = { tenantId: "acme", connectionId: "jira" };
const FIELD = "credentials";
const [OLD, NEW, NEXT] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const name = fc.string({ minLength: 1, maxLength: 12 });
const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((all) => Buffer.from(all));

describe("what is sealed", () => {
  it("opens with the same key for the same purpose, and holds nothing of the secret", () => {
    fc.assert(
      fc.property(bytes(32), fc.string(), fc.uint8Array({ minLength: 6 }), (key, purpose, secret) => {
        const sealed = seal(key, purpose, Buffer.from(secret));
        expect(unseal(key, purpose, sealed)).toEqual(Buffer.from(secret));
        expect(Buffer.from(sealed, "base64url").includes(Buffer.from(secret))).toBe(false);
        expect(seal(key, purpose, Buffer.from(secret))).not.toBe(sealed);
      }),
    );
  });

  it("opens with no other key, for no other purpose, and not after a bit of it was changed or a part was cut off", () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), name, name, fc.uint8Array(), fc.nat(), fc.nat(7), (...given) => {
        const [key, otherKey, purpose, otherPurpose, secret, place, bit] = given;
        fc.pre(!key.equals(otherKey) && purpose !== otherPurpose);
        const sealed = seal(key, purpose, Buffer.from(secret));
        expect(() => unseal(otherKey, purpose, sealed)).toThrow(Unsealable);
        expect(() => unseal(key, otherPurpose, sealed)).toThrow(Unsealable);
        const raw = Buffer.from(sealed, "base64url");
        const at = place % raw.length;
        expect(() => unseal(key, purpose, raw.subarray(0, at).toString("base64url"))).toThrow(Unsealable);
        raw[at] = (raw[at] ?? 0) ^ (1 << bit);
        expect(() => unseal(key, purpose, raw.toString("base64url"))).toThrow(Unsealable);
      }),
    );
  });
});

describe.each(ENGINES)("the vault on %s", (engine) => {
  let place: Place;
  let store: Store;
  const vaultOf = (...keys: [Buffer, ...Buffer[]]): Vault => openVault(store, masterKeyWrapper(keys));
  const keyOf = (owner = OWNER) => findDataKey(store.of(owner.tenantId), owner);
  beforeAll(async () => {
    place = await newPlace(engine);
    store = await openStore(place.where);
  });
  beforeEach(async () => void (await store.db.execute("truncate data_keys")));
  afterAll(async () => {
    await store.close();
    await place.drop();
  });

  it("opens what it sealed for the same owner and field, and for nobody and nothing else", async () => {
    const vault = vaultOf(OLD);
    const other = vaultOf(NEW);
    const one = fc.record({ tenantId: name, connectionId: name, field: name });
    await fc.assert(
      fc.asyncProperty(one, one, fc.jsonValue(), async (here, there, value) => {
        const changed = [
          { ...here, tenantId: there.tenantId },
          { ...here, connectionId: there.connectionId },
          { ...here, field: there.field },
        ].filter((place) => JSON.stringify(place) !== JSON.stringify(here));
        const sealed = await vault.seal(here, here.field, value);
        expect(await vault.open(here, here.field, sealed)).toEqual(JSON.parse(JSON.stringify(value)));
        for (const place of changed) await expect(vault.open(place, place.field, sealed)).rejects.toThrow(Unsealable);
        await expect(other.open(here, here.field, sealed)).rejects.toThrow(Unsealable);
      }),
      { numRuns: 30 },
    );
  });

  it("keeps nothing readable, of secrets or of keys", async () => {
    const sealed = await vaultOf(OLD).seal(OWNER, FIELD, { apiToken: "a-token-in-plain-words" });
    const row = await keyOf();
    expect(row?.keyId).toBe(keyIdOf(OLD));
    for (const text of [sealed, row?.wrapped ?? ""]) {
      const raw = Buffer.from(text, "base64url");
      expect(raw.includes("plain-words") || raw.includes(OLD)).toBe(false);
    }
  });

  it("makes one key for a connection, however many ask for its first one at once", async () => {
    const [here, there] = [vaultOf(OLD), vaultOf(OLD)];
    const work = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? here : there).seal(OWNER, FIELD, n));
    const sealed = await Promise.all(work);
    const fresh = vaultOf(OLD);
    expect(await Promise.all(sealed.map((text) => fresh.open(OWNER, FIELD, text)))).toEqual(sealed.map((_, n) => n));
    expect(rowsOf(await store.system.execute("select from data_keys"))).toHaveLength(1);
  });

  it("changes the master key while replicas seal and open, and no call fails", async () => {
    const owners = Array.from({ length: 120 }, (_, n) => ({ tenantId: `t${n % 7}`, connectionId: `c${n}` }));
    const before = vaultOf(OLD);
    const kept = await Promise.all(
      owners.map(async (owner) => ({ owner, sealed: await before.seal(owner, FIELD, owner) })),
    );
    // A replica of before, and two that know both keys; none of them knows that anything is changed.
    const replicas = [vaultOf(OLD, NEW), vaultOf(NEW, OLD), vaultOf(NEW, OLD)];
    let isOver = false;
    const busy = replicas.map(async (vault, replica) => {
      let calls = 0;
      for (; !isOver || calls < 20; calls += 1) {
        const { owner, sealed } = kept[(calls * 31 + replica) % kept.length] ?? { owner: OWNER, sealed: "" };
        expect(await vault.open(owner, FIELD, sealed)).toEqual(owner);
        const again = await vault.seal(owner, FIELD, calls);
        expect(await replicas[(replica + 1) % replicas.length]?.open(owner, FIELD, again)).toBe(calls);
      }
      return calls;
    });
    const rotated = await vaultOf(NEW, OLD).rotate();
    isOver = true;
    expect(Math.min(...(await Promise.all(busy)))).toBeGreaterThanOrEqual(20);
    expect(rotated).toBe(owners.length);

    const [now, past] = [vaultOf(NEW), vaultOf(OLD)];
    for (const { owner, sealed } of kept) {
      expect(await now.open(owner, FIELD, sealed)).toEqual(owner);
      await expect(past.open(owner, FIELD, sealed)).rejects.toThrow(Unsealable);
    }
    await expect(past.seal(owners[0] ?? OWNER, FIELD, 1)).rejects.toThrow(
      `The master key "${keyIdOf(NEW)}" is missing here. Give it in TICKETGRAPH_MASTER_KEY, or in TICKETGRAPH_OLD_MASTER_KEYS beside a newer one.`,
    );
    expect(await now.rotate()).toBe(0);
  });

  it("changes the master key for a connection that comes amid it, under the former one", async () => {
    const late = vaultOf(OLD, NEW);
    await late.seal({ ...OWNER, connectionId: "m" }, FIELD, 1);
    const both = masterKeyWrapper([NEW, OLD]);
    let sealed = "";
    const rotating = openVault(store, {
      ...both,
      async wrap(key, purpose) {
        sealed ||= await late.seal({ ...OWNER, connectionId: "a" }, FIELD, "late");
        return both.wrap(key, purpose);
      },
    });
    expect(await rotating.rotate()).toBe(2);
    expect(await vaultOf(NEW).open({ ...OWNER, connectionId: "a" }, FIELD, sealed)).toBe("late");
  });

  it("says which key is missing where a former one is lost, and leaves what it wrapped as it is", async () => {
    await vaultOf(OLD).seal(OWNER, FIELD, 1);
    const kept = await keyOf();
    await expect(vaultOf(NEXT).rotate()).rejects.toThrow(`The master key "${keyIdOf(OLD)}" is missing here.`);
    expect(await keyOf()).toEqual(kept);
  });

  it("gives a connection that was deleted and made again another key, also where the former one is remembered", async () => {
    const [here, there] = [vaultOf(OLD), vaultOf(OLD)];
    const row = { ...OWNER, vendor: "jira", name: "Jira", settings: {}, version: 1 };
    const make = async (value: string) => {
      const sealed = await here.seal(OWNER, FIELD, value);
      await insertConnection(store.of("acme"), { ...row, sealed }, "test");
      return sealed;
    };
    const first = await make("first");
    expect(await there.open(OWNER, FIELD, first)).toBe("first");
    const former = await keyOf();
    expect(await store.of("acme").transaction((tx) => deleteConnectionRow(tx, OWNER))).toBe(true);
    expect(await keyOf()).toBeUndefined();
    const second = await make("second");
    expect((await keyOf())?.wrapped).not.toBe(former?.wrapped);
    expect(await there.open(OWNER, FIELD, second)).toBe("second");
    // Whoever has a copy of the former secrets has nothing: their key is gone.
    await expect(vaultOf(OLD).open(OWNER, FIELD, first)).rejects.toThrow(Unsealable);
  });
});
