import { withStarted, type Started } from "../alternate.js";
import { handWritten, ticketgraph } from "../contestants.js";
import { STORE } from "../gateway.js";
import type { Goal } from "../goal.js";
import { median, quantile, setting } from "../numbers.js";
import { oneTicket } from "../query.js";
import { table } from "../table.js";

const ROUNDS = setting("BENCH_ROUNDS", 5);
const ROUND_MS = setting("BENCH_LATENCY_MS", 5_000);
const WARM_MS = 3 * ROUND_MS;

/**
 * How late the gateway makes one ticket at half load: asked at a fixed rate, each time counted from the moment at which it was to be
 * asked, so that who waits for a late answer is counted too. Half is told in two ways: half of the processor that it has, a core, and
 * half of the requests that it answers at its most. The second is more: at its most a request costs it half of what it does otherwise.
 */
export async function latency(): Promise<readonly Goal[]> {
  return withStarted([handWritten, ticketgraph], async (started) => {
    const [, ours] = started;
    if (!ours) return [];
    for (const { asker } of started) await asker.asFastAsCan(oneTicket, 3_000);
    const { perSecond: most } = await ours.asker.asFastAsCan(oneTicket, 3_000);
    const goals: Goal[] = [];
    for (const [what, rate] of [
      ["half a core", await halfACore(ours, most / 2)],
      ["half of its requests/s", most / 2],
    ] as const) {
      const added = await addedAt(started, what, Math.floor(rate));
      goals.push({
        what: `p99 added to one ticket at ${what}`,
        measured: added,
        unit: "ms",
        atMost: 5,
        against: `the hand-written handler at the same ${rate.toFixed(0)} requests/s; the gateway on ${STORE}`,
      });
    }
    return goals;
  });
}

/** The requests a second that keep a process busy for half of the time, looked for from some rate on. */
async function halfACore({ process, asker }: Started, from: number): Promise<number> {
  let rate = from;
  for (let look = 0; look < 4; look += 1) {
    const before = await process.usage();
    const began = performance.now();
    await asker.atRate(oneTicket, rate, 2_000);
    const busy = ((await process.usage()).cpuMicros - before.cpuMicros) / (performance.now() - began) / 1_000;
    rate *= 0.5 / busy;
  }
  return rate;
}

/** How much later the second is than the first, of a hundred times the second worst, in milliseconds. */
async function addedAt(started: readonly Started[], what: string, rate: number): Promise<number> {
  // At its most, requests go together; V8 learns anew what they are like one by one, and takes some ten seconds for it.
  for (const one of started) await one.asker.atRate(oneTicket, rate, WARM_MS);
  const measured = new Map(started.map((one) => [one, [] as Float64Array[]]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const one of started) measured.get(one)?.push(await one.asker.atRate(oneTicket, rate, ROUND_MS));
  const rows = [...measured].map(([{ contestant }, rounds]) => ({
    name: contestant.name,
    at: [0.5, 0.9, 0.99].map((share) => median(rounds.map((late) => quantile(late, share)))),
  }));
  console.log(
    `One ticket at ${rate} a second, ${what}; ${ROUNDS} alternating rounds of ${ROUND_MS / 1_000} s, medians.`,
  );
  console.log(
    table(
      ["candidate", "p50 ms", "p90 ms", "p99 ms"],
      rows.map(({ name, at }) => [name, ...at]),
    ),
  );
  const [direct, through] = rows.map(({ at }) => at[2] ?? NaN);
  return (through ?? NaN) - (direct ?? NaN);
}
