import { sql } from "drizzle-orm";
import type { Figures } from "../domain/figures.js";
import { asked, rowsOf, type Db } from "../store/store.js";

/**
 * What is in pg-boss's queues. What waits is counted by the index from which workers take it; what is under way is as pg-boss
 * itself counted it some seconds ago. `db` is the database's own user's. Throws StoreUnavailable.
 */
export async function queueFigures(db: Db): Promise<Figures["queues"]> {
  const result = await asked(() =>
    db.execute(sql`
      select q.name as queue, q.active_count::int as active, j.ready, j.deferred, j.oldest
      from jobs.queue q
      cross join lateral (
        select (count(*) filter (where start_after <= now()))::int as ready,
          (count(*) filter (where start_after > now()))::int as deferred,
          (extract(epoch from now() - min(greatest(created_on, start_after)) filter (where start_after <= now())))::float8 as oldest
        from jobs.job where name = q.name and state < 'active' and not blocked) j
      where q.name not like ${"\\_\\_%"}`),
  );
  return rowsOf(result);
}
