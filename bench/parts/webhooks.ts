import { createHmac } from "node:crypto";
import { Pool } from "undici";
import { jiraConnection, STORE, withGateway } from "../gateway.js";
import { nothingWithoutPostgres, type Goal } from "../goal.js";
import { median, quantile, setting } from "../numbers.js";
import { PAGE } from "../query.js";
import { startStubJira } from "../stub-jira.js";
import { table } from "../table.js";

const HOOKS = setting("BENCH_WEBHOOKS", 10_000);
/** As fast as vendors deliver: what they can't send yet waits with them. */
const PER_SECOND = 1_000;
const TICKETS = 1_000;
const SECRET = "bench_secret_0123456789";

/** A flood of webhooks about 500 tickets, and how long people wait for a page meanwhile. It has no goal of its own. */
export async function webhooks(): Promise<readonly Goal[]> {
  if (STORE !== "postgres") return nothingWithoutPostgres([]);
  const jira = await startStubJira(TICKETS);
  const connection = { ...jiraConnection(jira), webhook: { secret: SECRET } };
  await withGateway([connection], async (gateway) => {
    await gateway.ask(`mutation { syncConnection(id: "jira", full: true) { id } }`);
    const page = async (): Promise<number> => {
      const began = performance.now();
      await gateway.ask(PAGE);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return performance.now() - began - 20;
    };
    const quiet: number[] = [];
    for (let n = 0; n < 80; n += 1) quiet.push(await page());
    const hooks = new Pool(new URL(gateway.url).origin, { connections: 50 });
    let isOver = false;
    const flooding = flood(hooks, jira.ids).finally(() => (isOver = true));
    const amid: number[] = [];
    while (!isOver) amid.push(await page());
    const times = await flooding;
    await hooks.destroy();
    const [before, during] = [median(quiet.slice(40)), median(amid)];
    console.log(
      table(
        ["webhooks", "answered in ms, median", "99th", "page, quiet", "page amid them", "ratio"],
        [[HOOKS, median(times), quantile(times, 0.99), before, during, during / before]],
      ),
    );
  });
  jira.close();
  return [];
}

/** Sends them at their rate; gives how long each took to be answered. */
async function flood(pool: Pool, ids: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  const send = async (n: number): Promise<void> => {
    const issue = { id: ids[n % 500] };
    const body = JSON.stringify({ timestamp: Date.now(), webhookEvent: "jira:issue_updated", issue });
    const signature = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
    const headers = { "x-hub-signature": signature, "x-atlassian-webhook-identifier": `flood-${n}` };
    const began = performance.now();
    const answer = await pool.request({ method: "POST", path: "/webhooks/jira", headers, body });
    await answer.body.dump();
    if (answer.statusCode !== 202) throw new Error(`A webhook was answered ${answer.statusCode}.`);
    times.push(performance.now() - began);
  };
  const began = performance.now();
  const under: Promise<void>[] = [];
  for (let n = 0; n < HOOKS; n += 1) {
    const wait = began + (n / PER_SECOND) * 1_000 - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(send(n));
  }
  await Promise.all(under);
  return times;
}
