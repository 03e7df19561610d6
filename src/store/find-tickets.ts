import { sql, type SQL } from "drizzle-orm";
import type { TicketFilter, TicketOrder } from "../domain/ticket-filter.js";
import type { Place, SyncedRow } from "./synced-tickets.js";
import { asked, rowsOf, type Db } from "./store.js";
import { holdsWords, ticketConditions } from "./ticket-conditions.js";

/** What each order goes by; all of them stand in an index behind the tenant. */
const COLUMNS: Record<TicketOrder["field"], SQL> = {
  CREATED_AT: sql`t.created_at`,
  UPDATED_AT: sql`t.updated_at`,
  PRIORITY: sql`t.priority`,
};

/** In how many tickets words are looked for one by one, in the order that is wanted, before the index of words is asked. */
const LOOKED_THROUGH = 5_000;

/** A row as it is found, with what the order goes by: a time in milliseconds since 1970, or a priority. */
export type FoundRow = SyncedRow & { readonly value: number };

/**
 * A page of synced tickets, from a place on: as fast at any depth. Which way finds words fast depends on how common they are, and the
 * planner can't know that of most: common ones are soon met in the order itself, and of all others the index has few.
 */
export async function findTickets(
  db: Db,
  tenantId: string,
  { text, ...filter }: TicketFilter,
  { field, direction }: TicketOrder,
  page: { readonly first: number; readonly after?: Place },
): Promise<readonly FoundRow[]> {
  const column = COLUMNS[field];
  const isTime = field !== "PRIORITY";
  const value = (number: number): SQL =>
    isTime ? sql`to_timestamp(${number / 1_000}::float8)` : sql`${number}::smallint`;
  const [than, order] = direction === "ASC" ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  const after = page.after && sql`and (${column}, t.id) ${than} (${value(page.after.value)}, ${page.after.id}::bigint)`;
  const told = isTime ? sql`(extract(epoch from ${column}) * 1000)::float8` : sql`${column}::float8`;
  const what = sql`t.id, t.connection_id as "connectionId", t.ticket, t.data, t.synced_at as "syncedAt", ${told} as value`;
  const fits = sql`${ticketConditions(tenantId, filter)} ${after ?? sql``}`;
  const inOrder = sql`order by ${column} ${order}, t.id ${order}`;
  if (text === undefined)
    return rowsFor(db, sql`select ${what} from synced_tickets t where ${fits} ${inOrder} limit ${page.first}`);
  const first = sql`select t.* from synced_tickets t where ${fits} ${inOrder} limit ${LOOKED_THROUGH}`;
  const near = await rowsFor(
    db,
    sql`select ${what} from (${first}) t where ${holdsWords(text)} ${inOrder} limit ${page.first}`,
  );
  if (near.length === page.first) return near;
  // Ordered by what no index has, or the planner may look for a rare word in the order of a million.
  const apart = isTime ? sql`${column} + interval '0'` : sql`${column} + 0`;
  const found = sql`select ${what} from synced_tickets t where ${fits} and ${holdsWords(text)}`;
  return rowsFor(db, sql`${found} order by ${apart} ${order}, t.id ${order} limit ${page.first}`);
}

async function rowsFor(db: Db, statement: SQL): Promise<readonly FoundRow[]> {
  const result = await asked(() => db.execute(statement));
  return rowsOf<Record<string, unknown>>(result).map((row) => ({
    ...(row as unknown as SyncedRow),
    id: Number(row["id"]),
    value: Number(row["value"]),
    syncedAt: new Date(row["syncedAt"] as string),
  }));
}

/** How many tickets there are of this kind: every one of them is counted. */
export async function countTickets(db: Db, tenantId: string, { text, ...filter }: TicketFilter): Promise<number> {
  const words = text === undefined ? sql`` : sql`and ${holdsWords(text)}`;
  const result = await asked(() =>
    db.execute(
      sql`select count(*) as count from synced_tickets t where ${ticketConditions(tenantId, filter)} ${words}`,
    ),
  );
  return Number(rowsOf<{ count: unknown }>(result)[0]?.count ?? 0);
}
