import { openPglite } from "./open-pglite.js";
import { openPostgres } from "./open-postgres.js";
import type { Store } from "./store.js";

/** PostgreSQL at an address, or PGlite in a folder or in memory, there empty or as an image of another one has it. */
export type Where = { readonly url: string } | { readonly folder: string } | { readonly image: string } | "memory";

/** Opens the store and brings its tables up to date. Throws FolderLocked, and what a driver throws that finds no server. */
export function openStore(where: Where): Promise<Store> {
  if (where === "memory") return openPglite(undefined);
  if ("url" in where) return openPostgres(where.url);
  return "image" in where ? openPglite(undefined, where.image) : openPglite(where.folder);
}
