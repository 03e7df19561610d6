import { cpus } from "node:os";
import { Pool } from "undici";
import { startJiraSandbox, type JiraSandbox } from "../src/sandbox/jira/server.js";
import { ask } from "./ask.js";
import { AS_BUILT, setUp, startGateway, tearDown, type Gateway } from "../test/faults/gateway.js";
import { ENGINES, newPlace } from "../test/support/databases.js";

/** Writes with the ledger on: a job at a vendor's limit, and many single creates at once. Each engine that is there, real processes. */
const TICKETS = Number(process.env["BENCH_JOB_TICKETS"] ?? 10_000);
const CALLS_PER_SECOND = 40;
/** What the vendor takes at once, beyond its rate. */
const BURST = 10;
const CREATES = 1_000;
const CREATE_DELAY_MS = 20;

const ticket = (name: string): object => ({ project: { vendorId: "PLAT" }, type: { name: "Task" }, name });
const writesTo = ({ calls }: JiraSandbox) =>
  calls.filter(({ method, path }) => method === "POST" && /\/issue(\/bulk)?$/.test(path));

async function withGateway<T>(
  engine: (typeof ENGINES)[number],
  jira: JiraSandbox,
  work: (gateway: Gateway, pool: Pool) => Promise<T>,
): Promise<T> {
  const place = await newPlace(engine);
  const { where } = place;
  const { email, apiToken, url } = jira;
  const connection = { vendor: "jira", baseUrl: url, credentials: { email, apiToken } };
  const setup = await setUp(connection, typeof where === "object" && "url" in where ? where.url : undefined);
  const gateway = await startGateway(setup, AS_BUILT);
  const pool = new Pool(new URL(gateway.url).origin, { connections: CREATES });
  try {
    return await work(gateway, pool);
  } finally {
    await pool.destroy();
    await gateway.kill();
    await jira.close();
    await tearDown(setup);
    await place.drop();
  }
}

async function job(engine: (typeof ENGINES)[number]): Promise<string> {
  const jira = await startJiraSandbox({
    empty: true,
    delayMs: 50,
    limit: { perSecond: CALLS_PER_SECOND, burst: BURST },
  });
  return withGateway(engine, jira, async (_gateway, pool) => {
    const tickets = Array.from({ length: TICKETS }, (_, n) => ticket(`Bench ${n}`));
    const began = performance.now();
    const { startBulkCreateTickets: started } = await ask<{ startBulkCreateTickets: { job: { id: string } } }>(
      pool,
      "mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { id } } }",
      { input: { tickets } },
    );
    const { id } = started.job;
    for (;;) {
      const { bulkJob } = await ask<{ bulkJob: { succeeded: number; finishedAt: string | null } }>(
        pool,
        "query ($id: ID!) { bulkJob(id: $id) { succeeded finishedAt } }",
        { id },
      );
      if (bulkJob.finishedAt) break;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const seconds = (performance.now() - began) / 1_000;
    const calls = writesTo(jira);
    const refused = jira.calls.filter(({ status }) => status === 429).length;
    // The bucket is full at first; what is beyond it comes at the limit's rate.
    const allowed = (calls.length - BURST) / CALLS_PER_SECOND;
    const sending = ((calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0)) / 1_000;
    return `| ${engine} | ${TICKETS} | ${calls.length} | ${refused} | ${allowed.toFixed(2)} | ${sending.toFixed(2)} | ${(allowed / sending).toFixed(2)} | ${seconds.toFixed(2)} | ${jira.state.size} |`;
  });
}

async function creates(engine: (typeof ENGINES)[number]): Promise<string> {
  const jira = await startJiraSandbox({ empty: true, delayMs: CREATE_DELAY_MS });
  return withGateway(engine, jira, async (_gateway, pool) => {
    const create = (name: string) =>
      ask<{ createTicket: { ticket: { key: string } | null } }>(
        pool,
        "mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { key } } }",
        { input: ticket(name) },
      );
    await Promise.all(Array.from({ length: 50 }, (_, n) => create(`Warm ${n}`)));
    const before = jira.calls.length;
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: CREATES }, (_, n) => create(`Bench ${n}`)));
    const ms = performance.now() - began;
    const keys = new Set(answers.map(({ createTicket }) => createTicket.ticket?.key)).size;
    const calls = jira.calls.slice(before);
    return `| ${engine} | ${CREATES} | ${keys} | ${calls.length} | ${writesTo({ ...jira, calls }).length} | ${ms.toFixed(0)} |`;
  });
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}\n`);
console.log(`One job against a vendor that takes ${CALLS_PER_SECOND} calls a second and answers after 50 ms:\n`);
console.log(
  "| store | tickets | create calls | answered 429 | s that the limit allows | s from first to last call | ratio | s in all | made |",
);
console.log("|---|---|---|---|---|---|---|---|---|");
for (const engine of ENGINES) console.log(await job(engine));
console.log(
  `\n${CREATES} createTicket mutations at once, each a request of its own; the vendor answers after ${CREATE_DELAY_MS} ms:\n`,
);
console.log("| store | mutations | tickets | vendor calls | of them creates | ms |\n|---|---|---|---|---|---|");
for (const engine of ENGINES) console.log(await creates(engine));
process.exit(0);
