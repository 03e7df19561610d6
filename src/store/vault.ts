import { randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import { findDataKey, keepDataKey, keysNotWrappedBy, rewrapDataKey } from "./data-keys.js";
import type { KeyWrapper } from "./key-wrapper.js";
import type { Owner } from "../domain/owner.js";
import { seal, unseal } from "./seal.js";
import type { Store } from "./store.js";

/** Where the secrets of connections are kept: each connection's under a key of its own, which the master key wraps. */
export interface Vault {
  /** Encrypts a value, bound to its connection and to `field`: for no other place can it be opened. */
  seal(owner: Owner, field: string, value: unknown): Promise<string>;
  /** What was sealed. Throws Unsealable. */
  open(owner: Owner, field: string, sealed: string): Promise<unknown>;
  /** Wraps every key anew that the present master key doesn't wrap; the secrets themselves stay as they are. Gives how many. Throws Unsealable. */
  rotate(): Promise<number>;
}

/** So many connections' keys are remembered, unwrapped. */
const REMEMBERED = 10_000;
/** How many keys one statement of a rotation reads. */
const AT_ONCE = 100;

export function openVault(store: Pick<Store, "of" | "system">, wrapper: KeyWrapper): Vault {
  const keys = new LRUCache<string, Buffer>({ max: REMEMBERED });
  const purposeOf = ({ tenantId, connectionId }: Owner): string => JSON.stringify([tenantId, connectionId]);

  async function read(owner: Owner): Promise<Buffer | undefined> {
    const row = await findDataKey(store.of(owner.tenantId), owner);
    return row && wrapper.unwrap(row.wrapped, row.keyId, purposeOf(owner));
  }
  async function readOrMake(owner: Owner): Promise<Buffer> {
    const found = await read(owner);
    if (found) return found;
    const wrapped = await wrapper.wrap(randomBytes(32), purposeOf(owner));
    await keepDataKey(store.of(owner.tenantId), { ...owner, keyId: wrapper.keyId, wrapped });
    return (await read(owner)) ?? readOrMake(owner);
  }
  async function makeSure(owner: Owner): Promise<Buffer> {
    const key = await readOrMake(owner);
    keys.set(purposeOf(owner), key);
    return key;
  }
  const fieldOf = (owner: Owner, field: string): string => JSON.stringify([owner.tenantId, owner.connectionId, field]);

  return {
    // Always with the key that is kept now: one that is only remembered may be gone with the connection that had it.
    seal: async (owner, field, value) =>
      seal(await makeSure(owner), fieldOf(owner, field), Buffer.from(JSON.stringify(value))),
    async open(owner, field, sealed) {
      const purpose = fieldOf(owner, field);
      const remembered = keys.get(purposeOf(owner));
      const secret =
        (remembered && tried(remembered, purpose, sealed)) ?? unseal(await makeSure(owner), purpose, sealed);
      return JSON.parse(secret.toString()) as unknown;
    },
    async rotate() {
      let count = 0;
      for (;;) {
        // From the beginning each time: a replica that knows only the former key may have made one behind this.
        const rows = await keysNotWrappedBy(store.system, wrapper.keyId, AT_ONCE);
        if (rows.length === 0) return count;
        for (const row of rows) {
          const key = await wrapper.unwrap(row.wrapped, row.keyId, purposeOf(row));
          const wrapped = await wrapper.wrap(key, purposeOf(row));
          if (await rewrapDataKey(store.system, row, { keyId: wrapper.keyId, wrapped })) count += 1;
        }
      }
    },
  };
}

function tried(key: Buffer, purpose: string, sealed: string): Buffer | undefined {
  try {
    return unseal(key, purpose, sealed);
  } catch {
    return undefined;
  }
}
