import { sql } from "drizzle-orm";
import type { LoopMark, SyncMode, SyncState } from "../domain/sync.js";
import type { Owner } from "../domain/owner.js";
import { asked, rowsOf, type Db } from "./store.js";

/** A sync as its row has it: where it is, and who may go on. */
export interface SyncRow extends Owner, SyncState {
  readonly wanted: SyncMode | null;
  readonly run: number;
  readonly phase: "READING" | "LOOKING" | null;
  readonly cursor: string | null;
  readonly mark: LoopMark | null;
  /** From when on changes are wanted; null in a full run. */
  readonly since: Date | null;
  readonly fullAt: Date | null;
  readonly fence: number;
}

const COLUMNS = sql`tenant_id as "tenantId", connection_id as "connectionId", state, wanted, run, mode, phase, cursor, mark, since,
  tickets, error, fence, started_at as "startedAt", finished_at as "finishedAt", synced_at as "syncedAt", full_at as "fullAt"`;
const DATES = ["since", "startedAt", "finishedAt", "syncedAt", "fullAt"] as const;
const ms = (value: number) => sql`make_interval(secs => ${value / 1_000}::float8)`;

function readRow(row: Record<string, unknown>): SyncRow {
  const dates = DATES.map((name) => [name, row[name] == null ? null : new Date(row[name] as string)]);
  return { ...(row as unknown as SyncRow), run: Number(row["run"]), ...Object.fromEntries(dates) };
}

/** The syncs of some connections; those that never ran are left out. */
export async function findSyncs(
  db: Db,
  tenantId: string,
  connectionIds: readonly string[],
): Promise<readonly SyncRow[]> {
  const result = await asked(() =>
    db.execute(sql`
      select ${COLUMNS} from syncs where tenant_id = ${tenantId}
        and connection_id in (select jsonb_array_elements_text(${JSON.stringify(connectionIds)}::jsonb))`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readRow);
}

/** The syncs that have something to do and that nobody holds. */
export async function dueSyncs(db: Db): Promise<readonly Owner[]> {
  const result = await asked(() =>
    db.execute(sql`
      select tenant_id as "tenantId", connection_id as "connectionId" from syncs
      where (phase is not null or wanted is not null) and (due_at is null or due_at <= now())`),
  );
  return rowsOf(result);
}

/** Takes every sync from who holds it: for an embedded store, of which there is no other process. */
export async function releaseSyncs(db: Db): Promise<void> {
  await asked(() => db.execute(sql`update syncs set due_at = null where due_at is not null`));
}

/** Asks for a run: a full one where any is asked for. One that is under way goes on first. */
export async function wantSync(db: Db, { tenantId, connectionId }: Owner, mode: SyncMode): Promise<SyncRow> {
  const result = await asked(() =>
    db.execute(sql`
      insert into syncs as s (tenant_id, connection_id, state, wanted) values (${tenantId}, ${connectionId}, 'QUEUED', ${mode})
      on conflict (tenant_id, connection_id) do update
        set wanted = case when s.wanted = 'FULL' then 'FULL' else excluded.wanted end,
          state = case when s.state = 'RUNNING' then s.state else 'QUEUED' end
      returning ${COLUMNS}`),
  );
  const [row] = rowsOf<Record<string, unknown>>(result).map(readRow);
  if (!row) throw new Error("A sync was asked for and is not there.");
  return row;
}

/**
 * Takes a sync that nobody holds: a run that broke off goes on where it was, else the one that is wanted begins. Undefined where
 * somebody holds it, or there is nothing to do.
 */
export async function takeSync(
  db: Db,
  { tenantId, connectionId }: Owner,
  leaseMs: number,
  overlapMs: number,
): Promise<SyncRow | undefined> {
  const begins = sql`phase is null or wanted = 'FULL' and mode = 'CHANGES'`;
  // Who was never synced has no changes to read: everything is one.
  const mode = sql`case when wanted = 'FULL' or synced_at is null then 'FULL' else 'CHANGES' end`;
  const result = await asked(() =>
    db.execute(sql`
      update syncs set state = 'RUNNING', fence = fence + 1, due_at = now() + ${ms(leaseMs)}, error = null,
        mode = case when ${begins} then ${mode} else mode end,
        since = case when ${begins} then (case when ${mode} = 'CHANGES' then synced_at - ${ms(overlapMs)} end) else since end,
        run = case when ${begins} then run + 1 else run end,
        cursor = case when ${begins} then null else cursor end,
        mark = case when ${begins} then null else mark end,
        tickets = case when ${begins} then 0 else tickets end,
        started_at = case when ${begins} then now() else started_at end,
        phase = case when ${begins} then 'READING' else phase end,
        wanted = case when ${begins} then null else wanted end
      where tenant_id = ${tenantId} and connection_id = ${connectionId} and (phase is not null or wanted is not null)
        and (due_at is null or due_at <= now())
      returning ${COLUMNS}`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readRow)[0];
}

/** Where a run is now. */
export interface Progress {
  readonly phase: SyncRow["phase"];
  readonly cursor: string | null;
  readonly mark: LoopMark | null;
  /** How many tickets more were seen. */
  readonly tickets: number;
}

/** Writes how far a run is, and holds it on; false where somebody else has taken it. */
export async function advanceSync(db: Db, row: SyncRow, progress: Progress, leaseMs: number): Promise<boolean> {
  const { phase, cursor, mark, tickets } = progress;
  const result = await asked(() =>
    db.execute(sql`
      update syncs set phase = ${phase}, cursor = ${cursor}, mark = ${mark === null ? null : JSON.stringify(mark)}::jsonb,
        tickets = tickets + ${tickets}, due_at = now() + ${ms(leaseMs)}
      where ${held(row)} returning run`),
  );
  return rowsOf(result).length > 0;
}

/** Ends a run that has seen everything; false where somebody else has taken it. */
export async function finishSync(db: Db, row: SyncRow): Promise<boolean> {
  const result = await asked(() =>
    db.execute(sql`
      update syncs set state = case when wanted is null then 'IDLE' else 'QUEUED' end, phase = null, cursor = null, mark = null,
        due_at = null, finished_at = now(), synced_at = started_at,
        full_at = case when mode = 'FULL' then started_at else full_at end
      where ${held(row)} returning run`),
  );
  return rowsOf(result).length > 0;
}

/** Lets go of a run that can't go on now: it will from where it is, or from the beginning where it is `lost`. False where somebody else has taken it. */
export async function failSync(db: Db, row: SyncRow, error: string, lost = false): Promise<boolean> {
  const result = await asked(() =>
    db.execute(sql`
      update syncs set state = 'FAILED', error = ${error}, due_at = null, finished_at = now(),
        wanted = case when ${lost} then coalesce(wanted, mode) else wanted end,
        phase = case when ${lost} then null else phase end
      where ${held(row)} returning run`),
  );
  return rowsOf(result).length > 0;
}

function held({ tenantId, connectionId, fence }: SyncRow) {
  return sql`tenant_id = ${tenantId} and connection_id = ${connectionId} and fence = ${fence}`;
}
