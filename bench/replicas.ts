import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";
import { KEY, setUp, startGateway, tearDown, type Gateway } from "../test/faults/gateway.js";
import { newPlace } from "../test/support/databases.js";
import { startRoundRobin } from "../test/support/round-robin.js";
import { oneTicket } from "./query.js";

/** What a second replica adds: one and two of them over one PostgreSQL, asked past and through a load balancer. */
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const ROUND_MS = Number(process.env["BENCH_ROUND_MS"] ?? 3_000);
const CONNECTIONS = 32;
/** Two gateways, PostgreSQL, the vendor, and the client with the load balancer. */
const CORES_WANTED = 5;
/** What the kernel counts CPU time in. */
const TICKS_PER_SECOND = 100;

interface Way {
  readonly name: string;
  /** Whose CPU time counts. */
  readonly gateways: readonly Gateway[];
  readonly pools: readonly Pool[];
  readonly perSecond: number[];
  readonly cpuMicros: number[];
}

const query = JSON.stringify({ query: oneTicket });
async function ask(pool: Pool | undefined): Promise<string> {
  const headers = { "content-type": "application/json", "x-api-key": KEY };
  const answer = await pool?.request({ method: "POST", path: "/graphql", headers, body: query });
  const text = (await answer?.body.text()) ?? "";
  if (answer?.statusCode !== 200 || text.includes('"errors"')) throw new Error(text);
  return text;
}

/** CPU seconds of a process since it began. */
async function cpuOf({ process: { pid } }: Gateway): Promise<number> {
  const [, fields = ""] = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ");
  const [user, system] = fields.split(" ").slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND;
}

async function load({ pools }: Way, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let answers = 0;
  const client = async (_: unknown, n: number): Promise<void> => {
    for (; performance.now() < end; answers += 1) await ask(pools[n % pools.length]);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  return answers;
}

const cpu = async (way: Way): Promise<number> =>
  (await Promise.all(way.gateways.map(cpuOf))).reduce((sum, one) => sum + one, 0);

async function measure(way: Way): Promise<void> {
  const before = await cpu(way);
  const answers = await load(way, ROUND_MS);
  way.perSecond.push((answers * 1_000) / ROUND_MS);
  way.cpuMicros.push((((await cpu(way)) - before) * 1e6) / answers);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

if (!process.env["TEST_DATABASE_URL"]) {
  console.log("Two replicas need a PostgreSQL server: set TEST_DATABASE_URL to one. Nothing was measured.");
  process.exit(0);
}
const [busy = 0] = loadavg();
const vendor = fork(fileURLToPath(new URL("vendor.ts", import.meta.url)), {
  execArgv: ["--import", "@swc-node/register/esm-register"],
});
const [{ url: baseUrl, email, apiToken }] = (await once(vendor, "message")) as [
  { url: string; email: string; apiToken: string },
];
const place = await newPlace("postgres");
const connection = { id: "jira", vendor: "jira", baseUrl, credentials: { email, apiToken } };
const setup = await setUp(connection, place.url, 2, 1, { requestsPerMinute: 10_000_000 });
const one = await startGateway(setup);
const other = await startGateway(setup);
const addresses = [one, other].map(({ url }) => new URL(url).origin);
const proxies = await Promise.all([startRoundRobin(addresses.slice(0, 1)), startRoundRobin(addresses)]);
const way = (name: string, gateways: readonly Gateway[], urls: readonly string[]): Way => ({
  name,
  gateways,
  pools: urls.map((url) => new Pool(url, { connections: CONNECTIONS / urls.length })),
  perSecond: [],
  cpuMicros: [],
});
const ways = [
  way("one replica", [one], addresses.slice(0, 1)),
  way("two replicas", [one, other], addresses),
  way("one replica, through the load balancer", [one], [proxies[0].url]),
  way("two replicas, through the load balancer", [one, other], [proxies[1].url]),
];
for (const each of ways) await load(each, ROUND_MS / 2);
for (let round = 0; round < ROUNDS; round += 1) for (const each of ways) await measure(each);

const cores = cpus().length;
console.log(`One ticket by its key, ${CONNECTIONS} connections, ${ROUNDS} alternating rounds of ${ROUND_MS / 1_000} s, medians
Node ${process.version}, ${cores} × ${cpus()[0]?.model ?? "?"}, load before it began ${busy.toFixed(1)}

| | requests/s | ÷ one | CPU µs a request, of the replicas | ÷ one |
|---|---|---|---|---|`);
ways.forEach(({ name, perSecond, cpuMicros }, n) => {
  const alone = ways[n - (n % 2)];
  const [rate, micros] = [median(perSecond), median(cpuMicros)];
  const ratios = [rate / median(alone?.perSecond ?? []), micros / median(alone?.cpuMicros ?? [])];
  console.log(
    `| ${name} | ${rate.toFixed(0)} | ${ratios[0]?.toFixed(2)} | ${micros.toFixed(0)} | ${ratios[1]?.toFixed(2)} |`,
  );
});
console.log(
  cores - busy >= CORES_WANTED
    ? "\nThere were cores to spare, so the first ratio tells what a second replica adds."
    : `\nThere were no cores to spare: ${CORES_WANTED} are wanted, for two replicas, the database, the vendor and the client. So the requests a
second tell of this machine. Look at the last column: near 1, a replica does nothing more and waits for nothing because of another.`,
);
for (const { pools } of ways) await Promise.all(pools.map((pool) => pool.destroy()));
for (const proxy of proxies) await proxy.close();
for (const gateway of [one, other]) await gateway.kill();
vendor.kill();
await tearDown(setup);
await place.drop();
