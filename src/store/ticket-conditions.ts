import { sql, type SQL } from "drizzle-orm";
import { priorityNumber } from "../domain/synced-ticket.js";
import type { DateRange, PlacedId, TicketFilter } from "../domain/ticket-filter.js";
import { keepable, keepableText } from "./json.js";
import { INDEXED_MAX } from "./synced-tickets.js";

/** What must be true of a synced ticket `t` of this tenant, words aside. */
export function ticketConditions(tenantId: string, filter: TicketFilter): SQL {
  const { identifier, createdAt, updatedAt } = filter;
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
    createdAt && within(sql`t.created_at`, createdAt),
    updatedAt && within(sql`t.updated_at`, updatedAt),
  ];
  return sql.join(
    all.filter((one) => one !== undefined),
    sql` and `,
  );
}

/** Whether a synced ticket `t` holds words, as people type them into a search box. */
export function holdsWords(text: string): SQL {
  return sql`t.search @@ websearch_to_tsquery('simple', ${text})`;
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
