import { execFile } from "node:child_process";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { PGlite } from "@electric-sql/pglite";

const run = promisify(execFile);

/** What decides how a new store looks. */
const SOURCES = ["package-lock.json", "migrations", "src/store", "src/jobs", "test/support/store-images.mjs"];

/**
 * The folder with the images that embedded stores of tests begin as: `empty.tar` has no table, `tables.tar` has all. They take ten
 * seconds to make, so they are kept until something changes of what they are made from. The program must have been built.
 */
export async function storeImages(root) {
  const kept = join(root, "node_modules/.cache/ticketgraph");
  const name = `stores-${(await digest(root)).slice(0, 16)}`;
  await mkdir(kept, { recursive: true });
  const all = await readdir(kept);
  if (all.includes(name)) return join(kept, name);
  const folder = await mkdtemp(join(kept, "new-"));
  try {
    await make(root, folder);
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
  // Whoever made the same meanwhile was there first.
  await rename(folder, join(kept, name)).catch(() => rm(folder, { recursive: true }));
  for (const old of all) if (old.startsWith("stores-")) await rm(join(kept, old), { recursive: true, force: true });
  return join(kept, name);
}

async function make(root, folder) {
  const empty = join(folder, "empty.tar");
  const lite = await PGlite.create();
  const dump = await lite.dumpDataDir("none");
  await writeFile(empty, Buffer.from(await dump.arrayBuffer()));
  await lite.close();
  const data = join(folder, "data");
  await mkdir(join(data, "pglite"), { recursive: true });
  await run("tar", ["-xf", empty, "-C", join(data, "pglite")]);
  await migrate(root, { DATA_DIR: data });
  await run("tar", ["-cf", join(folder, "tables.tar"), "--format=ustar", "-C", join(data, "pglite"), "."]);
  await rm(data, { recursive: true });
}

/** Makes all tables in the store that the environment names, as the program does it. */
export async function migrate(root, env) {
  await run(process.execPath, ["dist/main.js", "migrate"], { cwd: root, env: { PATH: process.env.PATH, ...env } });
}

async function digest(root) {
  const hash = createHash("sha256");
  for (const source of SOURCES) for (const file of await filesOf(join(root, source))) hash.update(await readFile(file));
  return hash.digest("hex");
}

async function filesOf(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
