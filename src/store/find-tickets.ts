import { sql, type SQL } from "drizzle-orm";
import { priorityNumber } from "../domain/synced-ticket.js";
import type { DateRange, PlacedId, TicketFilter, TicketOrder } from "../domain/ticket-filter.js";
import { keepable, keepableText } from "./json.js";
import { INDEXED_MAX, type Place, type SyncedRow } from "./synced-tickets.js";
import { asked, rowsOf, type Db } from "./store.js";

/** What each order goes by; all of them stand in an index behind the tenant. */
const COLUMNS: Record<TicketOrder["field"], SQL> = {
  CREATED_AT: sql`t.created_at`,
  UPDATED_AT: sql`t.updated_at`,
  PRIORITY: sql`t.priority`,
};

/** A page of synced tickets, from a place on: as fast at any depth. */
export async function findTickets(
  db: Db,
  tenantId: string,
  filter: TicketFilter,
  { field, direction }: TicketOrder,
  page: { readonly first: number; readonly after?: Place },
): Promise<readonly (SyncedRow & { readonly value: number })[]> {
  const column = COLUMNS[field];
  const isTime = field !== "PRIORITY";
  const value = (number: number): SQL =>
    isTime ? sql`to_timestamp(${number / 1_000}::float8)` : sql`${number}::smallint`;
  const [than, order] = direction === "ASC" ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  const after = page.after && sql`and (${column}, t.id) ${than} (${value(page.after.value)}, ${page.after.id}::bigint)`;
  const told = isTime ? sql`(extract(epoch from ${column}) * 1000)::float8` : sql`${column}::float8`;
  const result = await asked(() =>
    db.execute(sql`
      select t.id, t.connection_id as "connectionId", t.ticket, t.data, t.synced_at as "syncedAt", ${told} as value
      from synced_tickets t where ${conditions(tenantId, filter)} ${after ?? sql``}
      order by ${column} ${order}, t.id ${order} limit ${page.first}`),
  );
  return rowsOf<Record<string, unknown>>(result).map((row) => ({
    ...(row as unknown as SyncedRow),
    id: Number(row["id"]),
    value: Number(row["value"]),
    syncedAt: new Date(row["syncedAt"] as string),
  }));
}

/** How many tickets there are of this kind: every one of them is counted. */
export async function countTickets(db: Db, tenantId: string, filter: TicketFilter): Promise<number> {
  const result = await asked(() =>
    db.execute(sql`select count(*) as count from synced_tickets t where ${conditions(tenantId, filter)}`),
  );
  return Number(rowsOf<{ count: unknown }>(result)[0]?.count ?? 0);
}

function conditions(tenantId: string, filter: TicketFilter): SQL {
  const { identifier, text, createdAt, updatedAt } = filter;
  const all: (SQL | undefined)[] = [
    sql`t.tenant_id = ${tenantId}`,
    among(sql`t.connection_id`, filter.connectionIds),
    filter.projects && placed(filter.projects, ({ vendorId }) => sql`t.project_id = ${keepableText(vendorId)}`),
    filter.assignees &&
      placed(filter.assignees, ({ vendorId }) => sql`t.assignee_ids @> ${keepable([vendorId])}::jsonb`),
    filter.statusCategories && among(sql`t.status_category`, filter.statusCategories),
    filter.statuses && hasStatus(filter.statuses),
    filter.priorityLevels && among(sql`t.priority`, filter.priorityLevels.map(priorityNumber)),
    filter.tags && anyOf(filter.tags.map((tag) => sql`t.tags @> ${keepable([tag])}::jsonb`)),
    identifier === undefined ? undefined : is("identifier", identifier),
    text === undefined ? undefined : sql`t.search @@ websearch_to_tsquery('simple', ${text})`,
    createdAt && within(sql`t.created_at`, createdAt),
    updatedAt && within(sql`t.updated_at`, updatedAt),
  ];
  return sql.join(
    all.filter((one) => one !== undefined),
    sql` and `,
  );
}

function among(column: SQL, values: readonly (string | number)[]): SQL {
  if (values.length === 0) return sql`false`;
  const listed = values.map((value) => sql`${value}`);
  return sql`${column} in (${sql.join(listed, sql`, `)})`;
}

function hasStatus(statuses: readonly string[]): SQL {
  const isShort = statuses.every((status) => status.length <= INDEXED_MAX);
  return isShort ? among(sql`t.status`, statuses.map(keepableText)) : anyOf(statuses.map((one) => is("status", one)));
}

/** Of a long text the column has the beginning only, so the rest is compared with the ticket itself. */
function is(field: "status" | "identifier", text: string): SQL {
  const kept = keepableText(text);
  const begins = sql`t.${sql.identifier(field)} = left(${kept}, ${INDEXED_MAX}::int)`;
  return kept.length <= INDEXED_MAX ? begins : sql`(${begins} and t.ticket->>${field} = ${kept})`;
}

function anyOf(conditions: readonly SQL[]): SQL {
  return conditions.length === 0 ? sql`false` : sql`(${sql.join([...conditions], sql` or `)})`;
}

function placed(ids: readonly PlacedId[], condition: (id: PlacedId) => SQL): SQL {
  return anyOf(ids.map((id) => sql`(t.connection_id = ${id.connectionId} and ${condition(id)})`));
}

/** What has no date at all is in no range. */
function within(column: SQL, { from, to }: DateRange): SQL {
  const parts = [sql`${column} > to_timestamp(0)`];
  if (from) parts.push(sql`${column} >= ${from.toISOString()}::timestamptz`);
  if (to) parts.push(sql`${column} < ${to.toISOString()}::timestamptz`);
  return sql.join(parts, sql` and `);
}
