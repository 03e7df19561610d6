import { sql } from "drizzle-orm";
import type { Owner } from "../domain/owner.js";
import { asked, rowsOf, type Db } from "./store.js";

/** A connection's key as it is kept. */
interface DataKeyRow extends Owner {
  readonly keyId: string;
  readonly wrapped: string;
}

const COLUMNS = sql`tenant_id as "tenantId", connection_id as "connectionId", key_id as "keyId", wrapped`;

/** The key of a connection; undefined where it has none yet. */
export async function findDataKey(db: Db, { tenantId, connectionId }: Owner): Promise<DataKeyRow | undefined> {
  const result = await asked(() =>
    db.execute(sql`select ${COLUMNS} from data_keys where tenant_id = ${tenantId} and connection_id = ${connectionId}`),
  );
  return rowsOf<DataKeyRow>(result)[0];
}

/** Keeps a connection's first key; of two that come at once the first one stays. */
export async function keepDataKey(db: Db, { tenantId, connectionId, keyId, wrapped }: DataKeyRow): Promise<void> {
  await asked(() =>
    db.execute(sql`
      insert into data_keys (tenant_id, connection_id, key_id, wrapped) values (${tenantId}, ${connectionId}, ${keyId}, ${wrapped})
      on conflict do nothing`),
  );
}

/** Some of the keys that another master key than this one wraps. */
export async function keysNotWrappedBy(db: Db, keyId: string, limit: number): Promise<readonly DataKeyRow[]> {
  const result = await asked(() =>
    db.execute(sql`select ${COLUMNS} from data_keys where key_id <> ${keyId} limit ${limit}`),
  );
  return rowsOf<DataKeyRow>(result);
}

/** Puts a key that was wrapped anew in the old one's place; says whether that was still there. */
export async function rewrapDataKey(
  db: Db,
  old: DataKeyRow,
  { keyId, wrapped }: Pick<DataKeyRow, "keyId" | "wrapped">,
): Promise<boolean> {
  const result = await asked(() =>
    db.execute(sql`
      update data_keys set key_id = ${keyId}, wrapped = ${wrapped}, wrapped_at = now()
      where tenant_id = ${old.tenantId} and connection_id = ${old.connectionId} and wrapped = ${old.wrapped}
      returning tenant_id`),
  );
  return rowsOf(result).length > 0;
}
