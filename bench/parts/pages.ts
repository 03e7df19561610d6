import { Client } from "pg";
import { jiraConnection, makeHome, startGateway } from "../gateway.js";
import { nothingWithoutPostgres, type Goal } from "../goal.js";
import { openAsker, type Asker } from "../load.js";
import { median, setting } from "../numbers.js";
import { PAGE } from "../query.js";
import { fillStore, WORDS } from "../stored-tickets.js";
import { table } from "../table.js";

/** How many tickets the store holds; the goal is meant for 1,000,000. */
const TICKETS = setting("BENCH_TICKETS", 100_000);
const ROUNDS = 40;

/** Pages and filters of the synced store in PostgreSQL, asked through GraphQL over HTTP. */
export async function pages(): Promise<readonly Goal[]> {
  const what = `page of 50 at depth ${TICKETS - 60} ÷ first page`;
  const home = await makeHome([
    jiraConnection({ url: "http://127.0.0.1:9", email: "nobody@acme.example", apiToken: "none" }),
  ]);
  if (home.databaseUrl === undefined) {
    await home.clear();
    return nothingWithoutPostgres([{ what, atMost: 1.5 }]);
  }
  const gateway = await startGateway(home);
  const asker = openAsker(gateway.url, 4);
  const client = new Client({ connectionString: home.databaseUrl });
  await client.connect();
  try {
    await fillStore(client, TICKETS);
    const ratio = await depths(asker, client);
    await filters(asker);
    const against = `the first page of ${TICKETS} tickets in PostgreSQL`;
    return [{ what, measured: ratio, atMost: 1.5, against }];
  } finally {
    await client.end();
    await asker.close();
    await gateway.stop();
  }
}

/** Medians of how long something takes, in milliseconds. */
async function time(work: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await work(round);
    times.push(performance.now() - began);
  }
  return median(times);
}

async function depths(asker: Asker, client: Client): Promise<number> {
  const { rows } = await client.query(
    "select id, (extract(epoch from updated_at) * 1000)::float8 as value from synced_tickets order by updated_at, id offset 60 limit 1",
  );
  const deep = Buffer.from(`UPDATED_AT:DESC:${rows[0].value}:${rows[0].id}`).toString("base64url");
  const half = Date.parse("2020-01-01") + (TICKETS / 2) * 37_000;
  const middle = Buffer.from(`UPDATED_AT:DESC:${half}:1`).toString("base64url");
  await time(() => asker.ask(PAGE));
  const first = await time(() => asker.ask(PAGE));
  const inTheMiddle = await time(() => asker.ask(PAGE, { after: middle }));
  const last = await time(() => asker.ask(PAGE, { after: deep }));
  console.log(
    table(
      ["page of 50 tickets, with project, type and assignees", "median ms", "÷ first page"],
      [
        ["the first", first, 1],
        ["in the middle", inTheMiddle, inTheMiddle / first],
        [`at depth ${TICKETS - 60}`, last, last / first],
      ],
    ),
  );
  return last / first;
}

async function filters(asker: Asker): Promise<void> {
  const projectOf = (n: number): string => Buffer.from(`P:jira:${10_000 + (n % 50)}`).toString("base64url");
  const userOf = (n: number): string => Buffer.from(`U:jira:user-${n % 500}`).toString("base64url");
  const all: [name: string, filter: (n: number) => object][] = [
    ["status", (n) => ({ statuses: [["To Do", "Done"][n % 2]] })],
    ["project", (n) => ({ projectIds: [projectOf(n)] })],
    ["status and project", (n) => ({ statuses: ["In Review"], projectIds: [projectOf(n)] })],
    ["a common word (a tenth of all)", (n) => ({ text: WORDS[n % 10] })],
    ["a rare word (50 of all)", (n) => ({ text: `number${n * 31}` })],
    ["two common words", (n) => ({ text: `${WORDS[n % 10]} ${WORDS[(n + 3) % 10]}` })],
    ["a word that nobody wrote", (n) => ({ text: `nothing${n}` })],
    [
      "status, project and a common word",
      (n) => ({ statuses: ["Done"], projectIds: [projectOf(n)], text: WORDS[n % 10] }),
    ],
    ["status, project and a rare word", (n) => ({ statuses: ["Done"], projectIds: [projectOf(n)], text: `room${n}` })],
    ["assignee", (n) => ({ assigneeIds: [userOf(n * 7)] })],
    ["tag", (n) => ({ tags: [`tag-${n % 100}`] })],
    [
      "a week",
      (n) => ({ updatedAt: { from: new Date(Date.UTC(2020, 3, n)), to: new Date(Date.UTC(2020, 3, n + 7)) } }),
    ],
  ];
  const rows: [string, number][] = [];
  for (const [name, filter] of all) rows.push([name, await time((n) => asker.ask(PAGE, { filter: filter(n) }))]);
  console.log(`\n${table([`filter, of ${TICKETS} tickets`, "median ms"], rows)}`);
}
