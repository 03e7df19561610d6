import type { BulkJob } from "../../domain/bulk-job.js";
import type { Caller } from "../../domain/caller.js";
import { RequestError } from "../../domain/request-error.js";
import { JOB_CHANNEL } from "../../store/jobs.js";
import type { Store } from "../../store/store.js";
import type { Kernel } from "../kernel.js";
import { readJob } from "./read-jobs.js";

/** The states of a job, one after another; the last one is the one in which it ends. */
export type JobProgress = (kernel: Kernel, caller: Caller, id: string) => AsyncGenerator<BulkJob>;

/** News come at once; a job is looked at now and then all the same, whatever may happen to them. */
const LOOK_MS = 30_000;
/** Not oftener than this, however fast the job goes. */
const PAUSE_MS = 200;

/** Tells subscribers how jobs get on, on whichever replica they run. One listener serves all. */
export function openJobProgress(store: Store): JobProgress {
  const waiting = new Map<string, Set<() => void>>();
  let listening: Promise<unknown> | undefined;
  const news = (id: string): void => {
    for (const [one, wakes] of waiting) if (id === one || id === "") for (const wake of wakes) wake();
  };

  return async function* (kernel, caller, id) {
    listening ??= store.listen(JOB_CHANNEL, news).catch(() => (listening = undefined));
    await listening;
    let told = "";
    for (let isFirst = true; ; isFirst = false) {
      // Before the job is read, so that no news falls in between.
      const woken = until(waiting, id, LOOK_MS);
      try {
        const job = await readJob(kernel, caller, id);
        if (!job && isFirst) throw new RequestError("NOT_FOUND", `There is no bulk job "${id}".`);
        if (!job) return;
        const now = `${job.state} ${job.succeeded} ${job.failed}`;
        if (now !== told) yield job;
        told = now;
        if (job.finishedAt) return;
        await woken.news;
      } finally {
        woken.forget();
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
}

/** Resolves at the next news of a job, or after `ms`. */
function until(
  waiting: Map<string, Set<() => void>>,
  id: string,
  ms: number,
): { readonly news: Promise<void>; forget(): void } {
  const set = waiting.get(id) ?? new Set();
  waiting.set(id, set);
  let wake = (): void => {};
  const timer = setTimeout(() => wake(), ms);
  timer.unref();
  const forget = (): void => {
    clearTimeout(timer);
    set.delete(wake);
    if (set.size === 0) waiting.delete(id);
  };
  const news = new Promise<void>((resolve) => {
    wake = () => {
      forget();
      resolve();
    };
    set.add(wake);
  });
  return { news, forget };
}
