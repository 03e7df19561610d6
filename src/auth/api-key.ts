import { timingSafeEqual } from "node:crypto";
import type { Caller, Scope } from "../domain/caller.js";
import { hashKey } from "./key-format.js";

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

/** The keys of the configuration. */
export interface ApiKeys {
  /** The caller that a key of this hash stands for; undefined for a key that nobody has. */
  find(hash: string): Caller | undefined;
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
    const hash = hashKey(entry.key);
    const other = held.get(hash);
    if (other)
      throw new Error(`The API keys "${other.caller.name}" and "${entry.name}" are the same. Give each its own.`);
    held.set(hash, { hash: Buffer.from(hash), caller: callerOf(entry) });
  }
  return {
    find(hash) {
      const candidate = held.get(hash);
      return candidate && timingSafeEqual(candidate.hash, Buffer.from(hash)) ? candidate.caller : undefined;
    },
  };
}

function callerOf({ tenantId, name, scopes, connections, defaultConnection }: ApiKeyEntry): Caller {
  return {
    tenantId,
    name,
    keyId: `config:${name}`,
    scopes: new Set(scopes),
    connections: connections === "all" ? "all" : new Set(connections),
    ...(defaultConnection !== undefined && { defaultConnection }),
  };
}
