import { fork, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";
import { KEY, type VendorAddress } from "./candidates/candidate.js";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 3_000);
const CONNECTIONS = 32;

/** What was measured of one candidate; medians over the rounds. */
export interface Measured {
  readonly name: string;
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly residentMb: number;
}

interface Running {
  readonly name: string;
  readonly process: ChildProcess;
  readonly pool: Pool;
  readonly path: string;
  readonly query: string;
  readonly perSecond: number[];
  readonly cpuMicros: number[];
  residentMb: number;
}

function start(file: string): ChildProcess {
  const path = fileURLToPath(new URL(`${file}.ts`, import.meta.url));
  return fork(path, {
    execArgv: ["--import", "@swc-node/register/esm-register"],
    env: { ...process.env, NODE_ENV: "production" },
  });
}

function answerOf<T>(child: ChildProcess, message?: object | string): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void =>
      reject(new Error(`A candidate ended with ${code} before it answered.`));
    child.once("exit", ended);
    child.once("message", (answer) => {
      child.removeListener("exit", ended);
      resolve(answer as T);
    });
    if (message !== undefined) child.send(message);
  });
}

async function post({ pool, path, query }: Running): Promise<string> {
  const answer = await pool.request({
    method: "POST",
    path,
    headers: { "content-type": "application/json", "x-api-key": KEY },
    body: JSON.stringify({ query }),
  });
  return answer.body.text();
}

/** Asks as fast as `CONNECTIONS` sockets can for `ms` milliseconds; gives the number of answers. */
async function load(running: Running, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let answers = 0;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      await post(running);
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  return answers;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Asks each candidate (a file of bench/candidates, in a process of its own) the same query in turn, over one vendor that answers at
 * once. Throws where they answer differently.
 */
export async function alternate(names: readonly string[], query: string): Promise<readonly Measured[]> {
  const vendorProcess = start("vendor");
  const vendor = await answerOf<VendorAddress>(vendorProcess);
  const candidates: Running[] = [];
  for (const name of names) {
    const child = start(`candidates/${name}`);
    const { url } = await answerOf<{ url: string }>(child, vendor);
    const { origin, pathname } = new URL(url);
    const pool = new Pool(origin, { connections: CONNECTIONS });
    candidates.push({ name, process: child, pool, path: pathname, query, perSecond: [], cpuMicros: [], residentMb: 0 });
  }
  try {
    const answers = await Promise.all(
      candidates.map(async (one) => JSON.stringify((JSON.parse(await post(one)) as { data: unknown }).data)),
    );
    if (new Set(answers).size !== 1)
      throw new Error(`The candidates answer differently:\n${answers.map((a) => a.slice(0, 400)).join("\n")}`);
    for (const one of candidates) await load(one, 2_000);
    for (let round = 0; round < ROUNDS; round += 1) for (const one of candidates) await measure(one);
  } finally {
    for (const { process: child, pool } of candidates) {
      await pool.destroy();
      child.kill();
    }
    vendorProcess.kill();
  }
  return candidates.map(({ name, perSecond, cpuMicros, residentMb }) => ({
    name,
    perSecond: median(perSecond),
    cpuMicros: median(cpuMicros),
    residentMb,
  }));
}

async function measure(one: Running): Promise<void> {
  const before = await answerOf<{ cpuMicros: number }>(one.process, "cpu");
  const count = await load(one, ROUND_MS);
  const after = await answerOf<{ cpuMicros: number; residentMb: number }>(one.process, "cpu");
  one.perSecond.push((count * 1_000) / ROUND_MS);
  one.cpuMicros.push((after.cpuMicros - before.cpuMicros) / count);
  one.residentMb = after.residentMb;
}

/** What was done, where and with what: without it no figure means anything. */
export async function conditions(): Promise<string> {
  const versionOf = async (name: string): Promise<string> => {
    const text = await readFile(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8");
    return (JSON.parse(text) as { version: string }).version;
  };
  return `${CONNECTIONS} connections, ${ROUNDS} alternating rounds of ${ROUND_MS / 1_000} s, medians
Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, @apollo/server ${await versionOf("@apollo/server")}, graphql ${await versionOf("graphql")}
`;
}

/** A table of what was measured, against the first candidate. */
export function table([first, ...others]: readonly Measured[]): string {
  const lines = [first, ...others].flatMap((one) => {
    if (!one || !first) return [];
    const ratios = [one.perSecond / first.perSecond, one.cpuMicros / first.cpuMicros].map((ratio) => ratio.toFixed(2));
    return `| ${one.name} | ${one.perSecond.toFixed(0)} | ${ratios[0]} | ${one.cpuMicros.toFixed(0)} | ${ratios[1]} | ${one.residentMb.toFixed(0)} |`;
  });
  const head = `| candidate | requests/s | ÷ ${first?.name} | CPU µs a request | ÷ ${first?.name} | resident MB |\n|---|---|---|---|---|---|`;
  return [head, ...lines].join("\n");
}
