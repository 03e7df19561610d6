import { writeFile } from "node:fs/promises";
import { goalsTable, isReached, type Goal, type Part } from "./goal.js";
import { machine } from "./machine.js";
import { door } from "./parts/door.js";
import { oneTicketQuery } from "./parts/one-ticket.js";
import { queries } from "./parts/queries.js";

/** Each part of the benchmarks by the word that starts it alone. */
const PARTS: Readonly<Record<string, Part>> = { queries, "one-ticket": oneTicketQuery, door };

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
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  goals.push(...(await part()));
}
console.log(`\n## Goals\n\n${where}\n\n${goalsTable(goals)}`);
const file = process.env["BENCH_JSON"];
if (file) {
  const told = goals.map((goal) => ({ ...goal, reached: isReached(goal) ?? null }));
  await writeFile(file, `${JSON.stringify({ machine: where, goals: told }, null, 2)}\n`);
}
process.exit(0);
