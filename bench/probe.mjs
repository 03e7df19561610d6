import { monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";
import { setInterval } from "node:timers";

/**
 * Loaded before a measured process with `--import`: tells its parent, whenever it asks, what the process has used. It is no
 * TypeScript, or whoever loads it would hold a compiler.
 */
const RESOLUTION_MS = 10;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();
let mostBytes = 0;
const look = () => (mostBytes = Math.max(mostBytes, process.memoryUsage.rss()));
setInterval(look, 100).unref();

process.on("message", (message) => {
  if (message === "from now on") {
    delays.reset();
    mostBytes = 0;
  }
  if (message !== "usage") return;
  look();
  const { user, system } = process.cpuUsage();
  // The histogram holds the time between two ticks, so an idle loop is as late as the ticks are apart.
  const loopDelayMs = Math.max(0, delays.percentile(99) / 1e6 - RESOLUTION_MS);
  process.send?.({ usage: { cpuMicros: user + system, mostMb: mostBytes / 1_048_576, loopDelayMs } });
});
// Nobody outlives who asks.
process.on("disconnect", () => process.exit());
