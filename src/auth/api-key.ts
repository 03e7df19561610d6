import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import type { Caller, Scope } from "../domain/caller.js";

/** One API key as configured; `key` is what the client presents. */
export interface ApiKeyEntry {
  readonly tenantId: string;
  readonly name: string;
  readonly key: string;
  readonly scopes: readonly Scope[];
  /** The ids of the connections that the key is bound to; "all" for every one of the tenant. */
  readonly connections: readonly string[] | "all";
  /** Where operations go that name no connection. */
  readonly defaultConnection?: string;
}

/** The keys that open this server. */
export interface ApiKeys {
  /** The caller that this key stands for; undefined for a key that nobody has. */
  find(presented: string): Caller | undefined;
}

/**
 * Keeps the keys as SHA-256 only, so that the memory of a running server gives none away. Throws where two entries share a key.
 *
 * A stranger can't learn a key from how long `find` takes: the table is searched by the hash of what was presented, and nobody
 * can choose keys whose hashes share a beginning with an unknown one; the last word is a comparison in constant time.
 */
export function openApiKeys(entries: readonly ApiKeyEntry[]): ApiKeys {
  const held = new Map<string, { readonly hash: Buffer; readonly caller: Caller }>();
  for (const entry of entries) {
    const hash = sha256(entry.key);
    const slot = hash.toString("latin1");
    const other = held.get(slot);
    if (other)
      throw new Error(`The API keys "${other.caller.name}" and "${entry.name}" are the same. Give each its own.`);
    held.set(slot, { hash, caller: callerOf(entry) });
  }
  return {
    find(presented) {
      const hash = sha256(presented);
      const candidate = held.get(hash.toString("latin1"));
      return candidate && timingSafeEqual(candidate.hash, hash) ? candidate.caller : undefined;
    },
  };
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A new key for the demo: "tg_demo_" and 32 random letters and digits (190 bits); `random(n)` gives 0 to n - 1. */
export function makeDemoKey(random: (below: number) => number = (below) => randomInt(below)): string {
  return `tg_demo_${Array.from({ length: 32 }, () => BASE62.charAt(random(BASE62.length))).join("")}`;
}

function callerOf({ tenantId, name, scopes, connections, defaultConnection }: ApiKeyEntry): Caller {
  return {
    tenantId,
    name,
    scopes: new Set(scopes),
    connections: connections === "all" ? "all" : new Set(connections),
    ...(defaultConnection !== undefined && { defaultConnection }),
  };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
