import type { Slice } from "../../domain/bulk-job.js";
import { unfinishedSlices } from "../../store/jobs.js";
import type { Kernel } from "../kernel.js";

/** Slices are no longer than any vendor's call, and a slice that is in the queue twice is done once. */
const LONGEST = 50;

/**
 * Puts all that waits into the queue again: right where no other process can be at it, as with an embedded store just opened.
 * Elsewhere the queue itself notices after some seconds that a worker is gone.
 */
export async function resumeJobs(kernel: Kernel): Promise<void> {
  const slices = (await unfinishedSlices(kernel.db)).flatMap(({ jobId, from, to }): Slice[] =>
    Array.from({ length: Math.ceil((to - from) / LONGEST) }, (_, n) => ({
      jobId,
      from: from + n * LONGEST,
      to: Math.min(to, from + (n + 1) * LONGEST),
    })),
  );
  if (slices.length > 0) await kernel.queue.send(kernel.db, slices);
}
