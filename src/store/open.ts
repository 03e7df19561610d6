import { openPostgres } from "./open-postgres.js";
import type { Store } from "./store.js";

/** PostgreSQL at an address, or PGlite in a folder or in memory, there empty or as an image of another one has it. */
export type Where = { readonly url: string } | { readonly folder: string } | { readonly image: string } | "memory";

/** Opens the store and brings its tables up to date. Throws FolderLocked, and what a driver throws that finds no server. */
export async function openStore(where: Where): Promise<Store> {
  if (typeof where === "object" && "url" in where) return openPostgres(where.url);
  // A database of its own, which nobody loads who has a server for it.
  const { openPglite } = await import("./open-pglite.js");
  if (where === "memory") return openPglite(undefined);
  return "image" in where ? openPglite(undefined, where.image) : openPglite(where.folder);
}
