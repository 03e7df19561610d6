import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The file of a data folder that holds its master key. */
export const MASTER_KEY_FILE = "master.key";

/**
 * The master key of a gateway that is given none: made at the first start, in a file that its owner alone may read. Whoever has the
 * folder has the secrets, so an operator gives a key of their own. Throws where the file holds anything else.
 */
export async function ownMasterKey(folder: string): Promise<Buffer> {
  return (await readOwnMasterKey(folder)) ?? makeKey(folder, join(folder, MASTER_KEY_FILE));
}

/** The same where there is one already; makes none. Throws where the file holds anything else. */
export function readOwnMasterKey(folder: string): Promise<Buffer | undefined> {
  return readKey(join(folder, MASTER_KEY_FILE));
}

async function makeKey(folder: string, path: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fresh = `${path}.${randomBytes(6).toString("hex")}`;
  await writeFile(fresh, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx", flush: true });
  // Linked and not renamed: of two that start at once, the first one's key stays.
  await link(fresh, path).catch(unlessThere);
  await unlink(fresh);
  return (await readKey(path)) as Buffer;
}

async function readKey(path: string): Promise<Buffer | undefined> {
  const text = await readFile(path, "utf8").catch((error: { readonly code?: unknown }) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (text === undefined) return undefined;
  const key = Buffer.from(text.trim(), "base64");
  if (key.length === 32) return key;
  throw new Error(
    `${path} holds no key of 32 bytes. Bring it back from a copy: without it no credentials can be read.`,
  );
}

function unlessThere(error: { readonly code?: unknown }): void {
  if (error.code !== "EEXIST") throw error;
}
