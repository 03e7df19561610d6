import { sql } from "drizzle-orm";
import type { Owner } from "../domain/owner.js";
import { asked, rowsOf, type Db } from "./store.js";
import type { Vault } from "./vault.js";

/** Keeps, for all replicas and for a while, what somebody has begun who will come back: each once, and encrypted. */
interface PendingSecrets<Kept extends Owner> {
  put(key: string, pending: Kept, ttlMs: number): Promise<void>;
  take(key: string): Promise<Kept | undefined>;
}

const FIELD = "pending";

export function openPending<Kept extends Owner>(system: Db, vault: Vault): PendingSecrets<Kept> {
  return {
    async put(key, pending, ttlMs) {
      const { tenantId, connectionId } = pending;
      const sealed = await vault.seal(pending, FIELD, pending);
      await asked(() => system.execute(sql`delete from oauth_pending where expires_at < now()`));
      await asked(() =>
        system.execute(sql`
          insert into oauth_pending (state_hash, tenant_id, connection_id, sealed, expires_at)
          values (${key}, ${tenantId}, ${connectionId}, ${sealed}, now() + ${ttlMs} * interval '1 ms')`),
      );
    },
    async take(key) {
      const result = await asked(() =>
        system.execute(sql`
          delete from oauth_pending where state_hash = ${key}
          returning tenant_id as "tenantId", connection_id as "connectionId", sealed, expires_at > now() as "isFresh"`),
      );
      const [row] = rowsOf<Owner & { sealed: string; isFresh: boolean }>(result);
      return row?.isFresh ? ((await vault.open(row, FIELD, row.sealed)) as Kept) : undefined;
    },
  };
}
