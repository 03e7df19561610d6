import { sql } from "drizzle-orm";
import { asked, rowsOf, type Db } from "./store.js";

/** What was taken out of a window, and what the window still holds. */
export interface Taken {
  /** From 0 to what was asked for. */
  readonly granted: number;
  /** What others may still take until the window ends. */
  readonly left: number;
  readonly resetsInMs: number;
}

/**
 * Takes up to `chunk` out of a key's window, in one statement: all replicas together get no more than `limit` until the window ends. A
 * window begins with its first request and goes by the database's clock. Throws StoreUnavailable.
 */
export async function takeFromWindow(
  db: Db,
  key: string,
  chunk: number,
  limit: number,
  windowSeconds: number,
): Promise<Taken> {
  // A window that begins long from now was begun before the clock was set back; one that begins a little later than now was begun
  // by somebody whose statement came after ours and overtook it.
  const goesOn = sql`r.window_start > now() - make_interval(secs => ${windowSeconds})
    and r.window_start < now() + make_interval(secs => ${windowSeconds})`;
  const result = await asked(() =>
    db.execute(sql`
      insert into rate_limits as r (key, window_start, used) values (${key}, now(), ${chunk}::int)
      on conflict (key) do update set
        used = case when ${goesOn} then least(r.used, ${limit}::int) + excluded.used else excluded.used end,
        window_start = case when ${goesOn} then r.window_start else now() end
      returning used, extract(epoch from window_start + make_interval(secs => ${windowSeconds}) - now()) * 1000 as ms`),
  );
  const [row] = rowsOf<{ readonly used: number; readonly ms: string | number }>(result);
  if (!row) throw new Error("A window gave no row.");
  const before = row.used - chunk;
  return {
    granted: Math.max(0, Math.min(chunk, limit - before)),
    left: Math.max(0, limit - row.used),
    resetsInMs: Math.min(Math.max(1, Math.ceil(Number(row.ms))), windowSeconds * 1_000),
  };
}

/** Forgets the windows that ended long ago: who asks again begins a new one. */
export async function forgetWindows(db: Db): Promise<void> {
  await asked(() => db.execute(sql`delete from rate_limits where window_start < now() - interval '1 day'`));
}
