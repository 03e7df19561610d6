import { DrizzleQueryError, sql, type SQL } from "drizzle-orm";
import { StoreUnavailable } from "../domain/store-unavailable.js";
import type { PGlite } from "@electric-sql/pglite";

/** Where SQL goes: a store's database as somebody may see it, or a transaction of it. */
export interface Db {
  execute(statement: SQL | string): Promise<unknown>;
  /** Done as a whole or not at all; within a transaction, as part of that one. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /**
   * In the same transaction, as the database's own user: for the job queue, whose tables are its own, and for statistics, which
   * only an owner may take. Never beside other statements of the transaction.
   */
  plain<T>(work: (db: Db) => Promise<T>): Promise<T>;
}

/** The database of one process: PostgreSQL, or PGlite embedded. One SQL for both. */
export interface Store {
  /** As the database's own user, who made the tables: for nothing that is done for anybody. */
  readonly db: Db;
  /** As one tenant: row-level security shows that tenant's rows and lets no others be written. */
  of(tenantId: string): Db;
  /** For what is done for all tenants together. */
  readonly system: Db;
  /** What is underneath, for the job queue, which brings SQL of its own. */
  readonly engine:
    { readonly kind: "pglite"; readonly lite: PGlite } | { readonly kind: "postgres"; readonly url: string };
  /** How its tables stood when it was opened. */
  readonly schema: SchemaState;
  /**
   * Runs `work` whenever somebody notifies this channel, on any replica, and with an empty text when news may have been missed;
   * gives a way to stop.
   */
  listen(channel: string, work: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Runs a statement; throws StoreUnavailable where the trouble is the database's and not the statement's. */
export async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Drizzle's own message holds the parameters: what is in people's tickets has no place in a log.
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    if (isTrouble(cause)) throw new StoreUnavailable("The gateway's database does not answer.", { cause });
    throw cause ?? error;
  }
}

/** How a database's tables stand to those that this version of the program knows. */
export interface SchemaState {
  /** The migrations that were run as the store was opened, by name. */
  readonly ran: readonly string[];
  /** Those that are still to be run. */
  readonly pending: readonly string[];
  /** How many were run that this version doesn't know: a newer one has been here. */
  readonly newer: number;
}

/** What is written in this transaction may be lost in a crash, all of it together: for what would only be read again. */
export async function mayForgetLast(tx: Db): Promise<void> {
  await asked(() => tx.execute(sql`set local synchronous_commit = off`));
}

/** How often work is begun that the database gives up for another's sake. */
const ATTEMPTS = 5;

/** Runs work that is done as a whole or not at all; it may run again where others were in its way. */
export async function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await asked(() => db.transaction(work));
    } catch (error) {
      if (attempt >= ATTEMPTS || !isOvercome(error)) throw error;
    }
}

/** Rows of a raw statement, whichever engine ran it. */
export function rowsOf<T>(result: unknown): readonly T[] {
  return (result as { readonly rows: readonly T[] }).rows;
}

/** Two transactions waited for each other, or can't be told apart in time: this one may simply be tried again. */
function isOvercome(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return code === "40P01" || code === "40001";
}

/**
 * Classes 08 (connection), 25006 (read-only), 53 (disk, memory, connections), 57P (shutdown), 58 (system):
 * https://www.postgresql.org/docs/current/errcodes-appendix.html; anything else is a mistake of ours.
 */
function isTrouble(error: unknown): boolean {
  for (let one = error; typeof one === "object" && one !== null; one = (one as { cause?: unknown }).cause) {
    const { code, message } = one as { readonly code?: unknown; readonly message?: unknown };
    if (
      typeof code === "string" &&
      /^(08|25006|53|57P|58|XX000|ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|ENOSPC)/.test(code)
    )
      return true;
    if (
      typeof message === "string" &&
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered|PGlite is closed/.test(
        message,
      )
    )
      return true;
  }
  return false;
}
