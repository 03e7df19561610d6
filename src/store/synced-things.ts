import { sql } from "drizzle-orm";
import type { IssueType, Project, User, VendorId } from "../domain/ticket.js";
import { keepable } from "./json.js";
import type { Owner } from "../domain/owner.js";
import { asked, rowsOf, type Db } from "./store.js";

/** What tickets speak of. */
export type ThingKind = "project" | "issueType" | "user";

/** A project, an issue type or a user; null where the vendor knows none of this id. */
export interface SyncedThing {
  readonly kind: ThingKind;
  readonly vendorId: VendorId;
  readonly thing: Project | IssueType | User | null;
}

/** By which a thing is asked for. */
type ThingId = Pick<SyncedThing, "kind" | "vendorId"> & { readonly connectionId: string };

/** Keeps things as they are now; one that isn't known takes nobody's place. */
export async function keepThings(
  db: Db,
  { tenantId, connectionId }: Owner,
  things: readonly SyncedThing[],
): Promise<void> {
  if (things.length === 0) return;
  const rows = [...new Map(things.map((one) => [`${one.kind} ${one.vendorId}`, one])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one);
  await asked(() =>
    db.execute(sql`
      insert into synced_things as t (tenant_id, connection_id, kind, vendor_id, thing, synced_at)
      select ${tenantId}, ${connectionId}, r.kind, r."vendorId", r.thing, now()
      from json_to_recordset(${keepable(rows)}::json) as r(kind text, "vendorId" text, thing jsonb)
      on conflict (tenant_id, connection_id, kind, vendor_id) do update
        set thing = excluded.thing, synced_at = excluded.synced_at
        where excluded.thing is not null and t.thing is distinct from excluded.thing`),
  );
}

/** The things of these ids, of one tenant; those that were never seen are left out. */
export async function findThings(
  db: Db,
  tenantId: string,
  ids: readonly ThingId[],
): Promise<readonly (SyncedThing & { readonly connectionId: string })[]> {
  if (ids.length === 0) return [];
  const result = await asked(() =>
    db.execute(sql`
      select t.connection_id as "connectionId", t.kind, t.vendor_id as "vendorId", t.thing
      from json_to_recordset(${keepable(ids)}::json) as r("connectionId" text, kind text, "vendorId" text)
      join synced_things t on t.tenant_id = ${tenantId} and t.connection_id = r."connectionId" and t.kind = r.kind
        and t.vendor_id = r."vendorId"`),
  );
  return rowsOf(result);
}
