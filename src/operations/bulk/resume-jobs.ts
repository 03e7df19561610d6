import type { Slice } from "../../domain/bulk-job.js";
import { unfinishedSlices } from "../../store/jobs.js";
import type { Kernel } from "../kernel.js";

/** Slices are no longer than any vendor's call, and a slice that is in the queue twice is done once. */
const LONGEST = 50;

/**
 * Puts all that waits into the queue again, at a start and when the store was away: the queue itself would notice only after
 * some seconds that a worker is gone. What another replica is at goes on there; here its slice is found done.
 */
export async function resumeJobs(kernel: Kernel): Promise<void> {
  const slices = (await unfinishedSlices(kernel.systemDb)).flatMap(({ jobId, from, to }): Slice[] =>
    Array.from({ length: Math.ceil((to - from) / LONGEST) }, (_, n) => ({
      jobId,
      from: from + n * LONGEST,
      to: Math.min(to, from + (n + 1) * LONGEST),
    })),
  );
  if (slices.length > 0) await kernel.queue.send(kernel.systemDb, slices);
}
