import { sql } from "drizzle-orm";
import type {
  BulkItem,
  BulkJob,
  BulkJobKind,
  BulkJobState,
  SettledItem,
  Slice,
  StoredCaller,
} from "../domain/bulk-job.js";
import type { Owner } from "../domain/owner.js";
import { asked, rowsOf, type Db } from "./store.js";

/** On this channel the id of every job that moved is notified. */
export const JOB_CHANNEL = "bulk_job";

const JOB = sql`id, number, tenant_id as "tenantId", kind, state, request_hash as "requestHash", total, succeeded, failed, caller,
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;
const ITEM = sql`index, connection_id as "connectionId", key, ticket, state, identifier, ref, errors`;

function readJob(row: Record<string, unknown>): BulkJob {
  const moment = (value: unknown): Date | null => (value === null ? null : new Date(value as string));
  return {
    ...(row as unknown as BulkJob),
    number: Number(row["number"]),
    createdAt: new Date(row["createdAt"] as string),
    startedAt: moment(row["startedAt"]),
    finishedAt: moment(row["finishedAt"]),
  };
}

function readItem(row: Record<string, unknown>): BulkItem {
  const ticket = row["ticket"] as BulkItem["ticket"];
  const dueDate = ticket.dueDate && { dueDate: new Date(ticket.dueDate) };
  return { ...(row as unknown as BulkItem), ticket: { ...ticket, ...dueDate } };
}

/** A job to be kept, with what it is made of. */
export interface NewJob {
  readonly id: string;
  readonly tenantId: string;
  readonly kind: BulkJobKind;
  readonly key: string;
  readonly requestHash: string;
  readonly caller: StoredCaller;
  readonly items: readonly Pick<BulkItem, "connectionId" | "key" | "ticket">[];
}

/** Keeps a job and its items; undefined where its key is there already. */
export async function insertJob(tx: Db, job: NewJob): Promise<BulkJob | undefined> {
  const result = await tx.execute(sql`
    insert into bulk_jobs (id, tenant_id, kind, state, key, request_hash, total, caller)
    values (${job.id}, ${job.tenantId}, ${job.kind}, 'QUEUED', ${job.key}, ${job.requestHash}, ${job.items.length}, ${JSON.stringify(job.caller)}::jsonb)
    on conflict (tenant_id, key) do nothing returning ${JOB}`);
  const [row] = rowsOf<Record<string, unknown>>(result);
  if (!row) return undefined;
  const items = job.items.map((item, index) => ({ ...item, index }));
  await tx.execute(sql`
    insert into bulk_items (job_id, index, tenant_id, connection_id, key, ticket, state)
    select ${job.id}::uuid, r.index, ${job.tenantId}, r."connectionId", r.key, r.ticket, 'WAITING'
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r(index int, "connectionId" text, key text, ticket jsonb)`);
  return readJob(row);
}

export async function findJobByKey(db: Db, tenantId: string, key: string): Promise<BulkJob | undefined> {
  const result = await asked(() =>
    db.execute(sql`select ${JOB} from bulk_jobs where tenant_id = ${tenantId} and key = ${key}`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readJob)[0];
}

export async function findJob(db: Db, id: string): Promise<BulkJob | undefined> {
  const result = await asked(() => db.execute(sql`select ${JOB} from bulk_jobs where id = ${id}::uuid`));
  return rowsOf<Record<string, unknown>>(result).map(readJob)[0];
}

/** A tenant's jobs, the latest first; `before` is the number that the page before ended with. */
export async function listJobs(
  db: Db,
  tenantId: string,
  wanted: { readonly state?: BulkJobState | null; readonly before?: number; readonly first: number },
): Promise<readonly BulkJob[]> {
  const result = await asked(() =>
    db.execute(sql`
      select ${JOB} from bulk_jobs
      where tenant_id = ${tenantId} and number < ${wanted.before ?? Number.MAX_SAFE_INTEGER}
        and (${wanted.state ?? null}::text is null or state = ${wanted.state ?? null})
      order by number desc limit ${wanted.first}`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readJob);
}

/** Items after an index, in order. */
export async function listItems(
  db: Db,
  jobId: string,
  wanted: { readonly after: number; readonly first: number; readonly failedOnly: boolean },
): Promise<readonly BulkItem[]> {
  const failed = wanted.failedOnly ? sql`and state in ('REJECTED', 'NEEDS_REVIEW')` : sql``;
  const result = await asked(() =>
    db.execute(sql`
      select ${ITEM} from bulk_items where job_id = ${jobId}::uuid and index > ${wanted.after} ${failed}
      order by index limit ${wanted.first}`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readItem);
}

/** What of a slice still waits. */
export async function waitingItems(db: Db, { jobId, from, to }: Slice): Promise<readonly BulkItem[]> {
  const result = await asked(() =>
    db.execute(sql`
      select ${ITEM} from bulk_items
      where job_id = ${jobId}::uuid and index >= ${from} and index < ${to} and state = 'WAITING' order by index`),
  );
  return rowsOf<Record<string, unknown>>(result).map(readItem);
}

/** Of each job that isn't done, the span in which something waits. */
export async function unfinishedSlices(db: Db): Promise<readonly Slice[]> {
  const result = await asked(() =>
    db.execute(sql`
      select i.job_id as "jobId", min(i.index)::int as "from", (max(i.index) + 1)::int as "to"
      from bulk_items i join bulk_jobs j on j.id = i.job_id
      where i.state = 'WAITING' and j.state in ('QUEUED', 'RUNNING', 'PAUSED')
      group by i.job_id, i.connection_id`),
  );
  return rowsOf<Slice>(result);
}

/** Where in which jobs a write stands that needs a person. */
export async function findItemsToReview(
  db: Db,
  { tenantId, connectionId, key }: Owner & { readonly key: string },
): Promise<readonly { readonly jobId: string; readonly index: number }[]> {
  const result = await asked(() =>
    db.execute(sql`
      select i.job_id as "jobId", i.index from bulk_items i join bulk_jobs j on j.id = i.job_id
      where i.key = ${key} and i.state = 'NEEDS_REVIEW' and i.connection_id = ${connectionId} and j.tenant_id = ${tenantId}`),
  );
  return rowsOf<{ jobId: string; index: number }>(result);
}

/**
 * Writes what became of items, and ends the job when nothing waits any more. What is settled stays as it is, but for a ticket
 * that turns out to be delivered after all, and for what a person settles. The job counts what changed: slices that settle at
 * once wait only for its row.
 */
export async function settleItems(db: Db, jobId: string, items: readonly SettledItem[]): Promise<void> {
  // Said twice: a job that has just begun has no statistics yet, and all its items would be gone through for each slice.
  const indexes = sql`${`{${items.map(({ index }) => index).join()}}`}::int[]`;
  await asked(() =>
    db.execute(sql`
      with given as (
        select * from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
          as r(index int, state text, identifier text, ref jsonb, errors jsonb)),
      held as (
        select i.index, i.state from bulk_items i join given on given.index = i.index
        where i.job_id = ${jobId}::uuid and i.index = any(${indexes}) order by i.index for update of i),
      written as (
        update bulk_items i set state = given.state, identifier = given.identifier, ref = given.ref, errors = given.errors
        from given join held on held.index = given.index
        where i.job_id = ${jobId}::uuid and i.index = any(${indexes}) and i.index = given.index
          and (held.state = 'WAITING' or given.state = 'DELIVERED' or (held.state = 'NEEDS_REVIEW' and given.state = 'REJECTED'))
        returning held.state as before, given.state as after),
      change as (
        select (count(*) filter (where before = 'WAITING'))::int as settled,
          (count(*) filter (where after = 'DELIVERED') - count(*) filter (where before = 'DELIVERED'))::int as succeeded,
          (count(*) filter (where after = 'REJECTED') - count(*) filter (where before = 'REJECTED'))::int as failed
        from written),
      moved as (
        update bulk_jobs j set settled = j.settled + c.settled, succeeded = j.succeeded + c.succeeded, failed = j.failed + c.failed,
          state = case when j.state = 'CANCELLED' then j.state when j.settled + c.settled = j.total then 'DONE'
            when j.state = 'PAUSED' then 'RUNNING' else j.state end,
          finished_at = case when j.settled + c.settled = j.total then coalesce(j.finished_at, now()) else j.finished_at end
        from change c where j.id = ${jobId}::uuid
        returning j.id)
      select pg_notify(${JOB_CHANNEL}, id::text) from moved`),
  );
}

/** Forgets jobs that ended long ago, with all that was in them. */
export async function forgetOldJobs(db: Db): Promise<void> {
  await asked(() => db.execute(sql`delete from bulk_jobs where finished_at < now() - interval '30 days'`));
}

/** Moves a job from one of these states into another; says whether it was in one. */
export async function moveJob(
  db: Db,
  jobId: string,
  from: readonly BulkJobState[],
  to: BulkJobState,
): Promise<boolean> {
  const result = await asked(() =>
    db.execute(sql`
      with moved as (
        update bulk_jobs set state = ${to}, started_at = coalesce(started_at, case when ${to} = 'RUNNING' then now() end),
          finished_at = case when ${to} = 'CANCELLED' then now() else finished_at end
        where id = ${jobId}::uuid and state in (select jsonb_array_elements_text(${JSON.stringify(from)}::jsonb))
        returning id)
      select pg_notify(${JOB_CHANNEL}, id::text) from moved`),
  );
  return rowsOf(result).length > 0;
}
