import { setTimeout as delay } from "node:timers/promises";

/** Time as the mechanisms see it, so that tests can hold it. */
export interface Clock {
  /** Milliseconds that only grow; without a relation to the calendar. */
  now(): number;
  /** Resolves after `ms` milliseconds, rejects at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
};
