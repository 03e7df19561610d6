import type { Config } from "../config/env.js";
import type { Slice } from "../domain/bulk-job.js";
import { ownerKey, type Owner } from "../domain/owner.js";
import { closeBoss, openBoss } from "../jobs/boss.js";
import { everyMinute, openErrand } from "../jobs/errands.js";
import { openJobs } from "../jobs/queue.js";
import { resumeJobs } from "../operations/bulk/resume-jobs.js";
import { runPoisoned, runSlice } from "../operations/bulk/run-slice.js";
import { startSweeper } from "../operations/delivery/sweeper.js";
import type { Kernel } from "../operations/kernel.js";
import { runSync, type SyncEnd } from "../operations/sync/run-sync.js";
import { wakeDueSyncs } from "../operations/sync/start-sync.js";
import { wakeDueInboxes, workOff } from "../operations/webhooks/work-off.js";
import type { Logger } from "../server/logger.js";
import type { Observer } from "../server/observe.js";
import { forgetWindows } from "../store/rate-limits.js";
import type { Store } from "../store/store.js";
import { soon } from "./soon.js";

/** What a gateway does that nobody waits for: jobs, syncs, inboxes, and looking after deliveries. */
interface Background extends Pick<Kernel, "wakeInbox" | "wakeSync"> {
  /** Where slices of jobs are handed in. */
  readonly queue: Kernel["queue"];
  /** Begins to work, this replica's and others' work alike. */
  work(kernel: Kernel): Promise<void>;
  /** Ends the work under way in good order. */
  close(): Promise<void>;
}

/** Opens the queues; nothing is taken out of them before `work` is called. */
export async function openBackground(
  store: Store,
  told: { readonly log: Logger; readonly observer: Observer; readonly onError: (error: unknown) => void },
  backend: Config["queueBackend"],
): Promise<Background> {
  const { log, observer, onError } = told;
  const boss = await openBoss(store, { backend, onError });
  const ending = new AbortController();
  const jobs = await openJobs(boss, onError);
  const inboxes = await openErrand<Owner>(boss, "inboxes", ending.signal, onError);
  const syncs = await openErrand<Owner>(boss, "syncs", ending.signal, onError);
  let leasesOver: NodeJS.Timeout | undefined;
  let stopSweeping = async (): Promise<void> => {};
  return {
    queue: jobs,
    wakeInbox: soon((owner) => inboxes.send(ownerKey(owner), owner), onError),
    wakeSync: (owner) => syncs.send(ownerKey(owner), owner),
    async work(kernel) {
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
      const wakeDue = async (): Promise<void> => {
        await wakeDueInboxes(kernel);
        await wakeDueSyncs(kernel, Date.now());
        await forgetWindows(store.system);
      };
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
    },
  };
}

function aboutSlice({ jobId, from, to }: Slice): Readonly<Record<string, string>> {
  return { job: jobId, slice: `${from}-${to}` };
}

function aboutConnection({ tenantId, connectionId }: Owner): Readonly<Record<string, string>> {
  return { tenant: tenantId, connection: connectionId };
}
