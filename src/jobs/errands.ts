import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";

/** Work that is to be done soon by some replica, and once however often it is asked for meanwhile. */
interface Errand<Data extends object> {
  /** Asks for it; what waits already under this key is enough. */
  send(key: string, data: Data): Promise<void>;
  /** Does it whenever it is asked for; one that throws is tried again. `signal` ends it when the process stops. */
  work(run: (data: Data, signal: AbortSignal) => Promise<void>): Promise<void>;
}

/** How many errands of one kind a process does at once. */
const AT_ONCE = 2;
const LOOK_SECONDS = 2;

/**
 * A queue of errands: of those with one key one waits, and each process is at one at a time; two processes may be at the same, so
 * the work itself must bear that. `ending` is when the process stops.
 */
export async function openErrand<Data extends object>(
  boss: PgBoss,
  name: string,
  ending: AbortSignal,
  onError: (error: unknown) => void,
): Promise<Errand<Data>> {
  await boss.createQueue(name, {
    // One that is done at a time would stand in the way of all that wait: for seconds after its worker was killed, too.
    policy: "short",
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
  /** What this process is at, and whether it was asked for meanwhile. */
  const underWay = new Map<string, boolean>();
  const once = async (data: Data, run: (data: Data, signal: AbortSignal) => Promise<void>): Promise<void> => {
    const what = JSON.stringify(data);
    if (underWay.has(what)) return void underWay.set(what, true);
    try {
      do {
        underWay.set(what, false);
        await run(data, ending);
      } while (underWay.get(what) && !ending.aborted);
    } finally {
      underWay.delete(what);
    }
  };
  return {
    async send(key, data) {
      await boss.send(name, data, { singletonKey: key });
      workers.forEach((id) => boss.notifyWorker(id));
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
                await once(job.data, run);
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
