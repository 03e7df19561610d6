import { writeFile } from "node:fs/promises";
import { goalsTable, isReached, type Goal, type Part } from "./goal.js";
import { machine } from "./machine.js";
import { calls } from "./parts/calls.js";
import { coldStart } from "./parts/cold-start.js";
import { copy } from "./parts/copy.js";
import { creates } from "./parts/creates.js";
import { door } from "./parts/door.js";
import { files } from "./parts/files.js";
import { job } from "./parts/job.js";
import { latency } from "./parts/latency.js";
import { oneTicketQuery } from "./parts/one-ticket.js";
import { pages } from "./parts/pages.js";
import { replicas } from "./parts/replicas.js";
import { queries } from "./parts/queries.js";
import { subscribers } from "./parts/subscribers.js";
import { webhooks } from "./parts/webhooks.js";

/** Each part of the benchmarks by the word that starts it alone. */
const PARTS: Readonly<Record<string, Part>> = {
  queries,
  "one-ticket": oneTicketQuery,
  door,
  calls,
  latency,
  "cold-start": coldStart,
  replicas,
  creates,
  job,
  pages,
  copy,
  webhooks,
  files,
  subscribers,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(", ")}. Name some of ${Object.keys(PARTS).join(", ")}, or none for all.`,
  );
  process.exit(2);
}

const where = machine();
const goals: Goal[] = [];
const failed: string[] = [];
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  try {
    goals.push(...(await part()));
  } catch (error) {
    failed.push(name);
    console.error(error);
  }
}
console.log(`\n## Goals\n\n${where}\n`);
if (goals.length > 0) console.log(goalsTable(goals));
const file = process.env["BENCH_JSON"];
if (file) {
  const told = goals.map((goal) => ({ ...goal, reached: isReached(goal) ?? null }));
  await writeFile(file, `${JSON.stringify({ machine: where, goals: told }, null, 2)}\n`);
}
if (failed.length > 0) console.error(`\nNot measured, for the reasons above: ${failed.join(", ")}.`);
process.exit(failed.length > 0 ? 1 : 0);
