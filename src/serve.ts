import { startApp } from "./app.js";
import { ConfigError } from "./config/config-error.js";
import { readEnvironment } from "./config/env.js";
import { startDemo } from "./demo.js";
import type { OnStop } from "./listen-for-stop.js";
import { openGateway } from "./open-gateway.js";
import { settingsOf } from "./own-settings.js";
import { sampleQuery } from "./sample-query.js";
import { createLogger } from "./server/logger.js";

/** Answers over HTTP until it is told to stop: real connections where they are configured, else the demo. */
export async function serve(onStop: OnStop): Promise<void> {
  const config = readEnvironment(process.env);
  const log = createLogger(config.logLevel);
  const demo = config.settingsPath === undefined ? await startDemo() : undefined;
  const settings = demo ? demo.settings : await settingsOf(config);
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
    console.log(
      "This is the demo: Jira, Leen, Rezolve and StackOne in small on this machine; what you create is gone when you stop it.",
    );
    console.log(`API key:  ${demo.apiKey}`);
  }
  console.log(`Explorer: ${app.url}/graphql`);
  onStop(() => Promise.all([app.close(), demo?.close()]));
}

/** Works on the jobs of other replicas, without listening, until it is told to stop. */
export async function work(onStop: OnStop): Promise<void> {
  const config = readEnvironment(process.env);
  if (config.databaseUrl === undefined)
    throw new ConfigError("A replica that only works shares a database with others. Set DATABASE_URL to theirs.");
  if (config.settingsPath === undefined)
    throw new ConfigError(
      "A replica that only works needs the connections. Set TICKETGRAPH_CONFIG to the others' file.",
    );
  const log = createLogger(config.logLevel);
  const gateway = await openGateway({
    config,
    settings: await settingsOf(config),
    log,
    store: { url: config.databaseUrl },
  });
  await gateway.work();
  console.log("Working on jobs.");
  onStop(() => gateway.close());
}
