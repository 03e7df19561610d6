import { sql } from "drizzle-orm";
import type { Owner } from "../domain/owner.js";
import { asked, rowsOf, type Db } from "./store.js";

/** On this channel every connection that was made, changed or taken away is told, as JSON of its owner. */
export const CONNECTIONS_CHANNEL = "connections";

/** A connection that was made while the gateway ran. */
export interface ConnectionRow extends Owner {
  readonly vendor: string;
  readonly name: string;
  /** All that is no secret. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The secrets, encrypted. */
  readonly sealed: string;
  /** Raised by each change. */
  readonly version: number;
}

const COLUMNS = sql`tenant_id as "tenantId", id as "connectionId", vendor, name, settings, sealed, version`;
const told = ({ tenantId, connectionId }: Owner) =>
  sql`pg_notify(${CONNECTIONS_CHANNEL}, ${JSON.stringify({ tenantId, connectionId })})`;

/** Every tenant's connections. */
export async function allConnections(system: Db): Promise<readonly ConnectionRow[]> {
  const result = await asked(() => system.execute(sql`select ${COLUMNS} from connections order by tenant_id, id`));
  return rowsOf<ConnectionRow>(result);
}

export async function findConnectionRow(db: Db, { tenantId, connectionId }: Owner): Promise<ConnectionRow | undefined> {
  const result = await asked(() =>
    db.execute(sql`select ${COLUMNS} from connections where tenant_id = ${tenantId} and id = ${connectionId}`),
  );
  return rowsOf<ConnectionRow>(result)[0];
}

/** Keeps a new connection; false where its id is taken. */
export async function insertConnection(tx: Db, row: ConnectionRow, createdBy: string): Promise<boolean> {
  const result = await asked(() =>
    tx.execute(sql`
      with kept as (
        insert into connections (tenant_id, id, vendor, name, settings, sealed, version, created_by)
        values (${row.tenantId}, ${row.connectionId}, ${row.vendor}, ${row.name}, ${JSON.stringify(row.settings)}::jsonb,
          ${row.sealed}, ${row.version}, ${createdBy})
        on conflict do nothing returning id)
      select ${told(row)} from kept`),
  );
  return rowsOf(result).length > 0;
}

/** Writes a connection as it is now; false where another change, or its end, came before. */
export async function updateConnectionRow(tx: Db, row: ConnectionRow): Promise<boolean> {
  const result = await asked(() =>
    tx.execute(sql`
      with kept as (
        update connections set name = ${row.name}, settings = ${JSON.stringify(row.settings)}::jsonb, sealed = ${row.sealed},
          version = ${row.version}, updated_at = now()
        where tenant_id = ${row.tenantId} and id = ${row.connectionId} and version = ${row.version - 1} returning id)
      select ${told(row)} from kept`),
  );
  return rowsOf(result).length > 0;
}

/**
 * Takes a connection away, with its secrets and its key; what was copied of its tickets goes by `dropCopies`. What was delivered over it stays known,
 * so that a connection of the same name never writes the same again. False where there was none.
 */
export async function deleteConnectionRow(tx: Db, owner: Owner): Promise<boolean> {
  const { tenantId, connectionId } = owner;
  const result = await asked(() =>
    tx.execute(sql`
      with gone as (delete from connections where tenant_id = ${tenantId} and id = ${connectionId} returning id)
      select ${told(owner)} from gone`),
  );
  if (rowsOf(result).length === 0) return false;
  for (const table of ["vendor_tokens", "oauth_pending", "data_keys", "syncs", "inbox"])
    await asked(() =>
      tx.execute(
        sql`delete from ${sql.identifier(table)} where tenant_id = ${tenantId} and connection_id = ${connectionId}`,
      ),
    );
  return true;
}

/** How many rows of copies one statement takes away: a million of them would take longer than any statement may. */
const COPIES_AT_ONCE = 5_000;

/** Takes away what was copied of a connection that is gone. */
export async function dropCopies(db: Db, { tenantId, connectionId }: Owner): Promise<void> {
  for (const table of ["synced_tickets", "synced_things"] as const) {
    const name = sql.identifier(table);
    for (let left = true; left;) {
      const result = await asked(() =>
        db.execute(sql`
          with some as (
            select ctid from ${name} where tenant_id = ${tenantId} and connection_id = ${connectionId} limit ${COPIES_AT_ONCE}),
          gone as (delete from ${name} where ctid in (select ctid from some) returning 1)
          select count(*)::int as count from gone`),
      );
      left = (rowsOf<{ count: number }>(result)[0]?.count ?? 0) > 0;
    }
  }
}
