import { randomUUID } from "node:crypto";
import { Client } from "pg";
import type { Where } from "../../src/store/open.js";
import { inMemory } from "./memory.js";

/** A place for a store of its own, and how to clear it away. */
export interface Place {
  readonly where: Where;
  /** PostgreSQL's address of it; absent where it is embedded. */
  readonly url?: string;
  drop(): Promise<void>;
}

const { TEST_DATABASE_URL } = process.env;

/** The engines that tests run on: the embedded one always, PostgreSQL where TEST_DATABASE_URL names a server. */
export const ENGINES: readonly ("pglite" | "postgres")[] = TEST_DATABASE_URL ? ["pglite", "postgres"] : ["pglite"];

/** A new, empty database. */
export async function newPlace(engine: "pglite" | "postgres"): Promise<Place> {
  if (engine === "pglite") return { where: inMemory(), drop: async () => {} };
  const name = `tg_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
  await admin(`create database ${name}`);
  const url = new URL(TEST_DATABASE_URL ?? "");
  url.pathname = `/${name}`;
  return { where: { url: url.href }, url: url.href, drop: () => admin(`drop database if exists ${name} with (force)`) };
}

async function admin(statement: string): Promise<void> {
  const client = new Client({ connectionString: TEST_DATABASE_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
