import { sql } from "drizzle-orm";
import { OPERATIONS, type Operation, type Parcel } from "../domain/delivery.js";
import type { Owner } from "../domain/owner.js";
import type { TicketError } from "../domain/ticket-error.js";
import type { TicketRef } from "../domain/ticket.js";
import { COLUMNS, readRow, type LedgerRow, type RowState } from "./ledger-row.js";
import { asked, rowsOf, type Db } from "./store.js";

/** What is to be written of a row by whoever holds its fence. */
export interface Settlement {
  readonly id: number;
  readonly fence: number;
  readonly state: RowState;
  readonly ref?: TicketRef | null;
  readonly errors?: readonly TicketError[];
  readonly reconciledBy?: string | null;
  /** When to look again, in milliseconds from now; absent: never. */
  readonly dueInMs?: number | null;
  /** Whether this counts as a look. */
  readonly looked?: boolean;
}

/** For how long a settled write is remembered. */
const KEPT = sql`interval '30 days'`;
const ms = (value: number) => sql`make_interval(secs => ${value / 1_000}::float8)`;

/**
 * Takes writes into the ledger as SENDING, held for `leaseMs`: only those that come back are the caller's to send. A key that
 * is there already stays as it is, unless it was refused for a passing reason: then it is sent again.
 */
export async function begin(
  db: Db,
  { tenantId, connectionId }: Owner,
  parcels: readonly Parcel[],
  leaseMs: number,
  operation: Operation = "createTicket",
): Promise<readonly LedgerRow[]> {
  // In one order for all, so that two statements never wait for each other's rows.
  const rows = [...parcels].sort((a, b) => (a.key < b.key ? -1 : 1));
  const result = await asked(() =>
    db.execute(sql`
      insert into deliveries (tenant_id, connection_id, operation, key, request_hash, marker, trace, state, attempts, fence,
        due_at, sent_at, draft, expires_at)
      select ${tenantId}, ${connectionId}, ${operation}, r.key, r."requestHash", r.marker, r.trace, 'SENDING', 1, 1,
        now() + ${ms(leaseMs)}, now(), r.payload, now() + ${KEPT}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(key text, "requestHash" text, marker text, trace text, payload jsonb)
      on conflict (tenant_id, connection_id, operation, key) do update
        set state = 'SENDING', attempts = deliveries.attempts + 1, fence = deliveries.fence + 1, looks = 0,
          trace = excluded.trace, draft = excluded.draft, errors = '[]'::jsonb,
          due_at = excluded.due_at, sent_at = now(), updated_at = now(), expires_at = excluded.expires_at
        where deliveries.state = 'REJECTED' and deliveries.request_hash = excluded.request_hash
          and deliveries.errors @> '[{"retryable": true}]'::jsonb
      returning ${COLUMNS}`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readRow);
}

/** Holds rows for another `leaseMs`; gives the ids that are still the holder's. */
export async function renew(
  db: Db,
  rows: readonly { readonly id: number; readonly fence: number }[],
  leaseMs: number,
): Promise<readonly number[]> {
  const held = rows.map(({ id, fence }) => ({ id, fence }));
  const result = await asked(() =>
    db.execute(sql`
      update deliveries d set due_at = now() + ${ms(leaseMs)}
      from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as r(id bigint, fence int)
      where d.id = r.id and d.fence = r.fence
      returning d.id`),
  );
  return rowsOf<{ id: unknown }>(result).map(({ id }) => Number(id));
}

/**
 * Writes what became of rows, as far as their fences are still the writer's; gives the ids that were written. A write that waited
 * for its turn may have gone out just now: so the quiet time of a lost answer counts from here.
 */
export async function settle(db: Db, settlements: readonly Settlement[]): Promise<ReadonlySet<number>> {
  if (settlements.length === 0) return new Set();
  const rows = [...settlements].sort((a, b) => a.id - b.id);
  const result = await asked(() =>
    db.execute(sql`
      update deliveries d
      set state = r.state,
        sent_at = case when r.state = 'UNKNOWN' and d.state = 'SENDING' then now() else d.sent_at end,
        ref = coalesce(r.ref, d.ref), errors = coalesce(r.errors, d.errors),
        reconciled_by = coalesce(r."reconciledBy", d.reconciled_by), looks = d.looks + r.looked::int,
        due_at = now() + make_interval(secs => r."dueInMs" / 1000), updated_at = now(), expires_at = now() + ${KEPT}
      from jsonb_to_recordset(${JSON.stringify(rows.map((row) => ({ looked: false, ...row })))}::jsonb)
        as r(id bigint, fence int, state text, ref jsonb, errors jsonb, "reconciledBy" text, "dueInMs" float8, looked boolean)
      where d.id = r.id and d.fence = r.fence
      returning d.id`),
  );
  return new Set(rowsOf<{ id: unknown }>(result).map(({ id }) => Number(id)));
}

/** Marks rows as about to be sent once more; gives those that are still the holder's. */
export async function resend(
  db: Db,
  rows: readonly { readonly id: number; readonly fence: number }[],
  leaseMs: number,
): Promise<readonly LedgerRow[]> {
  const held = rows.map(({ id, fence }) => ({ id, fence }));
  const result = await asked(() =>
    db.execute(sql`
      update deliveries set state = 'SENDING', attempts = attempts + 1, looks = 0, sent_at = now(),
        due_at = now() + ${ms(leaseMs)}, updated_at = now()
      where (id, fence) in (select id, fence from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as r(id bigint, fence int))
      returning ${COLUMNS}`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readRow);
}

/**
 * Takes over rows that nobody holds any more and that are to be looked at, raising their fences. Of one whose holder is gone,
 * the last byte may have gone out when the lease ended: from then on the quiet time counts.
 */
export async function claimDue(db: Db, limit: number, leaseMs: number): Promise<readonly LedgerRow[]> {
  const result = await asked(() =>
    db.execute(sql`
      update deliveries set fence = fence + 1, due_at = now() + ${ms(leaseMs)},
        sent_at = case when state = 'SENDING' then due_at else sent_at end,
        state = case when state = 'SENDING' then 'UNKNOWN' else state end, updated_at = now()
      where id in (select id from deliveries where due_at <= now() order by due_at limit ${limit} for update skip locked)
      returning ${COLUMNS}`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readRow);
}

/**
 * The rows of these keys, of one operation or the latest of any; those that aren't there are left out. Key by key, for while its statistics are young the planner takes
 * the table for small and would read all of a connection's rows.
 */
export async function findByKeys(
  db: Db,
  { tenantId, connectionId }: Owner,
  keys: readonly string[],
  operation: Operation | null = null,
): Promise<readonly LedgerRow[]> {
  const result = await asked(() =>
    db.execute(sql`
      select d.* from jsonb_array_elements_text(${JSON.stringify([...new Set(keys)])}::jsonb) as wanted(key)
      cross join lateral (
        select ${COLUMNS} from deliveries
        where tenant_id = ${tenantId} and connection_id = ${connectionId} and deliveries.key = wanted.key
          and operation in (${sql.join(
            (operation ? [operation] : OPERATIONS).map((one) => sql`${one}`),
            sql`, `,
          )})
        order by id desc limit 1) d`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readRow);
}

/** Rows of a tenant by state, the latest first; `before` is the id that the page before ended with. */
export async function listByState(
  db: Db,
  tenantId: string,
  wanted: {
    readonly states: readonly RowState[];
    readonly connectionIds: readonly string[];
    readonly before?: number;
    readonly first: number;
  },
): Promise<readonly LedgerRow[]> {
  const result = await asked(() =>
    db.execute(sql`
      select ${COLUMNS} from deliveries
      where tenant_id = ${tenantId} and id < ${wanted.before ?? Number.MAX_SAFE_INTEGER}
        and state in (select jsonb_array_elements_text(${JSON.stringify(wanted.states)}::jsonb))
        and connection_id in (select jsonb_array_elements_text(${JSON.stringify(wanted.connectionIds)}::jsonb))
      order by id desc limit ${wanted.first}`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readRow);
}

/** Takes one row for a person's decision, whoever held it; undefined where it isn't in this state any more. */
export async function claimForPerson(db: Db, row: LedgerRow, leaseMs: number): Promise<LedgerRow | undefined> {
  const result = await asked(() =>
    db.execute(sql`
      update deliveries set fence = fence + 1, due_at = now() + ${ms(leaseMs)}, updated_at = now()
      where id = ${row.id} and fence = ${row.fence} and state in ('NEEDS_REVIEW', 'UNKNOWN')
      returning ${COLUMNS}`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readRow)[0];
}

/** Lets go of every row that is held: right only where no other process can hold one, as in an embedded store just opened. */
export async function releaseAll(db: Db): Promise<void> {
  await asked(() => db.execute(sql`update deliveries set due_at = now() where state = 'SENDING'`));
}

/** Forgets settled rows whose time is over; what is not certain is never forgotten. */
export async function forgetExpired(db: Db): Promise<void> {
  await asked(() => db.execute(sql`delete from deliveries where expires_at < now() and state in ('DONE', 'REJECTED')`));
}
