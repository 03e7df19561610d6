import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { PGLITE_FOLDER } from "../../src/store/open-pglite.js";
import type { Where } from "../../src/store/open.js";

/** A place for a store of its own, and how to clear it away. */
export interface Place {
  readonly where: Where;
  /** PostgreSQL's address of it; absent where it is embedded. */
  readonly url?: string;
  drop(): Promise<void>;
}

export type EngineName = "pglite" | "postgres";

const { TEST_DATABASE_URL, TEST_DATABASE_TEMPLATE, STORE_IMAGES } = process.env;

/** The engines that tests run on: the embedded one always, PostgreSQL where TEST_DATABASE_URL names a server. */
export const ENGINES: readonly EngineName[] = TEST_DATABASE_URL ? ["pglite", "postgres"] : ["pglite"];

/** Where a store is whose test asks for no engine: on the server if there is one, for it starts ten times as fast. */
const USUAL: EngineName = TEST_DATABASE_URL ? "postgres" : "pglite";

/** A new database with all tables and nothing in them. */
export async function newPlace(engine = USUAL): Promise<Place> {
  if (engine === "postgres") return newDatabase(TEST_DATABASE_TEMPLATE);
  return { where: inMemory("tables"), drop: async () => {} };
}

/** The same, embedded, in a folder of its own. */
export async function newFolder(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "ticketgraph-store-"));
  await fillFolder(folder, "tables");
  return { where: { folder }, drop: () => rm(folder, { recursive: true }) };
}

/** A new database without a table: what a gateway finds at its first start. */
export async function emptyPlace(engine: EngineName): Promise<Place> {
  return engine === "postgres" ? newDatabase(undefined) : { where: inMemory("empty"), drop: async () => {} };
}

/** What an embedded store begins as: a database without a table, or with all of them. */
type Image = "empty" | "tables";

/** Puts a store into a folder that has none, as its first start would, or a part of it. */
export async function fillFolder(folder: string, image: Image): Promise<void> {
  const path = imageOf(image);
  if (path === undefined) return;
  const into = join(folder, PGLITE_FOLDER);
  await mkdir(into);
  await promisify(execFile)("tar", ["-xf", path, "-C", into]);
}

function inMemory(name: Image): Where {
  const image = imageOf(name);
  return image === undefined ? "memory" : { image };
}

/** Where an image is; undefined outside of jest, whose setup makes them. */
function imageOf(name: Image): string | undefined {
  return STORE_IMAGES === undefined ? undefined : join(STORE_IMAGES, `${name}.tar`);
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
