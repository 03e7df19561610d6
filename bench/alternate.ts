import { isDeepStrictEqual } from "node:util";
import type { Contestant } from "./contestants.js";
import { openAsker, type Asker, CONNECTIONS } from "./load.js";
import { median, setting } from "./numbers.js";
import { startVendor, type Running } from "./process.js";
import { table, type Cell } from "./table.js";

const ROUNDS = setting("BENCH_ROUNDS", 5);
const ROUND_MS = setting("BENCH_ROUND_MS", 3_000);
const WARM_MS = setting("BENCH_WARM_MS", 3_000);

/** How it was measured, for people. */
export const CONDITIONS = `${CONNECTIONS} connections, ${ROUNDS} alternating rounds of ${ROUND_MS / 1_000} s, medians`;

/** What was measured of one candidate; medians over the rounds. */
export interface Measured {
  readonly name: string;
  readonly perSecond: number;
  /** Processor time for an answer, in microseconds. */
  readonly cpuMicros: number;
  readonly mostMb: number;
}

/** A contestant that has been started. */
export interface Started {
  readonly contestant: Contestant;
  readonly process: Running;
  readonly asker: Asker;
}

/** Starts contestants over one vendor that answers at once, does something with them and ends them all. */
export async function withStarted<T>(
  contestants: readonly Contestant[],
  work: (started: readonly Started[], vendor: Running) => Promise<T>,
): Promise<T> {
  const vendor = await startVendor();
  const started: Started[] = [];
  try {
    for (const contestant of contestants) {
      const process = await contestant.start(vendor.address);
      started.push({ contestant, process, asker: openAsker(process.url) });
    }
    return await work(started, vendor);
  } finally {
    for (const { process, asker } of started) {
      await asker.close();
      await process.stop();
    }
    await vendor.stop();
  }
}

/** Asks each of them in turn, each for the same. Throws where they answer differently. */
export function alternate(
  contestants: readonly Contestant[],
  queryOf: (contestant: Contestant) => string,
): Promise<readonly Measured[]> {
  return withStarted(contestants, async (started, vendor) => {
    await haveOneAnswer(started, queryOf);
    for (const { contestant, asker } of started) await asker.asFastAsCan(queryOf(contestant), WARM_MS);
    for (const { process } of started) process.fromNowOn();
    const rounds = new Map(started.map(({ contestant }) => [contestant, [] as Omit<Measured, "name">[]]));
    const others: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      for (const { contestant, process, asker } of started) {
        const before = await used(process, vendor);
        const { answers, perSecond } = await asker.asFastAsCan(queryOf(contestant), ROUND_MS);
        const after = await used(process, vendor);
        rounds.get(contestant)?.push({
          perSecond,
          cpuMicros: (after.cpuMicros - before.cpuMicros) / answers,
          mostMb: after.mostMb,
        });
        others.push(
          Math.max(after.asking - before.asking, after.vendor - before.vendor) / (after.at - before.at) / 1_000,
        );
      }
    console.log(
      `Who asks and the vendor were busy for at most ${(Math.max(...others) * 100).toFixed(0)} % of a core each.`,
    );
    return [...rounds].map(([{ name }, all]) => ({
      name,
      perSecond: median(all.map((one) => one.perSecond)),
      cpuMicros: median(all.map((one) => one.cpuMicros)),
      mostMb: Math.max(...all.map((one) => one.mostMb)),
    }));
  });
}

async function haveOneAnswer(started: readonly Started[], queryOf: (one: Contestant) => string): Promise<void> {
  const answers: { name: string; data: unknown }[] = [];
  for (const { contestant, asker } of started) {
    const data = await asker.ask(queryOf(contestant));
    answers.push({ name: contestant.name, data: contestant.inOurWords?.(data) ?? data });
  }
  const [first] = answers;
  const other = answers.find(({ data }) => !isDeepStrictEqual(data, first?.data));
  if (!first || !other) return;
  const told = [first, other].map(({ name, data }) => `${name}: ${JSON.stringify(data).slice(0, 600)}`);
  throw new Error(`The candidates answer differently.\n${told.join("\n")}`);
}

async function used(candidate: Running, vendor: Running) {
  const [{ cpuMicros, mostMb }, { cpuMicros: ofVendor }] = await Promise.all([candidate.usage(), vendor.usage()]);
  const { user, system } = process.cpuUsage();
  return { at: performance.now(), cpuMicros, mostMb, vendor: ofVendor, asking: user + system };
}

/** What was measured, against the first. `rest` are rows for those of whom nothing could be. */
export function comparison(all: readonly Measured[], rest: readonly (readonly Cell[])[] = []): string {
  const [first] = all;
  const rows = all.map(({ name, perSecond, cpuMicros, mostMb }) => [
    name,
    perSecond,
    perSecond / (first?.perSecond ?? NaN),
    cpuMicros,
    cpuMicros / (first?.cpuMicros ?? NaN),
    mostMb,
  ]);
  const ratio = `÷ ${first?.name}`;
  return table(["candidate", "requests/s", ratio, "CPU µs a request", ratio, "resident MB"], [...rows, ...rest]);
}
