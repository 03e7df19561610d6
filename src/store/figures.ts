import { sql, type SQL } from "drizzle-orm";
import type { Figures } from "../domain/figures.js";
import { asked, rowsOf, type Db } from "./store.js";

/** So many rows of a tenant and state are counted: to know that there are more would cost more than it tells. */
const COUNTED = 10_000;

/** What waits in the store: one statement each, by index. Throws StoreUnavailable. */
export async function storeFigures(db: Db, tenantIds: readonly string[]): Promise<Omit<Figures, "queues">> {
  const rows = async <T>(statement: SQL): Promise<readonly T[]> => rowsOf<T>(await asked(() => db.execute(statement)));
  return {
    ledger: await rows(ledger(tenantIds)),
    jobs: await rows(JOBS),
    syncs: await rows(SYNCS),
    inbox: await rows(INBOX),
  };
}

/** Millions of rows are settled: so only the others are looked at, by the index of tenant and state. */
function ledger(tenantIds: readonly string[]): SQL {
  return sql`
    select tenant as "tenantId", d.connection_id as "connectionId", s.state, count(*)::int as rows,
      ${age(sql`min(d.created_at)`)} as oldest
    from jsonb_array_elements_text(${JSON.stringify(tenantIds)}::jsonb) as tenant
    cross join (values ('SENDING'), ('UNKNOWN'), ('NEEDS_REVIEW')) as s(state)
    cross join lateral (
      select connection_id, created_at from deliveries where tenant_id = tenant and state = s.state order by id limit ${COUNTED}) d
    group by tenant, d.connection_id, s.state`;
}

const JOBS = sql`
  select state, count(*)::int as jobs, coalesce(sum(total - settled), 0)::int as items
  from bulk_jobs where state in ('QUEUED', 'RUNNING', 'PAUSED') group by state`;

const SYNCS = sql`
  select tenant_id as "tenantId", connection_id as "connectionId", state, ${age(sql`synced_at`)} as lag from syncs`;

const INBOX = sql`
  select tenant_id as "tenantId", connection_id as "connectionId", count(*)::int as rows, ${age(sql`min(received_at)`)} as oldest
  from inbox where due_at is not null group by tenant_id, connection_id`;

/** In seconds; never less than none, whatever a clock says. */
function age(moment: SQL): SQL {
  return sql`greatest(0, extract(epoch from now() - ${moment}))::float8`;
}
