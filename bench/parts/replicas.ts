import { availableParallelism, loadavg } from "node:os";
import { startRoundRobin } from "../../test/support/round-robin.js";
import { jiraConnection, makeHome, startGateway, STORE } from "../gateway.js";
import { nothingWithoutPostgres, type Goal } from "../goal.js";
import { CONNECTIONS, openAsker, type Asker } from "../load.js";
import { median, setting } from "../numbers.js";
import { startVendor, type Running } from "../process.js";
import { oneTicket } from "../query.js";
import { table } from "../table.js";

const ROUNDS = setting("BENCH_ROUNDS", 5);
const ROUND_MS = setting("BENCH_ROUND_MS", 3_000);
/** Two gateways, PostgreSQL, the vendor, and the client with the load balancer. */
const CORES_WANTED = 5;
const GOAL = { what: "two replicas ÷ one, requests/s", atLeast: 1.7 };

interface Way {
  readonly name: string;
  /** Whose processor time counts. */
  readonly gateways: readonly Running[];
  readonly askers: readonly Asker[];
  readonly perSecond: number[];
  readonly cpuMicros: number[];
}

/** What a second replica adds: one and two of them over one PostgreSQL, asked past and through a load balancer. */
export async function replicas(): Promise<readonly Goal[]> {
  if (STORE !== "postgres") return nothingWithoutPostgres([GOAL]);
  const spare = availableParallelism() - (loadavg()[0] ?? 0);
  const vendor = await startVendor();
  const home = await makeHome([jiraConnection(vendor.address)]);
  const second = await startGateway({ ...home, clear: async () => {} });
  const first = await startGateway(home);
  const urls = [first, second].map(({ url }) => url);
  const proxies = await Promise.all([urls.slice(0, 1), urls].map((some) => startRoundRobin(some.map(originOf))));
  const ways = [
    way("one replica", [first], urls.slice(0, 1)),
    way("two replicas", [first, second], urls),
    ...proxies.map(({ url }, n) =>
      way(`${n === 0 ? "one" : "two"}, through the load balancer`, n === 0 ? [first] : [first, second], [
        `${url}/graphql`,
      ]),
    ),
  ];
  try {
    for (const each of ways) await load(each, ROUND_MS / 2);
    for (let round = 0; round < ROUNDS; round += 1) for (const each of ways) await measure(each);
  } finally {
    for (const { askers } of ways) await Promise.all(askers.map((asker) => asker.close()));
    for (const { close } of proxies) await close();
    for (const gateway of [second, first]) await gateway.stop();
    await vendor.stop();
  }
  const rows = ways.map(({ name, perSecond, cpuMicros }, n) => {
    const alone = ways[n - (n % 2)] as Way;
    const [rate, micros] = [median(perSecond), median(cpuMicros)];
    return [name, rate, rate / median(alone.perSecond), micros, micros / median(alone.cpuMicros)];
  });
  console.log(table(["", "requests/s", "÷ one", "CPU µs a request", "÷ one"], rows));
  const hasSpare = spare >= CORES_WANTED;
  if (!hasSpare)
    console.log(
      `There were no cores to spare: ${CORES_WANTED} are wanted, for two replicas, the database, the vendor and the client. So requests a second tell of this machine; where CPU a request is the same, a replica does nothing more because of another.`,
    );
  const against = `one replica on ${STORE}${hasSpare ? "" : `; ${CORES_WANTED} cores are wanted, ${availableParallelism()} are there`}`;
  return [{ ...GOAL, measured: Number(rows[1]?.[2]), against }];
}

function way(name: string, gateways: readonly Running[], urls: readonly string[]): Way {
  const askers = urls.map((url) => openAsker(url, CONNECTIONS / urls.length));
  return { name, gateways, askers, perSecond: [], cpuMicros: [] };
}

const originOf = (url: string): string => new URL(url).origin;

/** Gives the number of answers, of all askers together. */
async function load({ askers }: Way, ms: number): Promise<number> {
  const all = await Promise.all(askers.map((asker) => asker.asFastAsCan(oneTicket, ms)));
  return all.reduce((sum, { answers }) => sum + answers, 0);
}

async function cpuOf({ gateways }: Way): Promise<number> {
  const all = await Promise.all(gateways.map((gateway) => gateway.usage()));
  return all.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0);
}

async function measure(one: Way): Promise<void> {
  const before = await cpuOf(one);
  const answers = await load(one, ROUND_MS);
  one.perSecond.push((answers * 1_000) / ROUND_MS);
  one.cpuMicros.push(((await cpuOf(one)) - before) / answers);
}
