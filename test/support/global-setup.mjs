import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, URL } from "node:url";
import { promisify } from "node:util";
import { openRun } from "./run-databases.mjs";
import { migrate, storeImages } from "./store-images.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What tests start as a program, and what their stores begin as, is made once. */
export default async function setUp() {
  await promisify(execFile)(process.execPath, ["build.mjs"], { cwd: root, env: { ...process.env, NODE_OPTIONS: "" } });
  await Promise.all([makeTemplate(), storeImages(root).then((folder) => (process.env.STORE_IMAGES = folder))]);
}

async function makeTemplate() {
  const template = await openRun();
  if (template === undefined) return;
  // A folder of its own, and empty: all that it is asked for is what has no address.
  const folder = await mkdtemp(join(tmpdir(), "ticketgraph-"));
  await migrate(root, { DATABASE_URL: template, DATA_DIR: folder });
  await rm(folder, { recursive: true });
}
