import { StoreUnavailable } from "../../domain/store-unavailable.js";
import type { Kernel } from "../kernel.js";
import { forgetOld, sweep } from "./sweep.js";

/** Sweeps now and again until it is stopped. */
interface Sweeper {
  /** Resolves when the sweep under way has ended. */
  stop(): Promise<void>;
}

const FORGET_EVERY_MS = 3_600_000;

/** What a sweeper tells of itself. */
interface SweeperEvents {
  /** What a sweep failed with; the next one comes all the same. */
  onError(error: unknown): void;
  /** The store answers again after it was away. */
  onStoreBack(): Promise<void>;
  /** Does a round; how long it takes and for whom is the caller's to know. */
  around(round: () => Promise<void>): Promise<void>;
}

/** Begins at once: what a crash left behind shouldn't wait. */
export function startSweeper(kernel: Kernel, { onError, onStoreBack, around }: SweeperEvents): Sweeper {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let wasAway = false;
  let forgotAt = performance.now();
  const round = async (): Promise<void> => {
    try {
      while (!isStopped && (await sweep(kernel)) > 0);
      if (wasAway) await onStoreBack();
      wasAway = false;
      if (performance.now() - forgotAt > FORGET_EVERY_MS) {
        forgotAt = performance.now();
        await forgetOld(kernel);
      }
    } catch (error) {
      // One word for an outage, not one for each round.
      const isKnown = error instanceof StoreUnavailable && (isStopped || wasAway);
      wasAway ||= error instanceof StoreUnavailable;
      if (!isKnown) onError(error);
      throw error;
    }
  };
  const rounds = async (): Promise<void> => {
    await around(round).catch(() => {});
    if (!isStopped) timer = setTimeout(() => void (running = rounds()), kernel.delivery.sweepMs);
  };
  let running = rounds();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
