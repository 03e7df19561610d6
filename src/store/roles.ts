/** The role under which everything is done that is done for one tenant: it sees that tenant's rows alone. */
export const TENANT_ROLE = "ticketgraph_tenant";
/** The role of what is done for all tenants together: sweepers, queues, and the door before it knows who asks. */
export const SYSTEM_ROLE = "ticketgraph_system";

/** What a transaction is done as: until its end, and not a moment longer. */
export type Scope = { readonly tenantId: string } | "system";

/** The settings of a scope, by name: `set local` of each of them. */
export function settingsOf(scope: Scope): readonly (readonly [name: string, value: string])[] {
  const [role, tenantId] = scope === "system" ? [SYSTEM_ROLE, ""] : [TENANT_ROLE, scope.tenantId];
  return [
    ["role", role],
    ["ticketgraph.tenant", tenantId],
  ];
}

/**
 * Makes the roles where they aren't there yet. They belong to the whole server and not to one database, so a migration can't
 * do it once for all: a restored copy finds none. Several gateways may do it at the same moment.
 */
export const ENSURE_ROLES = [TENANT_ROLE, SYSTEM_ROLE]
  .map(
    (role) => `
      do $$ begin
        if not exists (select from pg_roles where rolname = '${role}') then
          create role ${role} nologin nosuperuser nobypassrls noinherit;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $$;
      do $$ begin
        execute 'set local role ${role}';
        execute 'set local role none';
      exception when insufficient_privilege then
        execute format('grant ${role} to %I', current_user);
      end $$;`,
  )
  .join("\n");
