import type { Config } from "../config/env.js";
import type { Settings } from "../config/settings.js";
import { queueFigures } from "../jobs/queue-figures.js";
import { openAudit } from "../operations/audit.js";
import type { OpenedConnection } from "../operations/connection-book.js";
import { DELIVERY_DEFAULTS, type DeliveryOptions } from "../operations/delivery/options.js";
import type { Kernel } from "../operations/kernel.js";
import { openKernel } from "../operations/open-kernel.js";
import type { Logger } from "../server/logger.js";
import { openObserver, type KnownConnection, type Observer } from "../server/observe.js";
import type { Tracing } from "../server/trace.js";
import { storeFigures } from "../store/figures.js";
import { releaseInboxes } from "../store/inbox.js";
import { releaseAll } from "../store/ledger.js";
import type { Where } from "../store/open.js";
import type { Store } from "../store/store.js";
import { releaseSyncs } from "../store/syncs.js";
import { openVault } from "../store/vault.js";
import { releaseTokens } from "../store/vendor-tokens.js";
import { openBackground } from "./background.js";
import { masterKeys } from "./master-keys.js";
import { newerSentence } from "./newer-schema.js";
import { openConnections } from "./open-connections.js";
import { openKeyRing } from "./open-key-ring.js";
import { openOwnStore } from "./open-own-store.js";

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
  if (store.engine.kind === "pglite") await release(store);
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
  const background = await openBackground(store, { log, observer, onError }, config.queueBackend);
  const kernel = await openKernel({
    queue: background.queue,
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
    wakeInbox: background.wakeInbox,
    wakeSync: background.wakeSync,
  });
  observer.ask({
    connections: () => known(connections.all()),
    async figures() {
      const tenants = settings.tenants.map(({ id }) => id);
      return { ...(await storeFigures(store.system, tenants)), queues: await queueFigures(store.db) };
    },
  });
  return {
    kernel,
    store,
    observer,
    work: () => background.work(kernel),
    async close() {
      await background.close();
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

function* known(all: Iterable<OpenedConnection>): Generator<KnownConnection> {
  for (const { tenantId, connection } of all)
    yield { tenantId, connectionId: connection.id, vendor: connection.vendor.name, state: connection.state };
}

async function release({ system }: Store): Promise<void> {
  await releaseAll(system);
  await releaseSyncs(system);
  await releaseInboxes(system);
  await releaseTokens(system);
}
