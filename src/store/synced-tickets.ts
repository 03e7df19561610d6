import { sql, type SQL } from "drizzle-orm";
import type { KeptTicket, TicketRecord } from "../domain/synced-ticket.js";
import type { TicketNews } from "../domain/ticket-news.js";
import type { VendorId } from "../domain/ticket.js";
import { keepable, keepableJson } from "./json.js";
import type { Owner } from "../domain/owner.js";
import { asked, rowsOf, type Db } from "./store.js";

/** A ticket as it was when it was last seen. */
export interface SyncedRow {
  /** Its place among equals. */
  readonly id: number;
  readonly connectionId: string;
  readonly ticket: KeptTicket;
  readonly data: Readonly<Record<string, unknown>>;
  readonly syncedAt: Date;
}

/** Where a page begins: after this value of the order, and among equals after this row. */
export interface Place {
  readonly value: number;
  readonly id: number;
}

/** Of longer texts the index holds the beginnings: it takes no row of more than 2,704 bytes. In characters. */
export const INDEXED_MAX = 500;

const OF_OWNER = ({ tenantId, connectionId }: Owner): SQL =>
  sql`tenant_id = ${tenantId} and connection_id = ${connectionId}`;

/**
 * Keeps tickets as they are now, and tells which of them are new or changed. What is kept already and was changed later at the
 * vendor stays: an answer that was long on its way knows less. `run` is the sync's; without it the ticket counts as seen now.
 * Where hardly any may be there yet, it isn't asked which are.
 */
export async function keepTickets(
  db: Db,
  owner: Owner,
  records: readonly TicketRecord[],
  run: number | null = null,
  mayBeThere = true,
): Promise<readonly TicketNews[]> {
  // Each ticket once. Rows are taken in one order by all, so that two transactions hardly ever wait for each other's.
  const unique = [...new Map(records.map((one) => [one.vendorId, one])).values()];
  const sorted = unique.sort((a, b) => (a.vendorId < b.vendorId ? -1 : 1));
  const current = run === null ? sql`coalesce((select run from syncs where ${OF_OWNER(owner)}), 0)` : sql`${run}`;
  const same = mayBeThere ? await seeTickets(db, owner, sorted, current) : new Set<VendorId>();
  return putTickets(
    db,
    owner,
    sorted.filter(({ vendorId }) => !same.has(vendorId)),
    current,
  );
}

/**
 * Notes of tickets that are kept just so that they have been seen, and gives which those are. Key by key, and in the order of the
 * records: while its statistics are young the planner would read the whole table for each page.
 */
async function seeTickets(
  db: Db,
  owner: Owner,
  records: readonly TicketRecord[],
  run: SQL,
): Promise<ReadonlySet<VendorId>> {
  if (records.length === 0) return new Set();
  const digests = records.map(({ vendorId, digest }) => ({ vendorId, digest }));
  const result = await asked(() =>
    db.execute(sql`
      with old as materialized (
        select t.id, t.digest, r.digest as now from json_to_recordset(${keepable(digests)}::json) as r("vendorId" text, digest text)
        cross join lateral (
          select id, vendor_id, digest from synced_tickets
          where ${OF_OWNER(owner)} and vendor_id = r."vendorId" limit 1 for update) t
      )
      update synced_tickets t set run = ${run}, synced_at = now()
      where t.id in (select old.id from old where old.digest = old.now)
      returning t.vendor_id as "vendorId"`),
  );
  return new Set(rowsOf<{ vendorId: string }>(result).map(({ vendorId }) => vendorId));
}

async function putTickets(
  db: Db,
  { tenantId, connectionId }: Owner,
  records: readonly TicketRecord[],
  run: SQL,
): Promise<readonly TicketNews[]> {
  if (records.length === 0) return [];
  const rows = keepableJson(`[${records.map(({ json }) => json).join(",")}]`);
  const result = await asked(() =>
    db.execute(sql`
      insert into synced_tickets as t (tenant_id, connection_id, vendor_id, ticket, data, identifier, status, status_category,
        priority, project_id, parent_id, assignee_ids, tags, created_at, updated_at, search, digest, run, synced_at)
      select ${tenantId}, ${connectionId}, r."vendorId", r.ticket, r.data, left(r.identifier, ${INDEXED_MAX}::int),
        left(r.status, ${INDEXED_MAX}::int), r."statusCategory", r.priority,
        r."projectId", r."parentId", r."assigneeIds", r.tags, coalesce(r."createdAt", to_timestamp(0)),
        coalesce(r."updatedAt", to_timestamp(0)), to_tsvector('simple', r.words), r.digest, ${run}, now()
      from json_to_recordset(${rows}::json) as r("vendorId" text, ticket json, data json, words text, priority smallint,
        digest text, identifier text, status text, "statusCategory" text, "projectId" text, "parentId" text,
        "assigneeIds" jsonb, tags jsonb, "createdAt" timestamptz, "updatedAt" timestamptz)
      on conflict (tenant_id, connection_id, vendor_id) do update
        set ticket = excluded.ticket, data = excluded.data, identifier = excluded.identifier, status = excluded.status,
          status_category = excluded.status_category, priority = excluded.priority, project_id = excluded.project_id,
          parent_id = excluded.parent_id, assignee_ids = excluded.assignee_ids, tags = excluded.tags,
          created_at = excluded.created_at, updated_at = excluded.updated_at, search = excluded.search,
          digest = excluded.digest, run = excluded.run, synced_at = excluded.synced_at
        where t.updated_at <= excluded.updated_at
      returning t.vendor_id as "vendorId", t.project_id as "projectId", (t.xmax = 0) as "isNew"`),
  );
  return rowsOf<{ vendorId: string; projectId: string | null; isNew: boolean }>(result).map(
    ({ vendorId, projectId, isNew }) => ({ kind: isNew ? "CREATED" : "UPDATED", vendorId, projectId }),
  );
}

/** Takes tickets out that are gone at the vendor; gives those that were there. */
export async function dropTickets(
  db: Db,
  owner: Owner,
  vendorIds: readonly VendorId[],
): Promise<readonly TicketNews[]> {
  if (vendorIds.length === 0) return [];
  const result = await asked(() =>
    db.execute(sql`
      with gone as materialized (
        select id from synced_tickets where ${OF_OWNER(owner)}
          and vendor_id in (select jsonb_array_elements_text(${keepable(vendorIds)}::jsonb))
        order by vendor_id collate "C" for update
      )
      delete from synced_tickets where id in (select id from gone)
      returning vendor_id as "vendorId", project_id as "projectId"`),
  );
  return rowsOf<{ vendorId: string; projectId: string | null }>(result).map((one) => ({ kind: "DELETED", ...one }));
}

/** Tickets that a run has not seen, by their places. */
export async function unseenTickets(
  db: Db,
  owner: Owner,
  run: number,
  after: number,
  limit: number,
): Promise<readonly { readonly id: number; readonly vendorId: VendorId }[]> {
  const result = await asked(() =>
    db.execute(sql`
      select id, vendor_id as "vendorId" from synced_tickets
      where ${OF_OWNER(owner)} and run < ${run} and id > ${after} order by id limit ${limit}`),
  );
  return rowsOf<{ id: unknown; vendorId: string }>(result).map(({ id, vendorId }) => ({ id: Number(id), vendorId }));
}

/** Tickets as they were when they were last seen, in no order; those that aren't there are left out. Key by key, as above. */
export async function keptTickets(
  db: Db,
  tenantId: string,
  ids: readonly { readonly connectionId: string; readonly vendorId: VendorId }[],
): Promise<readonly SyncedRow[]> {
  if (ids.length === 0) return [];
  const result = await asked(() =>
    db.execute(sql`
      select t.* from json_to_recordset(${keepable(ids)}::json) as r("connectionId" text, "vendorId" text)
      cross join lateral (
        select id, connection_id as "connectionId", ticket, data, synced_at as "syncedAt" from synced_tickets
        where tenant_id = ${tenantId} and connection_id = r."connectionId" and vendor_id = r."vendorId" limit 1) t`),
  );
  return rowsOf<Record<string, unknown>>(result).map((row) => ({
    ...(row as unknown as SyncedRow),
    id: Number(row["id"]),
    syncedAt: new Date(row["syncedAt"] as string),
  }));
}

/**
 * Has the database look at how many tickets there are of what: a table that has grown fast is else taken for what it was. Words are
 * left out, for they take most of the time and are looked for in two ways anyhow.
 */
export async function weighTickets(db: Db): Promise<void> {
  await asked(() =>
    db.plain(async (owner) => {
      await owner.execute(sql`
        analyze synced_tickets (id, tenant_id, connection_id, vendor_id, identifier, status, status_category, priority, project_id,
          assignee_ids, tags, created_at, updated_at, run)`);
      await owner.execute(sql`analyze synced_things`);
    }),
  );
}
