import { sql, type SQL } from "drizzle-orm";
import type { AuditEntry, AuditFilter, AuditRow } from "../domain/audit.js";
import { keepable } from "./json.js";
import { asked, rowsOf, type Db } from "./store.js";

/** Writes entries down: what the database's roles let nobody change or take away afterwards. */
export async function writeAudit(db: Db, tenantId: string, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await asked(() =>
    db.execute(sql`
      insert into audit_log (tenant_id, actor_id, actor_name, source, action, connection_id, ticket_id, subject, outcome, reason)
      select ${tenantId}, r."actorId", r."actorName", r.source, r.action, r."connectionId", r."ticketId", r.subject, r.outcome, r.reason
      from json_to_recordset(${keepable(entries)}::json) as r("actorId" text, "actorName" text, source text, action text,
        "connectionId" text, "ticketId" text, subject text, outcome text, reason text)`),
  );
}

/** Entries of a tenant, the latest first; `before` is the id that the page before ended with. */
export async function listAudit(
  db: Db,
  tenantId: string,
  filter: AuditFilter,
  page: { readonly before?: number; readonly first: number },
): Promise<readonly AuditRow[]> {
  const { from, to } = filter;
  const conditions: SQL[] = [
    sql`tenant_id = ${tenantId}`,
    sql`id < ${page.before ?? Number.MAX_SAFE_INTEGER}`,
    ...EQUALS.flatMap(([name, column]) => {
      const wanted = filter[name];
      return wanted === undefined ? [] : [sql`${sql.identifier(column)} = ${wanted}`];
    }),
    ...(from ? [sql`at >= ${from.toISOString()}::timestamptz`] : []),
    ...(to ? [sql`at < ${to.toISOString()}::timestamptz`] : []),
  ];
  const result = await asked(() =>
    db.execute(sql`
      select id, at, actor_id as "actorId", actor_name as "actorName", source, action, connection_id as "connectionId",
        ticket_id as "ticketId", subject, outcome, reason
      from audit_log where ${sql.join(conditions, sql` and `)} order by id desc limit ${page.first}`),
  );
  return rowsOf<Record<string, unknown>>(result).map((row) => ({
    ...(row as unknown as AuditRow),
    id: Number(row["id"]),
    at: new Date(row["at"] as string),
  }));
}

const EQUALS = [
  ["actorId", "actor_id"],
  ["action", "action"],
  ["connectionId", "connection_id"],
  ["ticketId", "ticket_id"],
  ["subject", "subject"],
  ["outcome", "outcome"],
] as const;
