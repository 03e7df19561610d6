import { startJiraSandbox } from "../../src/sandbox/jira/server.js";
import { ENGINES } from "../../test/support/databases.js";
import { jiraConnection, STORE, withGateway, type Engine } from "../gateway.js";
import type { Goal } from "../goal.js";
import type { Asker } from "../load.js";
import { setting } from "../numbers.js";
import type { Usage } from "../process.js";
import { table } from "../table.js";
import { newTicket, writesTo } from "../writes.js";

const TICKETS = setting("BENCH_JOB_TICKETS", 10_000);
const CALLS_PER_SECOND = 40;
/** What the vendor takes at once, beyond its rate. */
const BURST = 10;
const DELAY_MS = 50;
/** How often somebody looks whether it is over, in milliseconds. */
const LOOK_MS = 250;

interface Measured extends Usage {
  readonly calls: number;
  readonly refused: number;
  readonly allowedSeconds: number;
  readonly sendingSeconds: number;
  readonly seconds: number;
}

/** One job against a vendor's limit, with the ledger on. */
export async function job(): Promise<readonly Goal[]> {
  const rows: [engine: Engine, measured: Measured][] = [];
  for (const engine of ENGINES) rows.push([engine, await measure(engine)]);
  console.log(
    `One job of ${TICKETS} tickets against a vendor that takes ${CALLS_PER_SECOND} calls a second and answers after ${DELAY_MS} ms.`,
  );
  console.log(
    table(
      ["store", "creates", "429", "s allowed", "s sending", "ratio", "s in all", "loop delay p99 ms", "resident MB"],
      rows.map(([engine, { calls, refused, allowedSeconds, sendingSeconds, seconds, loopDelayMs, mostMb }]) => [
        engine,
        calls,
        refused,
        allowedSeconds,
        sendingSeconds,
        allowedSeconds / sendingSeconds,
        seconds,
        loopDelayMs,
        mostMb,
      ]),
    ),
  );
  const [, ours] = rows.at(-1) ?? [];
  if (!ours) return [];
  const against = `a vendor's limit of ${CALLS_PER_SECOND} calls/s; the gateway on ${STORE}`;
  return [
    {
      what: `job of ${TICKETS} ÷ what the limit allows`,
      measured: ours.allowedSeconds / ours.sendingSeconds,
      atLeast: 0.95,
      against,
    },
    {
      what: "job, calls answered 429",
      measured: (100 * ours.refused) / (ours.calls + ours.refused),
      unit: "%",
      atMost: 0.1,
      against,
    },
    {
      what: `event-loop delay p99 during a job of ${TICKETS}`,
      measured: ours.loopDelayMs,
      unit: "ms",
      atMost: 20,
      against,
    },
    { what: "resident memory under a job", measured: ours.mostMb, unit: "MB", atMost: 250, against },
  ];
}

async function measure(engine: Engine): Promise<Measured> {
  const limit = { perSecond: CALLS_PER_SECOND, burst: BURST };
  const jira = await startJiraSandbox({ empty: true, delayMs: DELAY_MS, limit });
  const run = async (gateway: Asker, tickets: number): Promise<number> => {
    const began = performance.now();
    const { startBulkCreateTickets: started } = await gateway.ask<{ startBulkCreateTickets: { job: { id: string } } }>(
      "mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { id } } }",
      { input: { tickets: Array.from({ length: tickets }, (_, n) => newTicket(`Bench ${n}`)) } },
    );
    for (;;) {
      const { bulkJob } = await gateway.ask<{ bulkJob: { succeeded: number; finishedAt: string | null } }>(
        "query ($id: ID!) { bulkJob(id: $id) { succeeded finishedAt } }",
        { id: started.job.id },
      );
      if (bulkJob.finishedAt && bulkJob.succeeded !== tickets)
        throw new Error(`Of a job's ${tickets} tickets ${bulkJob.succeeded} were made.`);
      if (bulkJob.finishedAt) return (performance.now() - began) / 1_000;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };
  const measured = await withGateway(
    [jiraConnection(jira)],
    async (gateway) => {
      await run(gateway, 50);
      // The bucket fills again.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const before = jira.calls.length;
      gateway.fromNowOn();
      const seconds = await run(gateway, TICKETS);
      const made = jira.calls.slice(before);
      const calls = writesTo(made);
      const sendingSeconds = ((calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0)) / 1_000;
      return {
        ...(await gateway.usage()),
        calls: calls.length,
        refused: made.filter(({ status }) => status === 429).length,
        // The bucket is full at first; what is beyond it comes at the limit's rate.
        allowedSeconds: (calls.length - BURST) / CALLS_PER_SECOND,
        sendingSeconds,
        seconds,
      };
    },
    { engine },
  );
  await jira.close();
  return measured;
}
