import "reflect-metadata";
import { openApiKeys } from "./auth/api-key.js";
import { authenticateBy } from "./auth/authenticate.js";
import type { Config } from "./config/env.js";
import type { Settings } from "./config/settings.js";
import { createContext } from "./graphql/context.js";
import { formatError } from "./graphql/errors.js";
import { createSchema } from "./graphql/schema.js";
import { openJobs } from "./jobs/queue.js";
import { openJobProgress } from "./operations/bulk/job-progress.js";
import { resumeJobs } from "./operations/bulk/resume-jobs.js";
import { runPoisoned, runSlice } from "./operations/bulk/run-slice.js";
import { DELIVERY_DEFAULTS, type DeliveryOptions } from "./operations/delivery/options.js";
import { startSweeper } from "./operations/delivery/sweeper.js";
import { openKernel } from "./operations/open-kernel.js";
import { compiledQueries } from "./server/compiled-queries.js";
import type { Logger } from "./server/logger.js";
import { startServer, type RunningServer } from "./server/http.js";
import { observeDeliveries } from "./server/observe-deliveries.js";
import { releaseAll } from "./store/ledger.js";
import { openStore, type Where } from "./store/open.js";
import type { Store } from "./store/store.js";
import { openConnections } from "./open-connections.js";

/** What the explorer shows beyond the page itself. */
export interface AppOptions {
  readonly config: Config;
  readonly settings: Settings;
  readonly log: Logger;
  /** Where what must outlive a crash is kept. */
  readonly store: Where;
  /** What the explorer's editor holds at first. */
  readonly sampleQuery: string;
  /** Headers that the explorer sends from the start: only the demo knows a key to fill in. */
  readonly explorerHeaders?: Readonly<Record<string, string>>;
}

/** The whole gateway, listening. */
export interface App {
  readonly url: string;
  /** Lets requests under way finish, within 10 s, then ends everything. */
  close(): Promise<void>;
}

/** Puts the gateway together and starts it: the one place that knows every folder. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, settings, log } = options;
  const store = await openStore(options.store);
  if (store.engine.kind === "pglite") await releaseAll(store.db);
  const connections = openConnections(config, settings, log);
  const keys = settings.tenants.flatMap(({ id, apiKeys }) => apiKeys.map((key) => ({ ...key, tenantId: id })));
  const jobs = await openJobs(store, {
    backend: config.queueBackend,
    onError: (error) => log.error({ err: error }, "the job queue failed"),
  });
  const kernel = await openKernel({
    queue: jobs,
    connections,
    db: store.db,
    delivery: deliveryOptions(settings),
    deliveryEvents: observeDeliveries(log),
    limits: settings.limits,
  });
  const jobProgress = openJobProgress(store);
  const server: RunningServer = await startServer({
    schema: createSchema(),
    host: config.host,
    port: config.port,
    authenticate: authenticateBy(openApiKeys(keys)),
    context: (caller) => createContext(kernel, jobProgress, caller),
    ready: () => whyNotReady(store),
    explorer: {
      kind: config.explorer,
      sampleQuery: options.sampleQuery,
      ...(options.explorerHeaders && { headers: options.explorerHeaders }),
    },
    corsOrigins: config.corsOrigins,
    bodyLimit: config.bodyLimit,
    executor: compiledQueries(),
    log,
    formatError: formatError((reference, error) => log.error({ reference, err: error }, "a bug")),
  });
  await jobs.work(
    (slice) => runSlice(kernel, slice),
    (slice) => runPoisoned(kernel, slice, (error) => log.error({ err: error, ...slice }, "a ticket of a job failed")),
  );
  await resumeJobs(kernel);
  const sweeper = startSweeper(kernel, {
    onError: (error) => log.error({ err: error }, "looking after deliveries failed"),
    onStoreBack: () => resumeJobs(kernel),
  });
  return {
    url: server.url,
    async close() {
      await server.close();
      await jobs.stop();
      await sweeper.stop();
      await Promise.all(
        [...connections.values()].flatMap((ofTenant) => [...ofTenant.values()].map((one) => one.close())),
      );
      await store.close();
    },
  };
}

function deliveryOptions({ delivery }: Settings): DeliveryOptions {
  if (!delivery) return DELIVERY_DEFAULTS;
  const { quietSeconds, leaseSeconds, waitSeconds } = delivery;
  return {
    ...DELIVERY_DEFAULTS,
    quietMs: quietSeconds * 1_000,
    leaseMs: leaseSeconds * 1_000,
    waitMs: waitSeconds * 1_000,
    sweepMs: Math.min(DELIVERY_DEFAULTS.sweepMs, (leaseSeconds * 1_000) / 4),
  };
}

async function whyNotReady({ db }: Store): Promise<string | undefined> {
  try {
    await db.execute("select 1");
    return undefined;
  } catch {
    return "The database does not answer.";
  }
}
