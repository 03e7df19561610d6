import { startApp } from "./app.js";
import { ConfigError } from "./config/config-error.js";
import { readEnvironment, type Config } from "./config/env.js";
import { startDemo } from "./demo.js";
import type { OnStop } from "./listen-for-stop.js";
import { openGateway, type Gateway } from "./gateway/open-gateway.js";
import { logUnwatched } from "./log-unwatched.js";
import { settingsOf } from "./gateway/own-settings.js";
import { sampleQuery } from "./sample-query.js";
import { createLogger, type Logger } from "./server/logger.js";
import { openTracing } from "./server/open-tracing.js";
import { openSideDoor, type SideDoor } from "./server/side-door.js";
import { whyNotReady } from "./gateway/why-not-ready.js";

/** Answers over HTTP until it is told to stop: real connections where they are configured, else the demo. */
export async function serve(onStop: OnStop): Promise<void> {
  const config = readEnvironment(process.env);
  const log = createLogger(config.logLevel);
  logUnwatched(log);
  const tracing = await openTracing(process.env);
  const demo = config.settingsPath === undefined ? await startDemo() : undefined;
  const settings = demo ? demo.settings : await settingsOf(config);
  const explorerHeaders = demo && { "X-API-Key": demo.apiKey };
  const store = config.databaseUrl ? { url: config.databaseUrl } : demo ? "memory" : { folder: config.dataDir };
  const app = await startApp({
    config,
    settings,
    log,
    store,
    tracing,
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
  onStop(async () => {
    await Promise.all([app.close(), demo?.close()]);
    await tracing?.close();
  });
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
  logUnwatched(log);
  const tracing = await openTracing(process.env);
  const gateway = await openGateway({
    tracing,
    config,
    settings: await settingsOf(config),
    log,
    store: { url: config.databaseUrl },
  });
  const door = await sideDoor(config, gateway, log).catch(async (error: unknown) => {
    await gateway.close();
    throw error;
  });
  await gateway.work();
  console.log(door ? `Working on jobs; ${door.url}/metrics tells how.` : "Working on jobs.");
  onStop(async () => {
    await door?.close();
    await gateway.close();
    await tracing?.close();
  });
}

/** Where a replica that only works is asked how it is, if anywhere. */
async function sideDoor(
  { host, metricsPort, metricsToken }: Config,
  { store, observer }: Gateway,
  log: Logger,
): Promise<SideDoor | undefined> {
  if (metricsPort === undefined) return undefined;
  return openSideDoor(host, metricsPort, {
    ready: () => whyNotReady(store),
    metrics: { token: metricsToken, scrape: () => observer.scrape() },
    onFault: (error) => log.error({ err: error }, "a probe failed"),
  });
}
