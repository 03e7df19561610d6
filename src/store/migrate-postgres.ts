import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { MIGRATIONS, schemaState } from "./migrations.js";
import { ENSURE_ROLES } from "./roles.js";
import type { SchemaState } from "./store.js";

/** "tkgr": whoever migrates holds this lock, so that two replicas may start at once. */
const MIGRATION_LOCK = 0x746b6772;

/**
 * Brings the tables of a PostgreSQL database up to date, after whoever else does so at the moment, and tells what it did. Throws
 * what the driver throws where it can't be reached.
 */
export async function migratePostgres(url: string): Promise<SchemaState> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]).catch((error: { readonly code?: unknown }) => {
      // YugabyteDB may have none of these locks: there the first replica is started alone.
      if (error.code !== "0A000") throw error;
    });
    await client.query(ENSURE_ROLES).catch(withoutRoles);
    const db = drizzle(client);
    const { pending, newer } = await schemaState(db);
    await migrate(db, { migrationsFolder: MIGRATIONS });
    return { ran: pending, pending: [], newer };
  } finally {
    await client.end();
  }
}

/** A user that may make no roles needs somebody who does it once. */
function withoutRoles(error: { readonly code?: unknown }): never {
  if (error.code !== "42501") throw error;
  const advice = `Have an administrator run once:${ENSURE_ROLES.replaceAll("current_user", "'<the user of DATABASE_URL>'")}`;
  throw new Error(`its user may not make the roles that keep tenants apart. ${advice}`, { cause: error });
}
