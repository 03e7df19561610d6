#!/usr/bin/env node
import { startApp } from "./app.js";
import { ConfigError } from "./config/config-error.js";
import { describeEnvironment, readEnvironment } from "./config/env.js";
import { readSettings } from "./config/settings.js";
import { vendorsByName } from "./connectors/registry.js";
import { startDemo } from "./demo.js";
import { createLogger } from "./server/logger.js";
import { sampleQuery } from "./sample-query.js";

async function main(): Promise<void> {
  const config = readEnvironment(process.env);
  const log = createLogger(config.logLevel);
  const demo = config.settingsPath === undefined ? await startDemo() : undefined;
  const schemas = new Map([...vendorsByName].map(([name, { settings }]) => [name, settings]));
  const settings = demo ? demo.settings : await readSettings(config.settingsPath ?? "", process.env, schemas);
  const explorerHeaders = demo && { "X-API-Key": demo.apiKey };
  const store = config.databaseUrl ? { url: config.databaseUrl } : demo ? "memory" : { folder: config.dataDir };
  const app = await startApp({
    config,
    settings,
    log,
    store,
    sampleQuery,
    ...(explorerHeaders && { explorerHeaders }),
  });
  if (demo) {
    console.log("This is the demo: a Jira in small on this machine; what you create is gone when you stop it.");
    console.log(`API key:  ${demo.apiKey}`);
  }
  console.log(`Explorer: ${app.url}/graphql`);

  const stop = (): void => {
    void Promise.all([app.close(), demo?.close()]).then(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

if (process.argv.includes("--help")) {
  console.log(`ticketgraph: one GraphQL API over every ITSM vendor.\n\nEnvironment:\n${describeEnvironment()}`);
} else {
  main().catch((error: unknown) => {
    // Anything else is a bug, and keeps its stack.
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  });
}
