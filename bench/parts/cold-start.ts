import { ENGINES } from "../../test/support/databases.js";
import { jiraConnection, makeHome, startGateway, type Engine } from "../gateway.js";
import type { Goal } from "../goal.js";
import { openAsker } from "../load.js";
import { median } from "../numbers.js";
import { startVendor } from "../process.js";
import { oneTicket } from "../query.js";
import { table } from "../table.js";

const STARTS = 5;

/** From nothing to the first answered query, on a store that was there before. */
export async function coldStart(): Promise<readonly Goal[]> {
  const rows: [engine: Engine, seconds: number[]][] = [];
  for (const engine of ENGINES) rows.push([engine, await starts(engine)]);
  console.log(`From the start of the process to the first ticket, on a store that was there before; ${STARTS} times.`);
  console.log(
    table(
      ["store", "median s", "least", "most"],
      rows.map(([engine, seconds]) => [engine, median(seconds), Math.min(...seconds), Math.max(...seconds)]),
    ),
  );
  return rows.map(([engine, seconds]) => ({
    what: `cold start to the first answered query, ${engine}`,
    measured: median(seconds),
    unit: "s",
    atMost: 2,
    against: "an existing store",
  }));
}

async function starts(engine: Engine): Promise<number[]> {
  const vendor = await startVendor();
  const home = await makeHome([jiraConnection(vendor.address)], engine);
  const seconds: number[] = [];
  // The first makes the store.
  for (let n = 0; n <= STARTS; n += 1) {
    const began = performance.now();
    const gateway = await startGateway(home);
    const asker = openAsker(gateway.url, 1);
    await asker.ask(oneTicket);
    if (n > 0) seconds.push((performance.now() - began) / 1_000);
    await asker.close();
    await gateway.end();
  }
  await home.clear();
  await vendor.stop();
  return seconds;
}
