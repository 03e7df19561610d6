import { sql, type SQL } from "drizzle-orm";
import type { KeptTicket, TicketRecord } from "../domain/synced-ticket.js";
import type { TicketNews } from "../domain/ticket-news.js";
import type { VendorId } from "../domain/ticket.js";
import { keepable } from "./json.js";
import type { Owner } from "./ledger.js";
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

const OF_OWNER = ({ tenantId, connectionId }: Owner): SQL =>
  sql`tenant_id = ${tenantId} and connection_id = ${connectionId}`;

/**
 * Keeps tickets as they are now, and tells which of them are new or changed. What is kept already and was changed later at the
 * vendor stays: an answer that was long on its way knows less. `run` is the sync's; without it the ticket counts as seen now.
 */
export async function keepTickets(
  db: Db,
  owner: Owner,
  records: readonly TicketRecord[],
  run: number | null = null,
): Promise<readonly TicketNews[]> {
  if (records.length === 0) return [];
  const { tenantId, connectionId } = owner;
  // In one order for all, so that two statements never wait for each other's rows; and each ticket once.
  const rows = [...new Map(records.map((one) => [one.vendorId, one])).values()].sort((a, b) =>
    a.vendorId < b.vendorId ? -1 : 1,
  );
  const current = run ?? sql`coalesce((select run from syncs where ${OF_OWNER(owner)}), 0)`;
  const result = await asked(() =>
    db.execute(sql`
      with r as materialized (
        select * from json_to_recordset(${keepable(rows)}::json)
          as r("vendorId" text, ticket jsonb, data jsonb, words text, priority smallint, digest text)
      ), old as materialized (
        select t.vendor_id, t.digest from synced_tickets t join r on r."vendorId" = t.vendor_id where ${OF_OWNER(owner)}
      ), seen as (
        update synced_tickets t set run = ${current}, synced_at = now()
        from r join old on old.vendor_id = r."vendorId" and old.digest = r.digest
        where ${OF_OWNER(owner)} and t.vendor_id = r."vendorId"
      ), put as (
        insert into synced_tickets as t (tenant_id, connection_id, vendor_id, ticket, data, identifier, status, status_category,
          priority, project_id, parent_id, assignee_ids, tags, created_at, updated_at, search, digest, run, synced_at)
        select ${tenantId}, ${connectionId}, r."vendorId", r.ticket, r.data, r.ticket->>'identifier', r.ticket->>'status',
          r.ticket->>'statusCategory', r.priority, r.ticket->>'projectId', r.ticket->>'parentId', r.ticket->'assigneeIds',
          r.ticket->'tags', coalesce((r.ticket->>'createdAt')::timestamptz, to_timestamp(0)),
          coalesce((r.ticket->>'updatedAt')::timestamptz, to_timestamp(0)), to_tsvector('simple', r.words), r.digest,
          ${current}, now()
        from r left join old on old.vendor_id = r."vendorId"
        where old.digest is distinct from r.digest
        on conflict (tenant_id, connection_id, vendor_id) do update
          set ticket = excluded.ticket, data = excluded.data, identifier = excluded.identifier, status = excluded.status,
            status_category = excluded.status_category, priority = excluded.priority, project_id = excluded.project_id,
            parent_id = excluded.parent_id, assignee_ids = excluded.assignee_ids, tags = excluded.tags,
            created_at = excluded.created_at, updated_at = excluded.updated_at, search = excluded.search,
            digest = excluded.digest, run = excluded.run, synced_at = excluded.synced_at
          where t.updated_at <= excluded.updated_at
        returning t.vendor_id, t.project_id, (t.xmax = 0) as is_new
      )
      select vendor_id as "vendorId", project_id as "projectId", is_new as "isNew" from put`),
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
      delete from synced_tickets where ${OF_OWNER(owner)}
        and vendor_id in (select jsonb_array_elements_text(${JSON.stringify(vendorIds)}::jsonb))
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

/** Takes out all that is kept of a connection. */
export async function dropAll(db: Db, owner: Owner): Promise<void> {
  await asked(() => db.execute(sql`delete from synced_tickets where ${OF_OWNER(owner)}`));
  await asked(() => db.execute(sql`delete from synced_things where ${OF_OWNER(owner)}`));
}

/** One ticket as it was when it was last seen; undefined where there is none. */
export async function keptTicket(db: Db, owner: Owner, vendorId: VendorId): Promise<SyncedRow | undefined> {
  const result = await asked(() =>
    db.execute(sql`
      select id, connection_id as "connectionId", ticket, data, synced_at as "syncedAt" from synced_tickets
      where ${OF_OWNER(owner)} and vendor_id = ${vendorId}`),
  );
  const [row] = rowsOf<Record<string, unknown>>(result);
  if (!row) return undefined;
  return { ...(row as unknown as SyncedRow), id: Number(row["id"]), syncedAt: new Date(row["syncedAt"] as string) };
}
