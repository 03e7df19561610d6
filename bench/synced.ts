import { readFile } from "node:fs/promises";
import { createHmac } from "node:crypto";
import { cpus } from "node:os";
import { Client } from "pg";
import { Pool } from "undici";
import { startStackOneSandbox } from "../src/sandbox/stackone/server.js";
import { startStubJira } from "./stub-jira.js";
import { ask } from "./ask.js";
import { AS_BUILT, setUp, startGateway, tearDown, type Gateway } from "../test/faults/gateway.js";
import { newPlace } from "../test/support/databases.js";

/** The synced store in PostgreSQL: pages of many tickets, filters, the pace of a copy, and queries amid a flood of webhooks. */
const TICKETS = Number(process.env["BENCH_SYNCED_TICKETS"] ?? 1_000_000);
const COPIED = Number(process.env["BENCH_COPIED_TICKETS"] ?? 50_000);
const FLOOD = 10_000;
const ROUNDS = 40;
const SECRET = "bench_secret_0123456789";
const WORDS = ["printer", "network", "invoice", "login", "disk", "mail", "phone", "screen", "backup", "license"];

async function median(work: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await work(round);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[ROUNDS / 2] ?? 0;
}

const residentMb = async ({ process: { pid } }: Gateway): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024;

/** Tickets as a sync would have left them; made by the database itself, or making them would take longer than measuring. */
async function generate(client: Client): Promise<void> {
  const words = `(array['${WORDS.join("','")}'])`;
  await client.query(`
    insert into synced_tickets (tenant_id, connection_id, vendor_id, ticket, data, identifier, status, status_category, priority,
      project_id, parent_id, assignee_ids, tags, created_at, updated_at, search, digest, run, synced_at)
    select 'acme', 'vendor', n::text, json_build_object('vendorId', n::text, 'key', 'BIG-' || n, 'identifier', null,
        'name', name, 'description', json_build_object('format', 'PLAIN', 'text', body), 'status', status,
        'statusCategory', category, 'statusUpdatedAt', null, 'priority', 'Medium', 'priorityLevel', 'MEDIUM', 'typeId', '10002',
        'projectId', (10000 + n % 50)::text, 'assigneeIds', jsonb_build_array('user-' || n % 500), 'createdById', null,
        'reporterIds', '[]'::jsonb, 'parentId', null, 'tags', jsonb_build_array('tag-' || n % 100), 'active', true, 'url', null,
        'createdAt', made, 'updatedAt', made, 'dueDate', null, 'closedAt', null, 'revision', null),
      json_build_object('summary', name, 'description', body), null, status, category, 3, (10000 + n % 50)::text, null,
      jsonb_build_array('user-' || n % 500), jsonb_build_array('tag-' || n % 100), made, made,
      to_tsvector('simple', name || ' ' || body), n::text, 1, now()
    from (
      select n, ${words}[1 + abs(hashint4(n + 1)) % 10] || ' ' || ${words}[1 + abs(hashint4(n + 2)) % 10] || ' number' || n % 20000 as name,
        'The ' || ${words}[1 + abs(hashint4(n + 3)) % 10] || ' in room' || n % 3000 || ' is slow since the last update of the day' as body,
        (array['To Do', 'In Progress', 'In Review', 'Done'])[1 + abs(hashint4(n)) % 4] as status,
        (array['TODO', 'IN_PROGRESS', 'IN_PROGRESS', 'DONE'])[1 + abs(hashint4(n)) % 4] as category,
        timestamptz '2020-01-01' + n * interval '37 seconds' as made
      from generate_series(1, ${TICKETS}) as n
    ) as made_up`);
  for (const [kind, count, first] of [["project", 50, 10_000] as const, ["user", 500, 0] as const])
    await client.query(`
      insert into synced_things select 'acme', 'vendor', '${kind}', ${kind === "user" ? "'user-' || n" : `(${first} + n)::text`},
        jsonb_build_object('vendorId', ${kind === "user" ? "'user-' || n" : `(${first} + n)::text`}, 'key', null, 'name', '${kind} ' || n,
          'projectType', null, 'url', null, 'email', null, 'active', true, 'avatarUrl', null), now()
      from generate_series(0, ${count - 1}) as n`);
  await client.query(
    'insert into synced_things select \'acme\', \'vendor\', \'issueType\', \'10002\', \'{"vendorId":"10002","name":"Task","description":null,"subtask":false}\', now()',
  );
  await client.query("vacuum analyze synced_tickets");
}

const PAGE = `query ($filter: TicketFilter, $after: String) {
  tickets(first: 50, filter: $filter, after: $after) {
    nodes { id key name status updatedAt project { name } type { name } assignees { name } }
    pageInfo { endCursor }
  }
}`;

async function pages(pool: Pool, client: Client): Promise<void> {
  const { rows } = await client.query(
    "select id, (extract(epoch from updated_at) * 1000)::float8 as value from synced_tickets where tenant_id = 'acme' and connection_id = 'vendor' order by updated_at, id offset 60 limit 1",
  );
  const deep = Buffer.from(`UPDATED_AT:DESC:${rows[0].value}:${rows[0].id}`).toString("base64url");
  const middle = Buffer.from(`UPDATED_AT:DESC:${Date.parse("2020-06-01")}:1`).toString("base64url");
  await median(() => ask(pool, PAGE));
  const first = await median(() => ask(pool, PAGE));
  console.log("| page of 50 tickets, with project, type and assignees | median ms | ÷ first page |\n|---|---|---|");
  console.log(`| the first | ${first.toFixed(1)} | 1.00 |`);
  for (const [name, after] of [
    ["in the middle", middle],
    [`at depth ${TICKETS - 60}`, deep],
  ] as const) {
    const ms = await median(() => ask(pool, PAGE, { after }));
    console.log(`| ${name} | ${ms.toFixed(1)} | ${(ms / first).toFixed(2)} |`);
  }
  const projectOf = (n: number): string => Buffer.from(`P:vendor:${10_000 + (n % 50)}`).toString("base64url");
  const userOf = (n: number): string => Buffer.from(`U:vendor:user-${n % 500}`).toString("base64url");
  const filters: [name: string, filter: (n: number) => object][] = [
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
  console.log(`\n| filter, of ${TICKETS} tickets | median ms |\n|---|---|`);
  for (const [name, filter] of filters)
    console.log(`| ${name} | ${(await median((n) => ask(pool, PAGE, { filter: filter(n) }))).toFixed(1)} |`);
}

async function copy(pool: Pool, gateway: Gateway, id: string): Promise<void> {
  const before = await residentMb(gateway);
  let most = before;
  const began = performance.now();
  await ask(pool, `mutation { syncConnection(id: "${id}", full: true) { id } }`);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const { connection } = await ask<{ connection: { sync: { state: string; error: string | null } } }>(
      pool,
      `{ connection(id: "${id}") { sync { state error } } }`,
    );
    most = Math.max(most, await residentMb(gateway));
    if (connection.sync.state === "FAILED") throw new Error(connection.sync.error ?? "");
    if (connection.sync.state === "IDLE") break;
  }
  const seconds = (performance.now() - began) / 1_000;
  console.log(
    `| ${id} | ${COPIED} | ${seconds.toFixed(1)} | ${(COPIED / seconds).toFixed(0)} | ${before.toFixed(0)} | ${most.toFixed(0)} |`,
  );
}

async function flood(pool: Pool, url: string, ids: readonly string[]): Promise<void> {
  const quiet = await median(() => ask(pool, PAGE));
  const hooks = new Pool(url, { connections: 50 });
  let slowest = 0;
  const times: number[] = [];
  const send = async (n: number): Promise<void> => {
    const body = JSON.stringify({
      timestamp: Date.now(),
      webhookEvent: "jira:issue_updated",
      issue: { id: ids[n % 500] },
    });
    const signature = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
    const began = performance.now();
    const answer = await hooks.request({
      method: "POST",
      path: "/webhooks/jira",
      headers: { "x-hub-signature": signature, "x-atlassian-webhook-identifier": `flood-${n}` },
      body,
    });
    await answer.body.dump();
    if (answer.statusCode !== 202) throw new Error(`A webhook was answered ${answer.statusCode}.`);
    times.push(performance.now() - began);
    slowest = Math.max(slowest, times.at(-1) ?? 0);
  };
  const began = performance.now();
  // As fast as vendors deliver: what they can't send yet waits with them, not with us.
  const RATE = 1_000;
  let isOver = false;
  const flooding = (async () => {
    const under: Promise<void>[] = [];
    for (let n = 0; n < FLOOD; n += 1) {
      const due = began + (n / RATE) * 1_000;
      const wait = due - performance.now();
      if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
      under.push(send(n));
    }
    await Promise.all(under);
    isOver = true;
  })();
  const during: number[] = [];
  while (!isOver) {
    const at = performance.now();
    await ask(pool, PAGE);
    during.push(performance.now() - at);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await flooding;
  const seconds = (performance.now() - began) / 1_000;
  const middle = during.sort((a, b) => a - b)[Math.floor(during.length / 2)] ?? 0;
  const sorted = times.sort((a, b) => a - b);
  console.log(
    "\n| webhooks | s | answered in ms, median | 99th | page, quiet | page amid them | ratio |\n|---|---|---|---|---|---|---|",
  );
  console.log(
    `| ${FLOOD} | ${seconds.toFixed(1)} | ${(sorted[FLOOD / 2] ?? 0).toFixed(1)} | ${(sorted[FLOOD * 0.99] ?? 0).toFixed(1)} | ${quiet.toFixed(1)} | ${middle.toFixed(1)} | ${(middle / quiet).toFixed(2)} |`,
  );
  await hooks.destroy();
}

const place = await newPlace("postgres");
const url = typeof place.where === "object" && "url" in place.where ? place.where.url : "";
if (!process.env["TEST_DATABASE_URL"]) {
  console.log("The synced store is measured on PostgreSQL. Set TEST_DATABASE_URL.");
  process.exit(0);
}
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}\n`);
const jira = await startStubJira(COPIED);
const stackone = await startStackOneSandbox({ tickets: COPIED });
const connection = {
  vendor: "jira",
  baseUrl: jira.url,
  credentials: { email: jira.email, apiToken: jira.apiToken },
  webhook: { secret: SECRET },
};
const setup = await setUp(
  [
    { ...connection, id: "vendor" },
    { ...connection, id: "jira" },
    {
      id: "stackone",
      vendor: "stackone",
      baseUrl: stackone.url,
      accountId: stackone.accountId,
      credentials: { apiKey: stackone.apiKey },
    },
  ],
  url,
);
const gateway = await startGateway(setup, AS_BUILT);
const pool = new Pool(new URL(gateway.url).origin, { connections: 4 });
const client = new Client({ connectionString: url });
await client.connect();
try {
  if (process.env["BENCH_PART"] !== "copy") {
    await generate(client);
    await pages(pool, client);
  }
  console.log("\n| copied from | tickets | s | tickets/s | resident MB before | at most |\n|---|---|---|---|---|---|");
  await copy(pool, gateway, "jira");
  await copy(pool, gateway, "stackone");
  await copy(pool, gateway, "jira");
  await flood(pool, new URL(gateway.url).origin, jira.ids);
} finally {
  await client.end();
  await pool.destroy();
  await gateway.kill();
  jira.close();
  await stackone.close();
  await tearDown(setup);
  await place.drop();
}
process.exit(0);
