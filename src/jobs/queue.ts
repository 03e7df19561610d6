import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { fromDrizzle, fromPglite, PgBoss, type JobResult } from "pg-boss";
import type { Slice } from "../domain/bulk-job.js";
import type { Queue } from "../operations/bulk/queue.js";
import type { Store } from "../store/store.js";

const SLICES = "bulk-slices";
const POISONED = "bulk-slices-poisoned";

/** The engines that the queue knows: https://pgboss.io/database-backends */
export type QueueBackend = "postgres" | "citus" | "cockroachdb" | "yugabytedb";

/** The queue of one process, and its workers. */
export interface Jobs extends Queue {
  /** Takes slices and hands each to `run`; one that throws again and again goes to `runPoisoned`. */
  work(run: (slice: Slice) => Promise<void>, runPoisoned: (slice: Slice) => Promise<void>): Promise<void>;
  /** Takes no more, waits for what is under way, and lets go. */
  stop(): Promise<void>;
}

/**
 * How many slices one process works on at once: more than a vendor has slots, so that none idles. Several workers, for each
 * takes new slices only when its last one is done; not one for each slice, for each asks the database on its own.
 */
const WORKERS = 3;
const SLICES_EACH = 4;
const ATTEMPTS = 5;

/** Opens the queue in the store's database. */
export async function openJobs(
  { engine }: Store,
  options: { readonly backend: QueueBackend; readonly onError: (error: unknown) => void },
): Promise<Jobs> {
  const place =
    engine.kind === "pglite"
      ? { db: fromPglite(engine.lite), backend: "pglite" as const }
      : { connectionString: engine.url, backend: options.backend, max: 4 };
  const boss = new PgBoss({
    ...place,
    schema: "jobs",
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    persistWarnings: false,
    reindex: false,
  });
  boss.on("error", options.onError);
  await boss.start();
  await boss.createQueue(POISONED, {
    retryLimit: 100,
    retryDelay: 10,
    expireInSeconds: 600,
    heartbeatSeconds: 10,
    notify: true,
  });
  await boss.createQueue(SLICES, {
    retryLimit: ATTEMPTS - 1,
    retryDelay: 1,
    retryBackoff: true,
    expireInSeconds: 600,
    // A worker that was killed is noticed by this, and its slices go to others.
    heartbeatSeconds: 10,
    deadLetter: POISONED,
    notify: true,
  });
  // Once asked for, the queue is known: to ask amid our own transaction would wait for ever on an embedded store.
  await boss.findJobs(SLICES, { id: randomUUID() });

  const each = (run: (slice: Slice) => Promise<void>) => async (jobs: readonly { id: string; data: Slice }[]) =>
    Promise.all(
      jobs.map(async ({ id, data }): Promise<JobResult> => {
        try {
          await run(data);
          return { id, status: "completed" };
        } catch (error) {
          options.onError(error);
          return { id, status: "failed", output: { message: error instanceof Error ? error.message : String(error) } };
        }
      }),
    );
  return {
    async send(tx, slices, afterMs = 0) {
      const jobs = slices.map((data) => ({ data, ...(afterMs > 0 && { startAfter: new Date(Date.now() + afterMs) }) }));
      await boss.insert(SLICES, jobs, { db: fromDrizzle(tx as never, sql) });
    },
    async work(run, runPoisoned) {
      const options = {
        localConcurrency: WORKERS,
        batchSize: SLICES_EACH,
        perJobResults: true,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 0.5,
        // What waits for its time, or is tried again, is not notified: so polling stays as it is without notices.
        notifyPollingIntervalSeconds: 0.5,
      } as const;
      await boss.work<Slice, unknown, typeof options>(SLICES, options, each(run));
      await boss.work<Slice, unknown, typeof options>(
        POISONED,
        { ...options, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 } as never,
        each(runPoisoned),
      );
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 10_000, close: true });
    },
  };
}
