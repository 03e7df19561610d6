#!/usr/bin/env node
import { CliError } from "./cli/cli-error.js";
import { makeProgram } from "./cli/program.js";
import { ConfigError } from "./config/config-error.js";
import { listenForStop } from "./listen-for-stop.js";

const program = makeProgram({
  serve: async () => {
    const onStop = listenForStop();
    return (await import("./serve.js")).serve(onStop);
  },
  work: async () => {
    const onStop = listenForStop();
    return (await import("./serve.js")).work(onStop);
  },
  migrate: async () => (await import("./migrate.js")).migrate(),
  doctor: async (options) => (await import("./doctor.js")).doctor(options),
  rotateKeys: async () => (await import("./rotate-keys.js")).rotateKeys(),
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
