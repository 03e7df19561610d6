import { createHash } from "node:crypto";
import { seal, unseal, Unsealable } from "./seal.js";

/** Whoever encrypts ("wraps") the keys of connections: the operator's master key, or a key service in its place. */
export interface KeyWrapper {
  /** Of the key that wraps now; what was wrapped with another one is to be wrapped anew. */
  readonly keyId: string;
  /** `purpose` must be the same again when it is unwrapped. */
  wrap(key: Buffer, purpose: string): Promise<string>;
  /** Throws Unsealable where it hasn't the key of this id, or where it isn't that which wrapped it. */
  unwrap(wrapped: string, keyId: string, purpose: string): Promise<Buffer>;
}

/** Wraps with the first of these keys of 32 bytes, and unwraps with any of them. */
export function masterKeyWrapper(keys: readonly [Buffer, ...Buffer[]]): KeyWrapper {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  const keyId = keyIdOf(keys[0]);
  return {
    keyId,
    wrap: async (key, purpose) => seal(keys[0], `${keyId}|${purpose}`, key),
    async unwrap(wrapped, wrappedBy, purpose) {
      const key = byId.get(wrappedBy);
      if (key) return unseal(key, `${wrappedBy}|${purpose}`, wrapped);
      throw new Unsealable(
        `The master key "${wrappedBy}" is missing here. Give it in TICKETGRAPH_MASTER_KEY, or in TICKETGRAPH_OLD_MASTER_KEYS beside a newer one.`,
      );
    },
  };
}

/** By which a master key is known without being told. */
export function keyIdOf(key: Buffer): string {
  return createHash("sha256").update("ticketgraph master key|").update(key).digest("hex").slice(0, 12);
}
