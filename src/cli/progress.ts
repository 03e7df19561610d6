import { SingleBar } from "cli-progress";

/** How far an import is, shown while it goes. */
export interface Progress {
  /** `paused`: the vendor is away. */
  show(settled: number, failed: number, isPaused: boolean): void;
  end(): void;
}

/** Between lines where there is no terminal to draw on, in milliseconds. */
const LINE_EVERY_MS = 10_000;

/** Draws a bar on standard error, or writes a line now and then where that is no terminal. */
export function openProgress(total: number): Progress {
  const bar = new SingleBar({
    format: "{bar} {percentage}% | {value} of {total} tickets | {rate}/s | {eta_formatted} left{note}",
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: LINE_EVERY_MS,
    hideCursor: true,
    etaBuffer: 60,
    // What an earlier run had done is counted at once and says nothing of the pace.
    etaAsynchronousUpdate: true,
  });
  let first: { readonly at: number; readonly settled: number } | undefined;
  bar.start(total, 0, { rate: "-", note: "" });
  return {
    show(settled, failed, isPaused) {
      first ??= { at: performance.now(), settled };
      const seconds = (performance.now() - first.at) / 1_000;
      const rate = seconds < 1 ? "-" : ((settled - first.settled) / seconds).toFixed(1);
      const note = `${failed > 0 ? ` | ${failed} refused` : ""}${isPaused ? " | paused: the vendor is away" : ""}`;
      bar.update(settled, { rate, note });
    },
    end: () => bar.stop(),
  };
}
