import { createHash, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import pRetry from "p-retry";
import { StoreUnavailable } from "../domain/store-unavailable.js";
import type { Owner } from "../domain/owner.js";
import { asked, rowsOf, type Db } from "./store.js";
import type { Vault } from "./vault.js";

/** What keeps one connection's tokens: `renew` as the door to the vendor wants it, for whatever a door keeps. */
interface KeptSecret {
  renew<Kept extends object>(work: (kept: Kept | undefined) => Promise<Kept>): Promise<Kept>;
}

/** How long a renewal is one replica's alone, in milliseconds: longer than any call to an authorization server takes. */
const LEASE_MS = 90_000;
/** How often it is looked whether another replica's renewal is done, in milliseconds. */
const LOOK_MS = 100;
const FIELD = "tokens";
/** Within the lease, and not so long that whoever waits for the token has gone. */
const UNTIL_KEPT = { retries: 40, factor: 1, minTimeout: 500 } as const;

/**
 * Keeps what a vendor's authorization server gave, encrypted, for all replicas: one renews at a time, and what it got is committed
 * before anybody uses it. Tokens hold only for the credentials that they grew from: others begin anew. Throws StoreUnavailable.
 */
export function openVendorTokens(db: Db, vault: Vault, owner: Owner, credentials: unknown): KeptSecret {
  const seed = seedOf(credentials);
  return {
    async renew(work) {
      const holder = randomUUID();
      const row = await takeTurn(db, owner, holder);
      try {
        const kept = row.sealed !== null && row.seed === seed ? await vault.open(owner, FIELD, row.sealed) : undefined;
        type Kept = Awaited<ReturnType<typeof work>>;
        const next = await work(kept as Kept | undefined);
        // The vendor takes the former refresh token no more: where the database is away for a moment, this one waits for it.
        if (next !== kept)
          await pRetry(async () => keep(db, owner, holder, seed, await vault.seal(owner, FIELD, next)), {
            ...UNTIL_KEPT,
            shouldRetry: ({ error }) => error instanceof StoreUnavailable,
          });
        return next;
      } finally {
        await leave(db, owner, holder).catch(unlessAway);
      }
    },
  };
}

/** What is kept of a connection's tokens at the moment; takes no turn and changes nothing. Throws StoreUnavailable, Unsealable. */
export async function readVendorTokens(db: Db, vault: Vault, owner: Owner, credentials: unknown): Promise<unknown> {
  const { tenantId, connectionId } = owner;
  const result = await asked(() =>
    db.execute(
      sql`select seed, sealed from vendor_tokens where tenant_id = ${tenantId} and connection_id = ${connectionId}`,
    ),
  );
  const [row] = rowsOf<Turn>(result);
  return row && row.sealed !== null && row.seed === seedOf(credentials)
    ? vault.open(owner, FIELD, row.sealed)
    : undefined;
}

function seedOf(credentials: unknown): string {
  return createHash("sha256").update(JSON.stringify(credentials)).digest("base64url");
}

interface Turn {
  readonly seed: string;
  readonly sealed: string | null;
}

async function takeTurn(db: Db, { tenantId, connectionId }: Owner, holder: string): Promise<Turn> {
  for (;;) {
    const result = await asked(() =>
      db.execute(sql`
        insert into vendor_tokens as t (tenant_id, connection_id, seed, holder, due_at)
        values (${tenantId}, ${connectionId}, '', ${holder}::uuid, now() + ${LEASE_MS} * interval '1 ms')
        on conflict (tenant_id, connection_id) do update set holder = excluded.holder, due_at = excluded.due_at
          where t.due_at is null or t.due_at <= now()
        returning seed, sealed`),
    );
    const [row] = rowsOf<Turn>(result);
    if (row) return row;
    await wait(LOOK_MS);
  }
}

/** Throws where the turn was another's meanwhile: what it kept is newer. */
async function keep(db: Db, { tenantId, connectionId }: Owner, holder: string, seed: string, sealed: string) {
  const result = await asked(() =>
    db.execute(sql`
      update vendor_tokens set seed = ${seed}, sealed = ${sealed}, version = version + 1, updated_at = now()
      where tenant_id = ${tenantId} and connection_id = ${connectionId} and holder = ${holder}::uuid
      returning version`),
  );
  if (rowsOf(result).length === 0) throw new Error("A renewal of tokens took so long that another replica took over.");
}

async function leave(db: Db, { tenantId, connectionId }: Owner, holder: string): Promise<void> {
  await asked(() =>
    db.execute(sql`
      update vendor_tokens set holder = null, due_at = null
      where tenant_id = ${tenantId} and connection_id = ${connectionId} and holder = ${holder}::uuid`),
  );
}

/** Where the database went away meanwhile, the turn ends by itself. */
function unlessAway(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error;
}

/** Lets every renewal go: right only where no other process can be at one, as in an embedded store just opened. */
export async function releaseTokens(db: Db): Promise<void> {
  await asked(() => db.execute(sql`update vendor_tokens set holder = null, due_at = null where due_at is not null`));
}
