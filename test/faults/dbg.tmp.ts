import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { startJiraSandbox } from "../../src/sandbox/jira/server.js";
import { ask, setUp, startGateway } from "./gateway.js";
import { startServer } from "./postgres.js";
const server = await startServer();
for (let round = 0; round < 12; round++) {
const jira = await startJiraSandbox({ issues: 5, delayMs: 40 });
const setup = await setUp({ vendor: "jira", baseUrl: jira.url, credentials: { email: jira.email, apiToken: jira.apiToken } }, server.url);
const one = await startGateway(setup), two = await startGateway(setup);
const tickets = Array.from({ length: 400 }, (_, n) => ({ project: { vendorId: "PLAT" }, type: { name: "Task" }, name: `f${round} ${n}` }));
const t0 = Date.now();
const s: any = await ask(one.url, `mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { id } errors { message } } }`, { input: { tickets } });
const id = s.startBulkCreateTickets.job.id;
const made = () => [...jira.state.all()].filter((i) => i.summary.startsWith(`f${round}`));
while (made().length <= 20) await wait(25);
two.process.kill("SIGSTOP"); const stop = Date.now() - t0;
await wait(6000); two.process.kill("SIGCONT"); const cont = Date.now() - t0;
for (let i = 0; i < 80; i++) { const j: any = (await ask(one.url, `query ($id: ID!) { bulkJob(id: $id) { state finishedAt } }`, { id }) as any)?.bulkJob; if (j?.finishedAt) break; await wait(500); }
await wait(500);
const names = new Map<string, any[]>(); for (const i of made()) names.set(i.summary, [...(names.get(i.summary) ?? []), i]);
const dups = [...names].filter(([, v]) => v.length > 1);
console.log("round", round, "stop", stop, "cont", cont, "made", made().length, "dups", dups.length, "done", Date.now() - t0);
if (dups.length) {
  const [name, is] = dups[0]!; console.log(name, is.map((i) => [i.key, i.created - t0]));
  const n = Number(name.split(" ")[1]);
  for (const c of jira.calls.filter((c) => /issue\/bulk$|bulkfetch|search/.test(c.path))) console.log(c.at - t0, c.path, c.status, JSON.stringify(c.body).length, /issue\/bulk$/.test(c.path) ? (c.body as any).issueUpdates[0].fields.summary + " " + (c.body as any).issueUpdates[0].properties?.[0]?.value?.id : JSON.stringify((c.body as any).issueIdsOrKeys?.[0] ?? c.body));
  const db = new Client({ connectionString: server.url }); await db.connect();
  console.log((await db.query("select key, state, attempts, fence, looks, trace, reconciled_by, ref, sent_at, updated_at, marker, errors from deliveries where key like $1 order by id desc limit 3", [`%#${n}`])).rows.map((r) => JSON.stringify(r)).join("\n")); await db.end();
  console.log(one.output(), two.output()); process.exit();
}
await one.kill(); await two.kill(); await jira.close();
}
await server.drop(); process.exit();
