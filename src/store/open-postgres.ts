import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client, Pool } from "pg";
import { openListener } from "./listener.js";
import { MIGRATIONS } from "./migrations.js";
import { pgEngine } from "./pg-engine.js";
import { ENSURE_ROLES } from "./roles.js";
import { scoped } from "./scoped.js";
import type { Store } from "./store.js";

/** "tkgr": whoever migrates holds this lock, so that two replicas may start at once. */
const MIGRATION_LOCK = 0x746b6772;

/** Opens PostgreSQL and brings its tables up to date. Throws what the driver throws where it can't be reached. */
export async function openPostgres(url: string): Promise<Store> {
  // A write of ours is promised to be there after a crash, whatever the server's own default is.
  const options = "-c synchronous_commit=on";
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 3_000,
    query_timeout: 15_000,
    options,
  });
  // An idle connection that the server ends is replaced at the next query; without a listener it would end us.
  pool.on("error", () => {});
  // The same for one that is lost amid a transaction, between two statements.
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await migrateOnce(url);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const listener = openListener(() => new Client({ connectionString: url }));
  const engine = pgEngine(pool);
  return {
    engine: { kind: "postgres", url },
    db: scoped(engine),
    of: (tenantId) => scoped(engine, { tenantId }),
    system: scoped(engine, "system"),
    listen: listener.listen,
    async close() {
      await listener.close();
      await pool.end();
    },
  };
}

async function migrateOnce(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]).catch((error: { readonly code?: unknown }) => {
      // YugabyteDB may have none of these locks: there the first replica is started alone.
      if (error.code !== "0A000") throw error;
    });
    await client.query(ENSURE_ROLES).catch(withoutRoles);
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
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
