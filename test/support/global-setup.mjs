import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, URL } from "node:url";

/** Jest takes no TypeScript of ours here, so the image is made by a process of its own; and what tests start as a program is built once. */
export default function setUp() {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const tsc = fileURLToPath(import.meta.resolve("typescript/lib/tsc.js"));
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
  const folder = mkdtempSync(join(tmpdir(), "ticketgraph-"));
  const image = join(folder, "store.tar");
  const script = fileURLToPath(new URL("make-store-image.ts", import.meta.url));
  execFileSync(process.execPath, ["--import", "@swc-node/register/esm-register", script, image], {
    env: { ...process.env, NODE_OPTIONS: "--no-warnings" },
    stdio: "inherit",
  });
  process.env.STORE_IMAGE = image;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}
