import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { startJiraSandbox } from "../../src/sandbox/jira/server.js";
import { jiraConnection, STORE, withGateway } from "../gateway.js";
import type { Goal } from "../goal.js";
import { KEY } from "../load.js";
import { setting } from "../numbers.js";
import { table } from "../table.js";
import { newTicket } from "../writes.js";

const SUBSCRIBERS = setting("BENCH_SUBSCRIBERS", 1_000);
const SETTLE_MS = 5_000;

/** What subscribers cost that wait for a job on which nothing happens. They have no goal of their own. */
export async function subscribers(): Promise<readonly Goal[]> {
  const jira = await startJiraSandbox({ empty: true });
  // The vendor is away, so the job waits.
  jira.faults.add({ kind: "429", operation: "createIssues", retryAfter: 600 });
  await withGateway([jiraConnection(jira)], async (gateway) => {
    const { startBulkCreateTickets: started } = await gateway.ask<{ startBulkCreateTickets: { job: { id: string } } }>(
      "mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { id } } }",
      { input: { tickets: Array.from({ length: 50 }, (_, n) => newTicket(`Waiting ${n}`)) } },
    );
    const wait = () => subscribe(gateway.url, started.job.id);
    const settled = async () => {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      gateway.fromNowOn();
      return gateway.usage();
    };
    for (let n = 0; n < 20; n += 1) await wait();
    const before = await settled();
    for (let n = 0; n < SUBSCRIBERS; n += 50) await Promise.all(Array.from({ length: 50 }, wait));
    const after = await settled();
    const cpuSeconds = (after.cpuMicros - before.cpuMicros) / 1e6;
    console.log(
      table(
        [
          "idle subscribers",
          "resident MB before",
          "after",
          "for them",
          `CPU s, opening and ${SETTLE_MS / 1_000} s of waiting`,
        ],
        [[SUBSCRIBERS, before.mostMb, after.mostMb, after.mostMb - before.mostMb, cpuSeconds]],
      ),
    );
    console.log(`On ${STORE}.`);
  });
  await jira.close();
  return [];
}

/** Waits for a job; resolves when it was told of it for the first time. */
function subscribe(url: string, id: string): Promise<void> {
  const client = createClient({
    url: url.replace("http", "ws"),
    webSocketImpl: WebSocket,
    lazy: false,
    connectionParams: { "X-API-Key": KEY },
  });
  const query = "subscription ($id: ID!) { bulkJobProgress(id: $id) { state succeeded } }";
  return new Promise((resolve, reject) => {
    client.subscribe({ query, variables: { id } }, { next: () => resolve(), error: reject, complete() {} });
  });
}
