import { ConfigError } from "../config/config-error.js";
import { FolderLocked } from "../store/lock-folder.js";
import { openStore, type Where } from "../store/open.js";
import type { Store } from "../store/store.js";

/** Opens the store that the operator named. Throws ConfigError where it can't be used. */
export async function openOwnStore(where: Where): Promise<Store> {
  try {
    return await openStore(where);
  } catch (error) {
    throw unopened(error, where);
  }
}

/** What a person can do about a store that can't be opened. */
export function unopened(error: unknown, where: Where): unknown {
  if (where === "memory" || "image" in where) return error;
  if (error instanceof FolderLocked) return new ConfigError(error.message);
  const { message, code, cause } = error as {
    readonly message?: string;
    readonly code?: string;
    readonly cause?: Error;
  };
  const reason = cause?.message || message || code || "without a word";
  return new ConfigError(
    "url" in where
      ? `The database at ${new URL(where.url).host} can't be used (${reason}). Check DATABASE_URL.`
      : `The store in the folder ${where.folder} can't be used (${reason}). Set DATA_DIR to another one, or bring back a copy of it.`,
  );
}
