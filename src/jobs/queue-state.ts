import { createRequire } from "node:module";
import { sql } from "drizzle-orm";
import { asked, rowsOf, type Db } from "../store/store.js";

const pgBoss = createRequire(import.meta.url)("pg-boss/package.json") as {
  readonly pgboss: { readonly schema: number };
};

/** How the queue is, as its tables tell it. */
export interface QueueState {
  /** The version of its tables; undefined where there are none. */
  readonly version: number | undefined;
  /** The version that this program works with. */
  readonly wanted: number;
  /** How many pieces of work are due and not begun. */
  readonly waiting: number;
  /** For how long the oldest of them has been due, in milliseconds; 0 where none waits. */
  readonly oldestMs: number;
  /** How many were given up within the last day, after all their attempts. */
  readonly failed: number;
}

/** Looks at the queue without opening it; `db` is the database's own user's. Throws StoreUnavailable. */
export async function queueState(db: Db): Promise<QueueState> {
  const state: QueueState = { version: undefined, wanted: pgBoss.pgboss.schema, waiting: 0, oldestMs: 0, failed: 0 };
  if (!(await one<{ isThere: boolean }>(db, sql`select to_regclass('jobs.version') is not null as "isThere"`)).isThere)
    return state;
  const { version } = await one<{ version: number }>(db, sql`select version from jobs.version`);
  // What is younger has tables of another shape.
  if (version < state.wanted) return { ...state, version };
  const counts = await one<Pick<QueueState, "waiting" | "oldestMs" | "failed">>(
    db,
    sql`select
      count(*) filter (where state in ('created', 'retry') and start_after <= now())::int as waiting,
      coalesce(extract(epoch from now() - min(start_after) filter (where state in ('created', 'retry') and start_after <= now())) * 1000, 0)::float8 as "oldestMs",
      count(*) filter (where state = 'failed' and completed_on > now() - interval '1 day')::int as failed
    from jobs.job`,
  );
  return { ...state, version, ...counts };
}

async function one<T>(db: Db, statement: ReturnType<typeof sql>): Promise<T> {
  return rowsOf<T>(await asked(() => db.execute(statement)))[0] as T;
}
