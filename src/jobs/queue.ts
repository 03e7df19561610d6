import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { fromDrizzle, type JobResult, type PgBoss } from "pg-boss";
import type { Slice } from "../domain/bulk-job.js";
import type { Queue } from "../operations/bulk/queue.js";

const SLICES = "bulk-slices";
const POISONED = "bulk-slices-poisoned";

/** The queue of one process, and its workers. */
interface Jobs extends Queue {
  /** Takes slices and hands each to `run`; one that throws again and again goes to `runPoisoned`. */
  work(run: (slice: Slice) => Promise<void>, runPoisoned: (slice: Slice) => Promise<void>): Promise<void>;
}

/**
 * How many slices one process works on at once: more than a vendor has slots, so that none idles. Several workers, for each
 * takes new slices only when its last one is done; not one for each slice, for each asks the database on its own.
 */
const WORKERS = 3;
const SLICES_EACH = 4;
const ATTEMPTS = 5;
/** How often idle workers look; what is new is told to them at once. */
const LOOK_SECONDS = 2;
/** How long a transaction that hands slices in may take to commit before its workers look in vain. */
const COMMIT_MS = 25;

/** Opens the queue of slices. */
export async function openJobs(boss: PgBoss, onError: (error: unknown) => void): Promise<Jobs> {
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
          onError(error);
          return { id, status: "failed", output: { message: error instanceof Error ? error.message : String(error) } };
        }
      }),
    );
  const workers: string[] = [];
  /** This process's own workers needn't wait until they look by themselves. */
  const wake = (afterMs: number): void =>
    void setTimeout(() => workers.forEach((id) => boss.notifyWorker(id)), afterMs + COMMIT_MS).unref();
  return {
    async send(tx, slices, afterMs = 0) {
      const jobs = slices.map((data) => ({ data, ...(afterMs > 0 && { startAfter: new Date(Date.now() + afterMs) }) }));
      await tx.plain((db) => boss.insert(SLICES, jobs, { db: fromDrizzle(db as never, sql) }));
      wake(afterMs);
    },
    async work(run, runPoisoned) {
      const options = {
        batchSize: SLICES_EACH,
        perJobResults: true,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: LOOK_SECONDS,
        // What waits for its time, or is tried again, is not notified: so notices are no reason to look less often.
        notifyPollingIntervalSeconds: LOOK_SECONDS,
      } as const;
      while (workers.length < WORKERS)
        workers.push(await boss.work<Slice, unknown, typeof options>(SLICES, options, each(run)));
      await boss.work<Slice, unknown, typeof options>(POISONED, options, each(runPoisoned));
    },
  };
}
