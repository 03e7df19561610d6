import { sql, type SQL } from "drizzle-orm";
import { settingsOf, type Scope } from "./roles.js";
import type { Db } from "./store.js";

/** How statements are sent within a transaction, or each on its own. */
export type Execute = (statement: SQL | string) => Promise<unknown>;

/** What an engine must be able to do. */
export interface Engine {
  readonly execute: Execute;
  /** Begins as `scope` says, without one as the database's own user. */
  transaction<T>(scope: Scope | undefined, work: (execute: Execute) => Promise<T>): Promise<T>;
}

/** A database as one scope sees it. Each statement that is sent on its own is a transaction of its own: the scope ends with it. */
export function scoped(engine: Engine, scope?: Scope): Db {
  return {
    execute: scope ? (statement) => engine.transaction(scope, (execute) => execute(statement)) : engine.execute,
    transaction: (work) => engine.transaction(scope, (execute) => work(within(execute, scope))),
    plain: (work) => work(scope ? scoped(engine) : scoped(engine, scope)),
  };
}

function within(execute: Execute, scope: Scope | undefined): Db {
  const tx: Db = {
    execute,
    transaction: (work) => work(tx),
    async plain(work) {
      if (!scope) return work(tx);
      await execute(sql`select set_config('role', 'none', true)`);
      const result = await work(within(execute, undefined));
      await execute(becoming(scope));
      return result;
    },
  };
  return tx;
}

/** The statement that puts a transaction into its scope. */
export function becoming(scope: Scope): SQL {
  const settings = settingsOf(scope).map(([name, value]) => sql`set_config(${name}, ${value}, true)`);
  return sql`select ${sql.join(settings, sql`, `)}`;
}
