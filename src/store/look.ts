import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { schemaState } from "./migrations.js";
import { PGLITE_FOLDER, storeOn } from "./open-pglite.js";
import { lookIntoPostgres } from "./open-postgres.js";
import { startPglite } from "./start-pglite.js";
import type { Store } from "./store.js";

/**
 * Opens a store to look and not to touch: its tables stay as they are. An embedded one must be in nobody's use; it is looked at in
 * a copy, since opening it would already write to it. Throws what a driver throws that finds none.
 */
export async function lookIntoStore(where: { readonly url: string } | { readonly folder: string }): Promise<Store> {
  return "url" in where ? lookIntoPostgres(where.url) : lookIntoFolder(where.folder);
}

async function lookIntoFolder(folder: string): Promise<Store> {
  const copy = await mkdtemp(join(tmpdir(), "ticketgraph-look-"));
  const drop = () => rm(copy, { recursive: true, force: true });
  try {
    const dataDir = join(copy, PGLITE_FOLDER);
    await cp(join(folder, PGLITE_FOLDER), dataDir, { recursive: true });
    const store = storeOn(await startPglite({ dataDir }), drop);
    return { ...store, schema: await schemaState(store.db) };
  } catch (error) {
    await drop();
    throw error;
  }
}
