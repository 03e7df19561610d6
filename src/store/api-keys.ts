import { sql } from "drizzle-orm";
import type { ApiKey } from "../domain/api-key.js";
import type { Scope } from "../domain/caller.js";
import { tell } from "./news.js";
import { asked, inTransaction, rowsOf, type Db } from "./store.js";

/** On this channel the hash of every key is notified that is created or revoked. */
export const KEY_CHANNEL = "api_keys";

/** A key to be kept: of the key itself only the hash. */
interface NewApiKey {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly prefix: string;
  readonly hash: string;
  readonly scopes: readonly Scope[];
  readonly connections: readonly string[] | "all";
  readonly defaultConnection: string | null;
  readonly expiresAt: Date | null;
  readonly createdBy: string;
}

/** What whoever presents a key must be judged by. */
export interface KeyHolder {
  readonly key: ApiKey;
  readonly tenantId: string;
  /** How long it is still good, in milliseconds by the database's clock: 0 or less where it has expired, null: for ever. */
  readonly expiresInMs: number | null;
}

const COLUMNS = sql`id, tenant_id as "tenantId", name, prefix, scopes, connections, default_connection as "defaultConnection",
  created_at as "createdAt", created_by as "createdBy", expires_at as "expiresAt", last_used_at as "lastUsedAt",
  revoked_at as "revokedAt", revoked_by as "revokedBy"`;

function readKey(row: Record<string, unknown>): ApiKey {
  const moment = (value: unknown): Date | null => (value === null ? null : new Date(value as string));
  const { tenantId: _, expiresInMs: __, ...rest } = row;
  return {
    ...(rest as unknown as ApiKey),
    source: "API",
    connections: (row["connections"] as string[] | null) ?? "all",
    createdAt: moment(row["createdAt"]),
    expiresAt: moment(row["expiresAt"]),
    lastUsedAt: moment(row["lastUsedAt"]),
    revokedAt: moment(row["revokedAt"]),
  };
}

/** Keeps a key and tells every replica of it; undefined where the tenant has one of this name that isn't revoked. */
export async function insertKey(db: Db, key: NewApiKey): Promise<ApiKey | undefined> {
  const connections = key.connections === "all" ? null : JSON.stringify(key.connections);
  return inTransaction(db, async (tx) => {
    const result = await tx.execute(sql`
      insert into api_keys (id, tenant_id, name, prefix, hash, scopes, connections, default_connection, created_at, created_by, expires_at)
      select ${key.id}::uuid, ${key.tenantId}::text, ${key.name}::text, ${key.prefix}::text, ${key.hash}::text, ${JSON.stringify(key.scopes)}::jsonb,
        ${connections}::jsonb, ${key.defaultConnection}::text, now(), ${key.createdBy}::text, ${key.expiresAt?.toISOString() ?? null}::timestamptz
      where not exists (
        select from api_keys where tenant_id = ${key.tenantId} and name = ${key.name} and revoked_at is null)
      on conflict do nothing returning ${COLUMNS}`);
    const [made] = rowsOf<Record<string, unknown>>(result).map(readKey);
    if (made) await tell(tx, KEY_CHANNEL, [key.hash]);
    return made;
  });
}

/** Revokes a key and tells every replica of it; once revoked it stays as it is. Undefined where the tenant has no such key. */
export async function revokeKey(db: Db, tenantId: string, id: string, by: string): Promise<ApiKey | undefined> {
  return inTransaction(db, async (tx) => {
    const result = await tx.execute(sql`
      update api_keys set revoked_at = coalesce(revoked_at, now()), revoked_by = coalesce(revoked_by, ${by}::text)
      where tenant_id = ${tenantId} and id = ${id}::uuid returning ${COLUMNS}, hash`);
    const [row] = rowsOf<Record<string, unknown>>(result);
    if (!row) return undefined;
    const { hash, ...rest } = row;
    await tell(tx, KEY_CHANNEL, [String(hash)]);
    return readKey(rest);
  });
}

/** One key of a tenant. */
export async function findKey(db: Db, tenantId: string, id: string): Promise<ApiKey | undefined> {
  const result = await asked(() =>
    db.execute(sql`select ${COLUMNS} from api_keys where tenant_id = ${tenantId} and id = ${id}::uuid`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readKey)[0];
}

/** A tenant's keys, the latest first, revoked ones too; `after` is the id that the page before ended with. */
export async function listKeys(
  db: Db,
  tenantId: string,
  { first, after }: { readonly first: number; readonly after?: string },
): Promise<readonly ApiKey[]> {
  const behind = after
    ? sql`and number < (select number from api_keys where tenant_id = ${tenantId} and id = ${after}::uuid)`
    : sql``;
  const result = await asked(() =>
    db.execute(sql`
      select ${COLUMNS} from api_keys where tenant_id = ${tenantId} ${behind}
      order by number desc limit ${first}`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readKey);
}

/** Whose key this is the hash of, whatever tenant that may be: before it is known, nobody has one. */
export async function findKeyByHash(system: Db, hash: string): Promise<KeyHolder | undefined> {
  const result = await asked(() =>
    system.execute(sql`
      select ${COLUMNS}, (extract(epoch from expires_at - now()) * 1000)::float8 as "expiresInMs"
      from api_keys where hash = ${hash}`),
  );
  const [row] = rowsOf<Record<string, unknown>>(result);
  if (!row) return undefined;
  const { expiresInMs, tenantId } = row;
  return {
    key: readKey(row),
    tenantId: String(tenantId),
    expiresInMs: expiresInMs === null ? null : Number(expiresInMs),
  };
}

/** Writes down that a key is in use, once a minute however many replicas say so. */
export async function touchKey(db: Db, tenantId: string, id: string): Promise<void> {
  await asked(() =>
    db.execute(sql`
      update api_keys set last_used_at = now()
      where tenant_id = ${tenantId} and id = ${id}::uuid
        and (last_used_at is null or last_used_at < now() - interval '1 minute')`),
  );
}
