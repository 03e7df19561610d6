import { LRUCache } from "lru-cache";
import { StoreUnavailable } from "../domain/store-unavailable.js";
import { findKeyByHash, KEY_CHANNEL, touchKey, type KeyHolder } from "../store/api-keys.js";
import type { Store } from "../store/store.js";
import { EXPIRED, REVOKED, STORE_AWAY, TENANT_GONE, UNKNOWN, type Authentication } from "./authentication.js";

/** The keys that were created at run time. */
export interface StoredKeys {
  /** Whose key has this hash: at once where it was asked a moment ago. Throws only what is a bug. */
  find(hash: string): Authentication | Promise<Authentication>;
  close(): Promise<void>;
}

export interface StoredKeysOptions {
  readonly store: Pick<Store, "listen" | "system" | "of">;
  /** Whether a tenant is served here. */
  hasTenant(tenantId: string): boolean;
  /** Told of what must not fail a request. */
  onError(error: unknown): void;
  /** For how long an answer may be used, in milliseconds from when it was asked for; default 3 s. */
  readonly ttlMs?: number;
  /** How long the database may take to answer, in milliseconds; default 3 s. */
  readonly withinMs?: number;
}

/** What is written down as "last used" may be this old, in milliseconds. */
const TOUCH_MS = 60_000;
/** So many keys are remembered; and, apart from them, so many that nobody has: a flood of those pushes out no good one. */
const KEPT = 10_000;

/**
 * Looks keys up by their hash, once for all who ask at the same time, and remembers briefly what it found. Every replica hears
 * of a key that is created or revoked, and forgets it at once; where the news are lost, time does it.
 */
export async function openStoredKeys(options: StoredKeysOptions): Promise<StoredKeys> {
  const { store, onError, ttlMs = 3_000, withinMs = 3_000 } = options;
  const good = new LRUCache<string, Authentication>({ max: KEPT });
  const bad = new LRUCache<string, Authentication>({ max: KEPT });
  const underWay = new Map<string, Promise<Authentication>>();
  const touches = new Set<Promise<void>>();

  const forget = (hash: string): void => {
    // What is under way may have been read before the news.
    for (const kept of [good, bad, underWay])
      if (hash === "") kept.clear();
      else kept.delete(hash);
  };
  const touch = ({ key, tenantId }: KeyHolder): void => {
    if (key.lastUsedAt && Date.now() - key.lastUsedAt.getTime() < TOUCH_MS) return;
    const done: Promise<void> = touchKey(store.of(tenantId), tenantId, key.id)
      .catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) onError(error);
      })
      .finally(() => touches.delete(done));
    touches.add(done);
  };
  const lookUp = async (hash: string, isCurrent: () => boolean): Promise<Authentication> => {
    const askedAt = performance.now();
    const holder = await within(withinMs, findKeyByHash(store.system, hash));
    const answer = judge(holder, options);
    const age = performance.now() - askedAt;
    const left = Math.floor(Math.min(ttlMs, lifeOf(holder)) - age);
    if (left > 0 && isCurrent()) ("caller" in answer ? good : bad).set(hash, answer, { ttl: left });
    if (holder && "caller" in answer) touch(holder);
    return answer;
  };

  const stop = await store.listen(KEY_CHANNEL, forget).catch((error: unknown) => {
    onError(error);
    return async () => {};
  });
  return {
    find(hash) {
      const known = good.get(hash) ?? bad.get(hash) ?? underWay.get(hash);
      if (known) return known;
      const asked: Promise<Authentication> = lookUp(hash, () => underWay.get(hash) === asked)
        .catch((error: unknown) => {
          if (error instanceof StoreUnavailable) return { refused: STORE_AWAY };
          throw error;
        })
        .finally(() => {
          if (underWay.get(hash) === asked) underWay.delete(hash);
        });
      underWay.set(hash, asked);
      return asked;
    },
    async close() {
      await stop();
      await Promise.all(touches);
    },
  };
}

/** How long what is known of a key stays true by itself, in milliseconds. */
function lifeOf(holder: KeyHolder | undefined): number {
  const left = holder?.expiresInMs ?? Infinity;
  return left > 0 ? left : Infinity;
}

function judge(holder: KeyHolder | undefined, { hasTenant }: StoredKeysOptions): Authentication {
  if (!holder) return { refused: UNKNOWN };
  const { key, tenantId, expiresInMs } = holder;
  if (key.revokedAt) return { refused: REVOKED };
  if (expiresInMs !== null && expiresInMs <= 0) return { refused: EXPIRED };
  if (!hasTenant(tenantId)) return { refused: TENANT_GONE };
  const { id, name, scopes, connections, defaultConnection } = key;
  return {
    caller: {
      tenantId,
      name,
      keyId: id,
      scopes: new Set(scopes),
      connections: connections === "all" ? "all" : new Set(connections),
      ...(defaultConnection !== null && { defaultConnection }),
    },
  };
}

/** Waits so long and no longer: an answer that comes late is as good as none. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable("The gateway's database is slow to answer.")), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
