import { seededRandom } from "../../src/sandbox/random.js";
import { startJiraSandbox } from "../../src/sandbox/jira/server.js";
import { ENGINES, newPlace } from "../support/databases.js";
import { setUp, tearDown } from "./gateway.js";
import { killWhileWorking } from "./kill.js";

/**
 * `npm run chaos`: jobs whose gateway is killed at random moments, on a Jira that loses the answer to 2 % of its creates after
 * having done them. CHAOS_SEEDS (20), CHAOS_TICKETS (10,000) and CHAOS_KILLS (5) change how much of it.
 */
const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const seeds = number("CHAOS_SEEDS", 20);
const tickets = number("CHAOS_TICKETS", 10_000);
const kills = number("CHAOS_KILLS", 5);
const engine = ENGINES.at(-1) ?? "pglite";

let bad = 0;
console.log(`${seeds} runs of ${tickets} tickets on ${engine}, ${kills} kills each, 2 % of the answers lost`);
console.log("| seed | kills | made | lost | duplicates | sent again | seconds |\n|---|---|---|---|---|---|---|");
for (let seed = 1; seed <= seeds; seed += 1) {
  const jira = await startJiraSandbox({ empty: true, delayMs: 100, randomSeed: seed });
  jira.faults.add({ kind: "commit-reset", operation: "createIssues", probability: 0.02 });
  const place = await newPlace(engine);
  const { email, apiToken, url } = jira;
  const connection = { vendor: "jira", baseUrl: url, credentials: { email, apiToken } };
  const setup = await setUp(connection, place.url);
  const input = (n: number): object => ({ project: { vendorId: "PLAT" }, type: { name: "Task" }, name: `Chaos ${n}` });
  const random = seededRandom(seed);
  const began = performance.now();
  try {
    const plan = { tickets, between: [300, 2_500], kills, random, withinMs: 600_000 } as const;
    const report = await killWhileWorking(setup, input, plan);
    const names = [...jira.state.all()].map(({ summary }) => summary);
    const made = new Set(names).size;
    const sent = jira.calls
      .filter(({ path }) => /\/issue(\/bulk)?$/.test(path))
      .reduce((sum, { body }) => sum + ((body as { issueUpdates?: unknown[] }).issueUpdates?.length ?? 1), 0);
    const [lost, doubled] = [tickets - made, names.length - made];
    if (lost > 0 || doubled > 0 || report.succeeded !== tickets) bad += 1;
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    console.log(`| ${seed} | ${report.kills} | ${made} | ${lost} | ${doubled} | ${sent - tickets} | ${seconds} |`);
  } finally {
    await jira.close();
    await tearDown(setup);
    await place.drop();
  }
}
console.log(bad === 0 ? "0 lost, 0 duplicates" : `${bad} runs went wrong`);
process.exit(bad === 0 ? 0 : 1);
