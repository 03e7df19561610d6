import { sql, type SQL } from "drizzle-orm";
import type { TicketFilter, TicketOrder } from "../domain/ticket-filter.js";
import { INDEXED_MAX, type Place, type SyncedRow } from "./synced-tickets.js";
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

/** Under which eyes tickets are looked for. */
export interface TicketDbs {
  /** As the tenant: what is given to anybody is read so. */
  readonly rows: Db;
  /**
   * As the system, which sees which tickets there are and not what is in them: under row-level security the indexes of words,
   * tags and people aren't used, because their operators might tell of rows that aren't to be seen.
   * https://www.postgresql.org/docs/current/rules-privileges.html
   */
  readonly index: Db;
}

/** A row as it is found, with what the order goes by: a time in milliseconds since 1970, or a priority. */
type FoundRow = SyncedRow & { readonly value: number };

/**
 * A page of synced tickets, from a place on: as fast at any depth. Which way finds words fast depends on how common they are, and the
 * planner can't know that of most: common ones are soon met in the order itself, and of all others the index has few.
 */
export async function findTickets(
  { rows, index }: TicketDbs,
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
  const where = (fits: SQL): SQL =>
    sql`select ${what} from synced_tickets t where ${fits} ${inOrder} limit ${page.first}`;
  const words = text === undefined ? undefined : holdsWords(text);
  if (!needsIndexes({ ...filter, ...(text !== undefined && { text }) }))
    return rowsFor(rows, where(words ? sql`${fits} and ${words}` : fits));
  const ids = words
    ? await idsByWords(words)
    : await idsFor(index, sql`select t.id from synced_tickets t where ${fits} ${inOrder} limit ${page.first}`);
  return ids.length === 0
    ? []
    : rowsFor(
        rows,
        where(
          sql`t.id in (${sql.join(
            ids.map((id) => sql`${id}::bigint`),
            sql`, `,
          )}) and ${fits}`,
        ),
      );

  async function idsByWords(words: SQL): Promise<readonly number[]> {
    const first = sql`select t.id, t.search, ${column} from synced_tickets t where ${fits} ${inOrder} limit ${LOOKED_THROUGH}`;
    const near = await idsFor(index, sql`select t.id from (${first}) t where ${words} ${inOrder} limit ${page.first}`);
    if (near.length === page.first) return near;
    // Ordered by what no index has, or the planner may look for a rare word in the order of a million.
    const apart = isTime ? sql`${column} + interval '0'` : sql`${column} + 0`;
    const all = sql`select t.id from synced_tickets t where ${fits} and ${words}`;
    return idsFor(index, sql`${all} order by ${apart} ${order}, t.id ${order} limit ${page.first}`);
  }
}

/** Whether words, tags or people are looked for; a text so long that only its ticket has all of it is looked for without indexes. */
function needsIndexes({ text, tags, assignees, statuses = [], identifier = "" }: TicketFilter): boolean {
  const isLong = [...statuses, identifier].some((one) => one.length > INDEXED_MAX);
  return !isLong && (text !== undefined || tags !== undefined || assignees !== undefined);
}

async function idsFor(db: Db, statement: SQL): Promise<readonly number[]> {
  const result = await asked(() => db.execute(statement));
  return rowsOf<{ id: unknown }>(result).map(({ id }) => Number(id));
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
export async function countTickets(
  { rows, index }: TicketDbs,
  tenantId: string,
  { text, ...filter }: TicketFilter,
): Promise<number> {
  const words = text === undefined ? sql`` : sql`and ${holdsWords(text)}`;
  const db = needsIndexes({ ...filter, ...(text !== undefined && { text }) }) ? index : rows;
  const result = await asked(() =>
    db.execute(
      sql`select count(*) as count from synced_tickets t where ${ticketConditions(tenantId, filter)} ${words}`,
    ),
  );
  return Number(rowsOf<{ count: unknown }>(result)[0]?.count ?? 0);
}
