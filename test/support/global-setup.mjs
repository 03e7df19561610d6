import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, URL } from "node:url";
import { promisify } from "node:util";
import { openRun } from "./run-databases.mjs";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Jest takes no TypeScript of ours here, so the stores are made by a process of its own; and what tests start as a program is built once. */
export default async function setUp() {
  await Promise.all([build(), makeStores()]);
}

async function build() {
  await run(process.execPath, ["build.mjs"], { cwd: root, env: { ...process.env, NODE_OPTIONS: "" } });
}

async function makeStores() {
  const folder = mkdtempSync(join(tmpdir(), "ticketgraph-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const template = await openRun();
  const script = fileURLToPath(new URL("make-stores.ts", import.meta.url));
  await run(
    process.execPath,
    ["--import", "@swc-node/register/esm-register", script, folder, ...(template === undefined ? [] : [template])],
    { cwd: root, env: { ...process.env, NODE_OPTIONS: "--no-warnings" } },
  );
  process.env.STORE_IMAGES = folder;
}
