import type { Figures } from "../../domain/figures.js";
import type { Owner } from "../../domain/owner.js";
import type { StoreMetrics } from "./store-metrics.js";

/** How long what the database told is told again, in milliseconds: several may scrape. */
const KEPT_MS = 3_000;
/** How long a scrape waits for the database. */
const PATIENCE_MS = 4_000;

interface FiguresOptions {
  readonly metrics: StoreMetrics;
  readonly ask: () => Promise<Figures>;
  readonly onError: (error: unknown) => void;
  /** Whether this gateway has a connection: others' figures would stay for ever. */
  readonly hasConnection: (owner: Owner) => boolean;
  /** Milliseconds from any beginning. */
  readonly now?: () => number;
}

/** Has the gauges tell what the database says now. A database that is away, or slow, leaves them out; one question at a time. */
export function figuresTeller({
  metrics,
  ask,
  onError,
  hasConnection,
  now = () => performance.now(),
}: FiguresOptions): () => Promise<void> {
  let asking: Promise<void> | undefined;
  let askedAt = -Infinity;
  const refresh = async (): Promise<void> => {
    try {
      const figures = await ask();
      forget(metrics);
      metrics.up.set(1);
      tell(metrics, figures, hasConnection);
    } catch (error) {
      onError(error);
      forget(metrics);
      metrics.up.set(0);
    }
    askedAt = now();
  };
  return async () => {
    if (asking === undefined && now() - askedAt < KEPT_MS) return;
    asking ??= refresh().finally(() => (asking = undefined));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => (timer = setTimeout(() => resolve("late"), PATIENCE_MS)));
    const first = await Promise.race([asking, late]);
    clearTimeout(timer);
    if (first !== "late") return;
    forget(metrics);
    metrics.up.set(0);
  };
}

function forget({ up: _up, ...gauges }: FiguresOptions["metrics"]): void {
  for (const gauge of Object.values(gauges)) gauge.reset();
  // Without labels, a gauge that was reset says 0: what isn't known isn't said.
  gauges.jobItems.remove();
}

function tell(
  metrics: FiguresOptions["metrics"],
  { ledger, jobs, queues, syncs, inbox }: Figures,
  hasConnection: FiguresOptions["hasConnection"],
): void {
  const labels = (owner: Owner) => ({
    tenant: owner.tenantId,
    connection: owner.connectionId,
  });
  for (const row of ledger) {
    metrics.ledgerRows.set({ ...labels(row), state: row.state }, row.rows);
    metrics.ledgerOldest.set({ ...labels(row), state: row.state }, row.oldest);
  }
  for (const { state, jobs: count } of jobs) metrics.jobs.set({ state }, count);
  metrics.jobItems.set(jobs.reduce((sum, { items }) => sum + items, 0));
  for (const { queue, ready, deferred, active, oldest } of queues) {
    metrics.queueJobs.set({ queue, state: "ready" }, ready);
    metrics.queueJobs.set({ queue, state: "deferred" }, deferred);
    metrics.queueJobs.set({ queue, state: "active" }, active);
    metrics.queueOldest.set({ queue }, oldest ?? 0);
  }
  for (const row of syncs.filter(hasConnection)) {
    metrics.syncState.set({ ...labels(row), state: row.state }, 1);
    if (row.lag !== null) metrics.syncLag.set(labels(row), row.lag);
  }
  for (const row of inbox) {
    metrics.inbox.set(labels(row), row.rows);
    metrics.inboxOldest.set(labels(row), row.oldest);
  }
}
