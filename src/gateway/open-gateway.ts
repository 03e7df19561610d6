import type { Config } from "../config/env.js";
import type { Settings } from "../config/settings.js";
import { closeBoss, openBoss } from "../jobs/boss.js";
import { everyMinute, openErrand } from "../jobs/errands.js";
import { openJobs } from "../jobs/queue.js";
import { resumeJobs } from "../operations/bulk/resume-jobs.js";
import { runPoisoned, runSlice } from "../operations/bulk/run-slice.js";
import { DELIVERY_DEFAULTS, type DeliveryOptions } from "../operations/delivery/options.js";
import { startSweeper } from "../operations/delivery/sweeper.js";
import { openAudit } from "../operations/audit.js";
import type { Slice } from "../domain/bulk-job.js";
import type { OpenedConnection } from "../operations/connection-book.js";
import type { Kernel } from "../operations/kernel.js";
import { openKernel } from "../operations/open-kernel.js";
import type { Logger } from "../server/logger.js";
import { openObserver, type KnownConnection, type Observer } from "../server/observe.js";
import type { Tracing } from "../server/trace.js";
import { queueFigures } from "../jobs/queue-figures.js";
import { storeFigures } from "../store/figures.js";
import { runSync, type SyncEnd } from "../operations/sync/run-sync.js";
import { wakeDueSyncs } from "../operations/sync/start-sync.js";
import { wakeDueInboxes, workOff } from "../operations/webhooks/work-off.js";
import { releaseInboxes } from "../store/inbox.js";
import { releaseAll, type Owner } from "../store/ledger.js";
import type { Where } from "../store/open.js";
import type { Store } from "../store/store.js";
import { forgetWindows } from "../store/rate-limits.js";
import { releaseSyncs } from "../store/syncs.js";
import { openKeyRing } from "./open-key-ring.js";
import { masterKeys } from "./master-keys.js";
import { newerSentence } from "./newer-schema.js";
import { openConnections } from "./open-connections.js";
import { openOwnStore } from "./open-own-store.js";
import { openVault } from "../store/vault.js";
import { releaseTokens } from "../store/vendor-tokens.js";

/** What a gateway is made of, whether it listens or not. */
export interface GatewayOptions {
  readonly config: Config;
  readonly settings: Settings;
  readonly log: Logger;
  /** Where what must outlive a crash is kept. */
  readonly store: Where;
  /** Where browsers reach it, once it listens. */
  readonly publicUrl?: () => string;
  /** Where spans go; none are made without it. */
  readonly tracing?: Tracing | undefined;
}

/** Everything but the door: what is asked for is done, and jobs and deliveries are looked after once `work` was called. */
export interface Gateway {
  readonly kernel: Kernel;
  readonly store: Store;
  /** What watches it. */
  readonly observer: Observer;
  /** Begins to work on jobs, this replica's and others', and to look after deliveries. */
  work(): Promise<void>;
  /** Ends the work under way in good order and lets everything go. */
  close(): Promise<void>;
}

/** Opens the store, the connections and the queue. Throws ConfigError where one of them can't be. */
export async function openGateway({
  config,
  settings,
  log,
  store: where,
  publicUrl,
  tracing,
}: GatewayOptions): Promise<Gateway> {
  const store = await openOwnStore(where);
  if (store.schema.newer > 0) log.warn(newerSentence(store.schema.newer));
  // An embedded store has no other process: what is held there was held by one that is gone.
  if (store.engine.kind === "pglite") {
    await releaseAll(store.system);
    await releaseSyncs(store.system);
    await releaseInboxes(store.system);
    await releaseTokens(store.system);
  }
  const onError = (error: unknown): void => log.error({ err: error }, "work in the background failed");
  const vault = openVault(store, await masterKeys(config));
  // Of an embedded store nobody else can change the keys while it is in use.
  if (store.engine.kind === "pglite" && config.masterKeys.length > 1) await vault.rotate();
  const observer = openObserver(log, tracing);
  const hosts = settings.hosts ?? { allow: [], allowPrivate: [] };
  const audit = openAudit(store, onError);
  const connections = await openConnections(settings, { store, vault, log, observer }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const boss = await openBoss(store, { backend: config.queueBackend, onError });
  const ending = new AbortController();
  const jobs = await openJobs(boss, onError);
  const inboxes = await openErrand<Owner>(boss, "inboxes", ending.signal, onError);
  const syncs = await openErrand<Owner>(boss, "syncs", ending.signal, onError);
  const kernel = await openKernel({
    queue: jobs,
    keys: openKeyRing(settings),
    connections,
    store,
    delivery: deliveryOptions(settings),
    deliveryEvents: observer.deliveries,
    limits: settings.limits,
    vault,
    hosts,
    audit,
    onError,
    ...(publicUrl && { publicUrl }),
    wakeInbox: soon((owner) => inboxes.send(keyOf(owner), owner), onError),
    wakeSync: (owner) => syncs.send(keyOf(owner), owner),
  });
  observer.ask({
    connections: () => known(connections.all()),
    async figures() {
      const tenants = settings.tenants.map(({ id }) => id);
      return { ...(await storeFigures(store.system, tenants)), queues: await queueFigures(store.db) };
    },
  });
  const wakeDue = async (): Promise<void> => {
    await wakeDueInboxes(kernel);
    await wakeDueSyncs(kernel, Date.now());
    await forgetWindows(store.system);
  };
  let leasesOver: NodeJS.Timeout | undefined;
  let stopSweeping = async (): Promise<void> => {};
  return {
    kernel,
    store,
    observer,
    async work() {
      await jobs.work(
        (slice) => observer.work("slice", aboutSlice(slice), () => runSlice(kernel, slice)),
        (slice) =>
          observer.work("poisoned slice", aboutSlice(slice), () =>
            runPoisoned(kernel, slice, (error) => log.error({ err: error, ...slice }, "a ticket of a job failed")),
          ),
      );
      await resumeJobs(kernel);
      // What was asked for during a run is done at once after it.
      await syncs.work(async (owner, signal) => {
        const run = (): Promise<SyncEnd> => runSync(kernel, owner, signal);
        while ((await observer.work("sync", aboutConnection(owner), run, (end) => end === "broken")) === "done");
      });
      await inboxes.work((owner, signal) =>
        observer.work("inbox", aboutConnection(owner), () => workOff(kernel, owner, signal)),
      );
      await everyMinute(boss, "sync-clock", wakeDue);
      await wakeDue();
      // What a process that was killed had begun is free by then.
      const leaseMs = kernel.delivery.leaseMs + 500;
      leasesOver = setTimeout(() => void wakeDue().catch(onError), leaseMs).unref();
      const sweeper = startSweeper(kernel, {
        onError: (error) => log.error({ err: error }, "looking after deliveries failed"),
        onStoreBack: () => resumeJobs(kernel),
        around: (round) => observer.work("sweep", {}, round),
      });
      stopSweeping = () => sweeper.stop();
    },
    async close() {
      ending.abort();
      clearTimeout(leasesOver);
      await closeBoss(boss);
      await stopSweeping();
      await connections.close();
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

function aboutSlice({ jobId, from, to }: Slice): Readonly<Record<string, string>> {
  return { job: jobId, slice: `${from}-${to}` };
}

function aboutConnection({ tenantId, connectionId }: Owner): Readonly<Record<string, string>> {
  return { tenant: tenantId, connection: connectionId };
}

function* known(all: Iterable<OpenedConnection>): Generator<KnownConnection> {
  for (const { tenantId, connection } of all)
    yield { tenantId, connectionId: connection.id, vendor: connection.vendor.name, state: connection.state };
}

function keyOf({ tenantId, connectionId }: Owner): string {
  return JSON.stringify([tenantId, connectionId]);
}

/** How long the first of many wakes waits for the others, in milliseconds. */
const SOON_MS = 25;

/** Wakes once for all who want it within a moment: a flood of messages needs one worker, not one for each. */
function soon(wake: (owner: Owner) => Promise<void>, onError: (error: unknown) => void): (owner: Owner) => void {
  const waiting = new Set<string>();
  return (owner) => {
    const key = keyOf(owner);
    if (waiting.has(key)) return;
    waiting.add(key);
    setTimeout(() => {
      waiting.delete(key);
      wake(owner).catch(onError);
    }, SOON_MS).unref();
  };
}
