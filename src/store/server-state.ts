import { sql } from "drizzle-orm";
import { SYSTEM_ROLE, TENANT_ROLE } from "./roles.js";
import { asked, rowsOf, type Db } from "./store.js";

/** What a database server is and promises, as it tells by itself. */
export interface ServerState {
  /** As 150020 for 15.20. */
  readonly version: number;
  /** A standby takes no writes. */
  readonly isStandby: boolean;
  readonly synchronousCommit: string;
  readonly fsync: string;
  readonly fullPageWrites: string;
  /** Connections that are open, and how many may be. */
  readonly connections: number;
  readonly maxConnections: number;
  /** Its clock, in milliseconds since 1970. */
  readonly now: number;
  /** The roles that keep tenants apart and that its user can't become. */
  readonly missingRoles: readonly string[];
  /** The tables of tenants on which row-level security isn't forced. */
  readonly openTables: readonly string[];
}

/** Asks the server; `db` is the database's own user's. Throws StoreUnavailable. */
export async function serverState(db: Db): Promise<ServerState> {
  const roles = sql.join(
    [TENANT_ROLE, SYSTEM_ROLE].map((role) => sql`(${role}::text)`),
    sql`, `,
  );
  const result = await asked(() =>
    db.execute(sql`
      select current_setting('server_version_num')::int as version,
        pg_is_in_recovery() as "isStandby",
        current_setting('synchronous_commit') as "synchronousCommit",
        current_setting('fsync') as fsync,
        current_setting('full_page_writes') as "fullPageWrites",
        (select sum(numbackends)::int from pg_stat_database) as connections,
        current_setting('max_connections')::int as "maxConnections",
        (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
        (select coalesce(jsonb_agg(wanted.name), '[]') from (values ${roles}) as wanted (name)
          left join pg_roles on rolname = wanted.name
          where oid is null or not pg_has_role(current_user, oid, 'member')) as "missingRoles",
        (select coalesce(jsonb_agg(relname order by relname), '[]') from pg_class
          join pg_attribute on attrelid = pg_class.oid and attname = 'tenant_id'
          where relnamespace = to_regnamespace('public') and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)
        ) as "openTables"`),
  );
  return rowsOf<ServerState>(result)[0] as ServerState;
}
