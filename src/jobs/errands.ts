import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";

/** Work that is to be done by one replica, soon, and once however often it is asked for meanwhile. */
export interface Errand<Data extends object> {
  /** Asks for it; what waits already under this key is enough. */
  send(key: string, data: Data, afterMs?: number): Promise<void>;
  /** Does it whenever it is asked for; one that throws is tried again. `signal` ends it when the process stops. */
  work(run: (data: Data, signal: AbortSignal) => Promise<void>): Promise<void>;
}

/** How many errands of one kind a process does at once. */
const AT_ONCE = 2;
const LOOK_SECONDS = 2;

/** A queue of errands: of those with one key one waits and one is done at a time. `ending` is when the process stops. */
export async function openErrand<Data extends object>(
  boss: PgBoss,
  name: string,
  ending: AbortSignal,
  onError: (error: unknown) => void,
): Promise<Errand<Data>> {
  await boss.createQueue(name, {
    policy: "stately",
    retryLimit: 3,
    retryDelay: 5,
    retryBackoff: true,
    // A long copy may take a night; who was killed is noticed by the missing heartbeat.
    expireInSeconds: 86_000,
    heartbeatSeconds: 10,
    notify: true,
  });
  await boss.findJobs(name, { id: randomUUID() });
  const workers: string[] = [];
  return {
    async send(key, data, afterMs = 0) {
      await boss.send(name, data, {
        singletonKey: key,
        ...(afterMs > 0 && { startAfter: new Date(Date.now() + afterMs) }),
      });
      setTimeout(() => workers.forEach((id) => boss.notifyWorker(id)), afterMs).unref();
    },
    async work(run) {
      while (workers.length < AT_ONCE)
        workers.push(
          await boss.work<Data>(
            name,
            { batchSize: 1, pollingIntervalSeconds: LOOK_SECONDS, notifyPollingIntervalSeconds: LOOK_SECONDS },
            async ([job]) => {
              if (!job) return;
              try {
                await run(job.data, ending);
              } catch (error) {
                onError(error);
                throw error;
              }
            },
          ),
        );
    },
  };
}

/** Does something once a minute on one of the replicas. */
export async function everyMinute(boss: PgBoss, name: string, run: () => Promise<void>): Promise<void> {
  await boss.createQueue(name, { policy: "stately", retryLimit: 0, expireInSeconds: 60, notify: true });
  await boss.findJobs(name, { id: randomUUID() });
  await boss.work(name, { batchSize: 1, pollingIntervalSeconds: 5 }, run);
  await boss.schedule(name, "* * * * *");
}
