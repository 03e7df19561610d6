import { StoreUnavailable } from "../../domain/store-unavailable.js";
import type { Kernel } from "../kernel.js";
import { forgetOld, sweep } from "./sweep.js";

/** Sweeps now and again until it is stopped. */
export interface Sweeper {
  /** Resolves when the sweep under way has ended. */
  stop(): Promise<void>;
}

const FORGET_EVERY_MS = 3_600_000;

/** Begins at once: what a crash left behind shouldn't wait. `onError` hears of what a sweep failed with; it goes on all the same. */
export function startSweeper(kernel: Kernel, onError: (error: unknown) => void): Sweeper {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let forgotAt = performance.now();
  const round = async (): Promise<void> => {
    try {
      while (!isStopped && (await sweep(kernel)) > 0);
      if (performance.now() - forgotAt > FORGET_EVERY_MS) {
        forgotAt = performance.now();
        await forgetOld(kernel);
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailable && isStopped)) onError(error);
    }
    if (!isStopped) timer = setTimeout(() => void (running = round()), kernel.delivery.sweepMs);
  };
  let running = round();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
