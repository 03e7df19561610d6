import { setFlagsFromString } from "node:v8";
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";

/**
 * PostgreSQL writes to all of its shared buffers when it starts: 128 MB unless told, which took half of a start, and were kept. What isn't
 * in them is in the system's cache of files; pages and inserts took as long with either.
 */
const START = [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"];

// V8 compiles what of PostgreSQL is used often once more, and better: for two seconds from the start on that keeps a core busy and takes half
// a gigabyte, most of it for one function. Without it a large job takes a fifth longer; whoever has many tickets has a server.
setFlagsFromString("--no-wasm-tier-up");
setFlagsFromString("--no-wasm-dynamic-tiering");

/** Starts PostgreSQL embedded in this process, in a folder or in memory. */
export function startPglite(options: PGliteOptions): Promise<PGlite> {
  return PGlite.create({ startParams: START, ...options });
}
