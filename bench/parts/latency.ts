import { withStarted } from "../alternate.js";
import { handWritten, ticketgraph } from "../contestants.js";
import { STORE } from "../gateway.js";
import type { Goal } from "../goal.js";
import { median, quantile, setting } from "../numbers.js";
import { oneTicket } from "../query.js";
import { table } from "../table.js";

const ROUNDS = setting("BENCH_ROUNDS", 5);
const ROUND_MS = setting("BENCH_LATENCY_MS", 5_000);

/**
 * How late the gateway makes one ticket at half of what it can: asked at a fixed rate, each time counted from the moment at which
 * it was to be asked, so that who waits for a late answer is counted too.
 */
export async function latency(): Promise<readonly Goal[]> {
  return withStarted([handWritten, ticketgraph], async (started) => {
    const [, ours] = started;
    if (!ours) return [];
    for (const { asker } of started) await asker.asFastAsCan(oneTicket, 3_000);
    const { perSecond: most } = await ours.asker.asFastAsCan(oneTicket, 3_000);
    const rate = Math.floor(most / 2);
    const measured = new Map(started.map((one) => [one, [] as Float64Array[]]));
    for (let round = 0; round < ROUNDS; round += 1)
      for (const one of started) measured.get(one)?.push(await one.asker.atRate(oneTicket, rate, ROUND_MS));
    const rows = [...measured].map(([{ contestant }, rounds]) => ({
      name: contestant.name,
      at: [0.5, 0.9, 0.99].map((share) => median(rounds.map((late) => quantile(late, share)))),
    }));
    console.log(
      `One ticket at ${rate} a second, half of the gateway's ${most.toFixed(0)}; ${ROUNDS} alternating rounds of ${ROUND_MS / 1_000} s, medians.`,
    );
    console.log(
      table(
        ["candidate", "p50 ms", "p90 ms", "p99 ms"],
        rows.map(({ name, at }) => [name, ...at]),
      ),
    );
    const [direct, through] = rows.map(({ at }) => at[2] ?? NaN);
    return [
      {
        what: "p99 added to one ticket at half load",
        measured: (through ?? NaN) - (direct ?? NaN),
        unit: "ms",
        atMost: 5,
        against: `the vendor's call through a handler on ${await handWritten.version()}; the gateway on ${STORE}`,
      },
    ];
  });
}
