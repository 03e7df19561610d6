import { startStackOneSandbox } from "../../src/sandbox/stackone/server.js";
import { jiraConnection, STORE, withGateway } from "../gateway.js";
import { nothingWithoutPostgres, type Goal } from "../goal.js";
import type { Asker } from "../load.js";
import { setting } from "../numbers.js";
import type { Running } from "../process.js";
import { startStubJira } from "../stub-jira.js";
import { table } from "../table.js";

/** How many tickets are copied from each vendor; more of them show better whether memory stays as it is. */
const COPIED = setting("BENCH_COPIED_TICKETS", 50_000);
const LOOK_MS = 250;

interface Copied {
  readonly perSecond: number;
  /** The most that was resident, in the first half of the time and in the second. */
  readonly mostMb: readonly [number, number];
}

/** Whole copies of vendors into PostgreSQL. */
export async function copy(): Promise<readonly Goal[]> {
  const wanted = [
    { what: "sync of Jira, records of 5 kB", atLeast: 5_000, unit: "tickets/s" },
    { what: "sync of StackOne, records of 1 kB", atLeast: 5_000, unit: "tickets/s" },
    { what: "sync, resident memory in its second half ÷ its first", atMost: 1.1 },
  ] as const;
  if (STORE !== "postgres") return nothingWithoutPostgres(wanted);
  const jira = await startStubJira(COPIED);
  const stackone = await startStackOneSandbox({ tickets: COPIED });
  const { url: baseUrl, accountId, apiKey } = stackone;
  const connections = [
    jiraConnection(jira),
    { id: "stackone", vendor: "stackone", baseUrl, accountId, credentials: { apiKey } },
  ];
  const rows = await withGateway(
    connections,
    async (gateway) => [
      ["Jira, records of 5 kB", await copyOf(gateway, "jira")] as const,
      ["StackOne, records of 1 kB", await copyOf(gateway, "stackone")] as const,
      ["Jira once more, nothing changed", await copyOf(gateway, "jira")] as const,
    ],
    { sockets: 4 },
  );
  jira.close();
  await stackone.close();
  console.log(`${COPIED} tickets of each.`);
  console.log(
    table(
      ["copied from", "tickets/s", "resident MB, first half", "second half"],
      rows.map(([name, { perSecond, mostMb }]) => [name, perSecond, ...mostMb]),
    ),
  );
  const against = `${COPIED} tickets into PostgreSQL`;
  const [ofJira, ofStackOne] = rows.map(([, copied]) => copied);
  const growth = Math.max(
    ...rows.map(
      ([
        ,
        {
          mostMb: [first, second],
        },
      ]) => second / first,
    ),
  );
  const measured = [ofJira?.perSecond ?? NaN, ofStackOne?.perSecond ?? NaN, growth];
  return wanted.map((goal, n) => ({ ...goal, measured: measured[n] ?? NaN, against }));
}

/** Copies all of one; throws where the sync says that it failed. */
async function copyOf(gateway: Running & Asker, id: string): Promise<Copied> {
  const began = performance.now();
  const seen: number[] = [];
  await gateway.ask(`mutation { syncConnection(id: "${id}", full: true) { id } }`);
  for (;;) {
    gateway.fromNowOn();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    seen.push((await gateway.usage()).mostMb);
    const { connection } = await gateway.ask<{ connection: { sync: { state: string; error: string | null } } }>(
      `{ connection(id: "${id}") { sync { state error } } }`,
    );
    if (connection.sync.state === "FAILED") throw new Error(connection.sync.error ?? "The sync failed.");
    if (connection.sync.state === "IDLE") break;
  }
  const seconds = (performance.now() - began) / 1_000;
  const half = Math.ceil(seen.length / 2);
  return { perSecond: COPIED / seconds, mostMb: [Math.max(...seen.slice(0, half)), Math.max(...seen.slice(half))] };
}
