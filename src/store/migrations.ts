import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { rowsOf, type Db, type SchemaState } from "./store.js";

/** Where the migrations are, from the sources and from the build alike; `npx drizzle-kit generate` writes them. */
export const MIGRATIONS = fileURLToPath(new URL("../../migrations", import.meta.url));

interface Journal {
  readonly entries: readonly { readonly tag: string; readonly when: number }[];
}

/** Compares what a database remembers with the migrations of this version; changes nothing. */
export async function schemaState(db: Pick<Db, "execute">): Promise<SchemaState> {
  const { entries } = JSON.parse(await readFile(join(MIGRATIONS, "meta/_journal.json"), "utf8")) as Journal;
  const done = await runAt(db);
  // As the migrator itself decides: what is later than the last one that was run.
  const last = Math.max(0, ...done);
  const newest = Math.max(...entries.map(({ when }) => when));
  return {
    ran: [],
    pending: entries.filter(({ when }) => when > last).map(({ tag }) => tag),
    newer: done.filter((when) => when > newest).length,
  };
}

/** When the migrations of a database were written, in milliseconds since 1970; none where there are no tables yet. */
async function runAt(db: Pick<Db, "execute">): Promise<readonly number[]> {
  const found = await db.execute(sql`select to_regclass('drizzle.__drizzle_migrations') is not null as "isThere"`);
  if (!rowsOf<{ isThere: boolean }>(found)[0]?.isThere) return [];
  const result = await db.execute(sql`select created_at as "createdAt" from drizzle.__drizzle_migrations`);
  return rowsOf<{ createdAt: string | number }>(result).map(({ createdAt }) => Number(createdAt));
}
