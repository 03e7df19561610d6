import { fork, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";
import { KEY, type VendorAddress } from "./candidates/candidate.js";
import { fiftyTickets } from "./query.js";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 3_000);
const CONNECTIONS = 32;
const CANDIDATES = ["hand-written", "ticketgraph", "stock-apollo"] as const;

interface Running {
  readonly name: string;
  readonly process: ChildProcess;
  readonly pool: Pool;
  readonly path: string;
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

async function post({ pool, path }: Running): Promise<string> {
  const answer = await pool.request({
    method: "POST",
    path,
    headers: { "content-type": "application/json", "x-api-key": KEY },
    body: JSON.stringify({ query: fiftyTickets }),
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

const vendorProcess = start("vendor");
const vendor = await answerOf<VendorAddress>(vendorProcess);
const candidates: Running[] = [];
for (const name of CANDIDATES) {
  const child = start(`candidates/${name}`);
  const { url } = await answerOf<{ url: string }>(child, vendor);
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS });
  candidates.push({ name, process: child, pool, path: pathname, perSecond: [], cpuMicros: [], residentMb: 0 });
}

const nodesOf = (text: string): string =>
  JSON.stringify((JSON.parse(text) as { data: { searchTickets: unknown } }).data);
const answers = await Promise.all(candidates.map(async (one) => nodesOf(await post(one))));
if (new Set(answers).size !== 1)
  throw new Error(`The candidates answer differently:\n${answers.map((a) => a.slice(0, 400)).join("\n")}`);

for (const one of candidates) await load(one, 2_000);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const one of candidates) {
    const before = await answerOf<{ cpuMicros: number }>(one.process, "cpu");
    const count = await load(one, ROUND_MS);
    const after = await answerOf<{ cpuMicros: number; residentMb: number }>(one.process, "cpu");
    one.perSecond.push((count * 1_000) / ROUND_MS);
    one.cpuMicros.push((after.cpuMicros - before.cpuMicros) / count);
    one.residentMb = after.residentMb;
  }
}

const [limit] = candidates;
const versionOf = async (name: string): Promise<string> => {
  const text = await readFile(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
};
console.log(
  `50 tickets with type, assignees and project; one vendor call each; ${CONNECTIONS} connections, ${ROUNDS} alternating rounds of ${ROUND_MS / 1_000} s, medians`,
);
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, @apollo/server ${await versionOf("@apollo/server")}, graphql ${await versionOf("graphql")}\n`,
);
console.log("| candidate | requests/s | ÷ hand-written | CPU µs a request | ÷ hand-written | resident MB |");
console.log("|---|---|---|---|---|---|");
for (const { name, perSecond, cpuMicros, residentMb } of candidates) {
  const speed = median(perSecond);
  const cpu = median(cpuMicros);
  const ratios = [speed / median(limit?.perSecond ?? []), cpu / median(limit?.cpuMicros ?? [])].map((r) =>
    r.toFixed(2),
  );
  console.log(
    `| ${name} | ${speed.toFixed(0)} | ${ratios[0]} | ${cpu.toFixed(0)} | ${ratios[1]} | ${residentMb.toFixed(0)} |`,
  );
}
for (const { process: child, pool } of candidates) {
  await pool.destroy();
  child.kill();
}
vendorProcess.kill();
