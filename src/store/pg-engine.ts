import { drizzle } from "drizzle-orm/node-postgres";
import { escapeLiteral, type Pool, type PoolClient } from "pg";
import { settingsOf, type Scope } from "./roles.js";
import type { Engine, Execute } from "./scoped.js";

/** Sends statements over a pool's connections. */
export function pgEngine(pool: Pool): Engine {
  const db = drizzle(pool);
  const own = new WeakMap<PoolClient, Execute>();
  const executeOn = (client: PoolClient): Execute => {
    let execute = own.get(client);
    if (!execute) {
      const one = drizzle(client);
      own.set(client, (execute = (statement) => one.execute(statement)));
    }
    return execute;
  };
  return {
    execute: (statement) => db.execute(statement),
    async transaction(scope, work) {
      const client = await pool.connect();
      let lost: Error | boolean = false;
      try {
        await client.query(beginning(scope));
        const result = await work(executeOn(client));
        await client.query("commit");
        return result;
      } catch (error) {
        // One that a statement didn't come back from is of no use to anybody.
        lost = isSilent(error) || (await client.query("rollback").then(() => false, asError));
        throw error;
      } finally {
        client.release(lost);
      }
    },
  };
}

/** Begins a transaction and puts it into its scope, in one message to the server. */
function beginning(scope: Scope | undefined): string {
  if (!scope) return "begin";
  const settings = settingsOf(scope).map(
    ([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`,
  );
  return `begin; select ${settings.join(", ")}`;
}

function isSilent(error: unknown): boolean {
  const { message, cause } = error as { readonly message?: unknown; readonly cause?: unknown };
  return message === "Query read timeout" || (cause !== undefined && isSilent(cause));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
