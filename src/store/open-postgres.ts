import { Client, Pool } from "pg";
import { openListener } from "./listener.js";
import { migratePostgres } from "./migrate-postgres.js";
import { schemaState } from "./migrations.js";
import { pgEngine } from "./pg-engine.js";
import { scoped } from "./scoped.js";
import type { Store } from "./store.js";

/** A write of ours is promised to be there after a crash, whatever the server's own default is. */
const DURABLE = "-c synchronous_commit=on";
const READ_ONLY = "-c default_transaction_read_only=on";

/** Opens PostgreSQL and brings its tables up to date. Throws what the driver throws where it can't be reached. */
export async function openPostgres(url: string): Promise<Store> {
  const schema = await migratePostgres(url);
  return { ...connect(url, DURABLE), schema };
}

/** The same, to look and not to touch: nothing is brought up to date, and the server refuses every write. */
export async function lookIntoPostgres(url: string): Promise<Store> {
  const store = connect(url, `${DURABLE} ${READ_ONLY}`);
  try {
    return { ...store, schema: await schemaState(store.db) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function connect(url: string, options: string): Omit<Store, "schema"> {
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
