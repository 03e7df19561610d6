import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "drizzle-orm";
import { openStore } from "../../src/store/open.js";
import { SYSTEM_ROLE, TENANT_ROLE } from "../../src/store/roles.js";
import { rowsOf, type Db, type Store } from "../../src/store/store.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";

/** What belongs to no tenant, and why nobody who works for one may see it. */
const OF_NOBODY = ["rate_limits", "secrets"];

describe.each(ENGINES)("tenants in the store on %s", (engine) => {
  let place: Place;
  let store: Store;
  const rows = async <T>(db: Db, statement: ReturnType<typeof sql>): Promise<readonly T[]> =>
    rowsOf<T>(await db.execute(statement));
  beforeAll(async () => {
    place = await newPlace(engine);
    store = await openStore(place.where);
  });
  afterAll(async () => {
    await store.close();
    await place.drop();
  });

  it("every table that has a tenant is bound by row-level security, its owner included", async () => {
    const tables = await rows<{ name: string; tenant: boolean; on: boolean; forced: boolean }>(
      store.db,
      sql`select c.relname as name, c.relrowsecurity as "on", c.relforcerowsecurity as forced,
          exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') as tenant
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
    );
    const ofTenants = tables.filter(({ tenant }) => tenant);
    expect(tables.filter(({ tenant }) => !tenant).map(({ name }) => name)).toEqual(OF_NOBODY);
    expect(ofTenants.length).toBeGreaterThan(10);
    expect(ofTenants.filter(({ on, forced }) => !on || !forced)).toEqual([]);
    const policies = await rows<{ name: string; using: string; check: string; permissive: string }>(
      store.db,
      sql`select tablename as name, qual as using, with_check as check, permissive from pg_policies
        where ${TENANT_ROLE} = any(roles) or 'public' = any(roles) order by 1`,
    );
    const own = "(tenant_id = current_setting('ticketgraph.tenant'::text, true))";
    expect(policies).toEqual(ofTenants.map(({ name }) => ({ name, using: own, check: own, permissive: "PERMISSIVE" })));
  });

  it("statements run as roles that own nothing, are no superusers and can't pass the policies by", async () => {
    const as = async (db: Db) => (await rows<{ name: string }>(db, sql`select current_user::text as name`))[0]?.name;
    expect(await as(store.of("acme"))).toBe(TENANT_ROLE);
    expect(await as(store.system)).toBe(SYSTEM_ROLE);
    expect(await store.of("acme").transaction(as)).toBe(TENANT_ROLE);
    const roles = await rows(
      store.db,
      sql`select rolname from pg_roles where rolname in (${TENANT_ROLE}, ${SYSTEM_ROLE})
        and not rolsuper and not rolbypassrls and not rolcreaterole and not rolcanlogin
        and not exists (select from pg_class where relowner = pg_roles.oid)`,
    );
    expect(roles).toHaveLength(2);
    const definers = sql`select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace`;
    expect(await rows(store.db, definers)).toEqual([]);
  });

  const keep = (db: Db, tenantId: string, id: string) =>
    db.execute(sql`insert into syncs (tenant_id, connection_id, state) values (${tenantId}, ${id}, 'IDLE')`);
  const kept = async (db: Db) =>
    (await rows<{ id: string }>(db, sql`select connection_id as id from syncs order by 1`)).map(({ id }) => id);
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: { message: string; cause?: { message: string } }) => error.cause?.message ?? error.message,
    );

  it("a tenant sees its own rows alone, and can write no others", async () => {
    const [acme, other] = [store.of("acme"), store.of("other")];
    await keep(acme, "acme", "a");
    await keep(other, "other", "o");
    expect([await kept(acme), await kept(other), await kept(store.system)]).toEqual([["a"], ["o"], ["a", "o"]]);
    expect(await refusal(keep(acme, "other", "b"))).toMatch(/violates row-level security policy/);
    expect(await refusal(acme.execute(sql`update syncs set tenant_id = 'other'`))).toMatch(/row-level security/);
    await acme.execute(sql`update syncs set state = 'FAILED'`);
    await acme.execute(sql`delete from syncs where tenant_id = 'other'`);
    expect(await rows(other, sql`select state from syncs`)).toEqual([{ state: "IDLE" }]);
  });

  it("nobody in particular sees nothing", async () => {
    expect(await kept(store.of(""))).toEqual([]);
    const unset = store.db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('role', ${TENANT_ROLE}, true)`);
      return kept(tx);
    });
    expect(await unset).toEqual([]);
  });

  it("a scope ends with its transaction, and what is done as the owner in between leaves it standing", async () => {
    const as = (db: Db) =>
      rows<{ name: string; tenant: string }>(
        db,
        sql`select current_user::text as name, current_setting('ticketgraph.tenant', true) as tenant`,
      );
    const inside = await store.of("acme").transaction(async (tx) => {
      const [owner] = await tx.plain(as);
      return [owner?.name, (await as(tx))[0]];
    });
    expect(inside[0]).not.toBe(TENANT_ROLE);
    expect(inside[1]).toEqual({ name: TENANT_ROLE, tenant: "acme" });
    await refusal(store.of("acme").execute(sql`select 1 / 0`));
    const afterwards = await Promise.all(Array.from({ length: 20 }, () => as(store.db)));
    expect(new Set(afterwards.flat().map(({ name }) => name))).not.toContain(TENANT_ROLE);
    expect(afterwards.flat().filter(({ tenant }) => tenant)).toEqual([]);
  });

  it.each(["tenant", "system"])("what the audit log says can't be changed as %s", async (who) => {
    const db = who === "tenant" ? store.of("acme") : store.system;
    await store.of("acme").execute(sql`
      insert into audit_log (tenant_id, actor_id, actor_name, action, outcome) values ('acme', 'k', 'k', 'createTicket', 'DELIVERED')`);
    for (const statement of [
      sql`update audit_log set outcome = ''`,
      sql`delete from audit_log`,
      sql`truncate audit_log`,
    ])
      expect(await refusal(db.execute(statement))).toMatch(/permission denied for table audit_log/);
  });

  it("the gateway's own secrets are out of a tenant's reach, and the contents of tickets out of the system's", async () => {
    expect(await refusal(store.of("acme").execute(sql`select * from secrets`))).toMatch(/permission denied/);
    expect(await refusal(store.system.execute(sql`select ticket from synced_tickets`))).toMatch(/permission denied/);
    expect(await refusal(store.system.execute(sql`select data from synced_tickets`))).toMatch(/permission denied/);
    expect(await refusal(store.system.execute(sql`select id from synced_tickets`))).toBe("done");
  });
});
