import { readFile } from "node:fs/promises";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { startJiraSandbox } from "../src/sandbox/jira/server.js";
import { AS_BUILT, ask, KEY, setUp, startGateway, tearDown } from "../test/faults/gateway.js";
import { ENGINES, newPlace } from "../test/support/databases.js";

/** What subscribers cost that wait for a job on which nothing happens: resident memory of the gateway's process. */
const SUBSCRIBERS = Number(process.env["BENCH_SUBSCRIBERS"] ?? 1_000);
const SETTLE_MS = 5_000;

const engine = ENGINES.at(-1) ?? "pglite";
const jira = await startJiraSandbox({ empty: true });
// The vendor is away, so the job waits.
jira.faults.add({ kind: "429", operation: "createIssues", retryAfter: 600 });
const place = await newPlace(engine);
const { where } = place;
const { email, apiToken, url: baseUrl } = jira;
const connection = { vendor: "jira", baseUrl, credentials: { email, apiToken } };
const setup = await setUp(connection, typeof where === "object" && "url" in where ? where.url : undefined);
const gateway = await startGateway(setup, AS_BUILT);

const tickets = Array.from({ length: 50 }, (_, n) => ({
  project: { vendorId: "PLAT" },
  type: { name: "Task" },
  name: `Waiting ${n}`,
}));
const started = await ask<{ startBulkCreateTickets: { job: { id: string } } }>(
  gateway.url,
  "mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { id } } }",
  { input: { tickets } },
);
const id = started?.startBulkCreateTickets.job.id;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const residentMb = async (): Promise<number> => {
  const status = await readFile(`/proc/${gateway.process.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024;
};

let told = 0;
const subscribe = (): Promise<unknown> => {
  const client = createClient({
    url: gateway.url.replace("http", "ws"),
    webSocketImpl: WebSocket,
    lazy: false,
    connectionParams: { "X-API-Key": KEY },
  });
  return new Promise((resolve, reject) => {
    client.subscribe(
      { query: "subscription ($id: ID!) { bulkJobProgress(id: $id) { state succeeded } }", variables: { id } },
      { next: () => resolve((told += 1)), error: reject, complete() {} },
    );
  });
};
for (let n = 0; n < 20; n += 1) await subscribe();
await pause(SETTLE_MS);
const before = await residentMb();
const cpuBefore = (await readFile(`/proc/${gateway.process.pid}/stat`, "utf8")).split(" ");
for (let n = 0; n < SUBSCRIBERS; n += 50) await Promise.all(Array.from({ length: 50 }, subscribe));
await pause(SETTLE_MS);
const after = await residentMb();
const cpuAfter = (await readFile(`/proc/${gateway.process.pid}/stat`, "utf8")).split(" ");
const cpu = (Number(cpuAfter[13]) + Number(cpuAfter[14]) - Number(cpuBefore[13]) - Number(cpuBefore[14])) / 100;

console.log(`Node ${process.version}, store ${engine}\n`);
console.log(
  "| idle subscribers | resident MB before | after | for them | CPU s, opening and 5 s of waiting |\n|---|---|---|---|---|",
);
console.log(
  `| ${SUBSCRIBERS} | ${before.toFixed(0)} | ${after.toFixed(0)} | ${(after - before).toFixed(0)} | ${cpu.toFixed(2)} |`,
);
if (told < SUBSCRIBERS) throw new Error(`Only ${told} were told of the job.`);
await gateway.kill();
await jira.close();
await tearDown(setup);
await place.drop();
process.exit(0);
