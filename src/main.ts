#!/usr/bin/env node
import module from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { CliError } from "./cli/cli-error.js";
import { makeProgram } from "./cli/program.js";
import { ConfigError } from "./config/config-error.js";
import { listenForStop } from "./listen-for-stop.js";
import { needNode } from "./need-node.js";

// A tenth of a start is compiling. Kept beside the program, and not where others could write what we run; a Node.js that is too old,
// and a folder that may not be written to, do without.
(module as Partial<typeof module>).enableCompileCache?.(fileURLToPath(new URL(".compiled", import.meta.url)));

// What a request makes is garbage when it is answered. V8 learns during a burst, when much is under way at once, that such things live
// long, makes them among the old ones from then on and never unlearns it: each collection then keeps what the dead hold, and takes
// ten times as long.
setFlagsFromString("--no-allocation-site-pretenuring");
// The old ones are gone through when they have grown by half, and not threefold, as V8 does where there is much memory.
setFlagsFromString("--heap-growing-percent=50");

const program = makeProgram({
  async serve() {
    needNode();
    const onStop = listenForStop();
    return (await import("./serve.js")).serve(onStop);
  },
  async work() {
    needNode();
    const onStop = listenForStop();
    return (await import("./serve.js")).work(onStop);
  },
  async migrate() {
    needNode();
    return (await import("./migrate.js")).migrate();
  },
  async doctor(options) {
    needNode();
    return (await import("./doctor.js")).doctor(options);
  },
  async rotateKeys() {
    needNode();
    return (await import("./rotate-keys.js")).rotateKeys();
  },
  import: async (file, options) => {
    const [{ importFile }, { terminal }] = await Promise.all([import("./cli/import.js"), import("./cli/terminal.js")]);
    return importFile(file, options, terminal);
  },
});
program.parseAsync().catch((error: unknown) => {
  // Anything else is a bug, and keeps its stack.
  if (!(error instanceof ConfigError || error instanceof CliError)) throw error;
  console.error(error.message);
  process.exit(1);
});
