import { randomUUID } from "node:crypto";
import { Client } from "pg";
import type { Where } from "../../src/store/open.js";

/** A place for a store of its own, and how to clear it away. */
export interface Place {
  readonly where: Where;
  /** PostgreSQL's address of it; absent where it is embedded. */
  readonly url?: string;
  drop(): Promise<void>;
}

export type EngineName = "pglite" | "postgres";

const { TEST_DATABASE_URL, TEST_DATABASE_TEMPLATE, STORE_IMAGE } = process.env;

/** The engines that tests run on: the embedded one always, PostgreSQL where TEST_DATABASE_URL names a server. */
export const ENGINES: readonly EngineName[] = TEST_DATABASE_URL ? ["pglite", "postgres"] : ["pglite"];

/** Where a store is whose test asks for no engine: on the server if there is one, for it starts ten times as fast. */
const USUAL: EngineName = TEST_DATABASE_URL ? "postgres" : "pglite";

/** A new database with all tables and nothing in them. */
export async function newPlace(engine = USUAL): Promise<Place> {
  if (engine === "postgres") return newDatabase(TEST_DATABASE_TEMPLATE);
  return { where: STORE_IMAGE === undefined ? "memory" : { image: STORE_IMAGE }, drop: async () => {} };
}

/** A new database without a table: what a gateway finds at its first start. */
export async function emptyPlace(engine: EngineName): Promise<Place> {
  return engine === "postgres" ? newDatabase(undefined) : { where: "memory", drop: async () => {} };
}

async function newDatabase(template: string | undefined): Promise<Place> {
  const run = TEST_DATABASE_TEMPLATE?.replace(/template$/, "") ?? "tg_";
  const name = `${run}${randomUUID().replaceAll("-", "").slice(0, 16)}`;
  await admin(`create database ${name}${template === undefined ? "" : ` template ${template}`}`);
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
