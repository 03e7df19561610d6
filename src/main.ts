#!/usr/bin/env node
import { CliError } from "./cli/cli-error.js";
import { makeProgram } from "./cli/program.js";
import { ConfigError } from "./config/config-error.js";
import { listenForStop } from "./listen-for-stop.js";
import { needNode } from "./need-node.js";

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
