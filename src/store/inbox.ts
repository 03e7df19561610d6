import { sql } from "drizzle-orm";
import type { VendorId } from "../domain/ticket.js";
import { keepable } from "./json.js";
import type { Owner } from "../domain/owner.js";
import { asked, rowsOf, type Db } from "./store.js";

/** What a vendor told by itself. */
export interface Message extends Owner {
  readonly deliveryId: string;
  readonly ticketIds: readonly VendorId[];
}

/** For how long what has been worked off is known again. */
const KEPT = sql`interval '7 days'`;
const ms = (value: number) => sql`make_interval(secs => ${value / 1_000}::float8)`;

/** Keeps messages; gives the delivery ids, each with its owner, of those that weren't there before. */
export async function keepMessages(db: Db, messages: readonly Message[]): Promise<ReadonlySet<string>> {
  const rows = [...new Map(messages.map((one) => [nameOf(one), one])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one);
  const result = await asked(() =>
    db.execute(sql`
      insert into inbox (tenant_id, connection_id, delivery_id, ticket_ids, due_at)
      select r."tenantId", r."connectionId", r."deliveryId", r."ticketIds",
        case when r."ticketIds" = '[]'::jsonb then null else now() end
      from json_to_recordset(${keepable(rows)}::json)
        as r("tenantId" text, "connectionId" text, "deliveryId" text, "ticketIds" jsonb)
      on conflict (tenant_id, connection_id, delivery_id) do nothing
      returning tenant_id as "tenantId", connection_id as "connectionId", delivery_id as "deliveryId"`),
  );
  return new Set(rowsOf<Omit<Message, "ticketIds">>(result).map(nameOf));
}

/** By which a message is known. */
export function nameOf({ tenantId, connectionId, deliveryId }: Omit<Message, "ticketIds">): string {
  return JSON.stringify([tenantId, connectionId, deliveryId]);
}

/** Takes messages of a connection that nobody works on; they are others' again after `leaseMs`. */
export async function takeMessages(
  db: Db,
  { tenantId, connectionId }: Owner,
  limit: number,
  leaseMs: number,
): Promise<readonly { readonly id: number; readonly ticketIds: readonly VendorId[] }[]> {
  const result = await asked(() =>
    db.execute(sql`
      update inbox set due_at = now() + ${ms(leaseMs)}
      where id in (select id from inbox where due_at <= now() and tenant_id = ${tenantId} and connection_id = ${connectionId}
        order by due_at limit ${limit} for update skip locked)
      returning id, ticket_ids as "ticketIds"`),
  );
  return rowsOf<{ id: unknown; ticketIds: readonly string[] }>(result).map(({ id, ticketIds }) => ({
    id: Number(id),
    ticketIds,
  }));
}

/** These have been worked off. */
export async function doneMessages(db: Db, ids: readonly number[]): Promise<void> {
  await asked(() =>
    db.execute(sql`
      update inbox set due_at = null where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint)`),
  );
}

/** The connections that have messages which nobody works on. */
export async function dueInboxes(db: Db): Promise<readonly Owner[]> {
  const result = await asked(() =>
    db.execute(sql`
      select distinct tenant_id as "tenantId", connection_id as "connectionId" from inbox where due_at <= now()`),
  );
  return rowsOf(result);
}

/** Takes every message from who works on it: for an embedded store, of which there is no other process. */
export async function releaseInboxes(db: Db): Promise<void> {
  await asked(() => db.execute(sql`update inbox set due_at = now() where due_at > now()`));
}

/** Forgets what was worked off long ago. */
export async function forgetOldMessages(db: Db): Promise<void> {
  await asked(() => db.execute(sql`delete from inbox where due_at is null and received_at < now() - ${KEPT}`));
}
