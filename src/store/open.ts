import { openPglite } from "./open-pglite.js";
import { openPostgres } from "./open-postgres.js";
import type { Store } from "./store.js";

/** PostgreSQL at an address, or PGlite in a folder or in memory. */
export type Where = { readonly url: string } | { readonly folder: string } | "memory";

/** Opens the store and brings its tables up to date. Throws FolderLocked, and what a driver throws that finds no server. */
export function openStore(where: Where): Promise<Store> {
  if (where === "memory") return openPglite(undefined);
  return "url" in where ? openPostgres(where.url) : openPglite(where.folder);
}
