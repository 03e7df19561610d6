import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { ENGINES } from "../../test/support/databases.js";
import { stockApollo } from "../contestants.js";
import { jiraConnection, STORE, withGateway } from "../gateway.js";
import type { Goal } from "../goal.js";
import { openAsker, type Asker } from "../load.js";
import { median } from "../numbers.js";
import { startCandidate } from "../process.js";
import { table } from "../table.js";
import { newTicket, writesTo } from "../writes.js";

const CREATES = 1_000;
const ROUNDS = 3;
const DELAY_MS = 20;
/** What the gateway sends to a vendor at once that tells no rate. */
const AT_ONCE = 10;

interface Measured {
  readonly vendorCalls: number;
  readonly writes: number;
  readonly perSecond: number;
}

/** Many single creates at once, each a request of its own, with the ledger on; against one call for each through as many slots. */
export async function creates(): Promise<readonly Goal[]> {
  const jira = await startJiraSandbox({ empty: true, delayMs: DELAY_MS });
  const rows: [name: string, measured: Measured][] = [];
  for (const engine of ENGINES)
    await withGateway(
      [jiraConnection(jira)],
      async (gateway) => void rows.push([`ticketgraph, ${engine}`, await burst(gateway, jira)]),
      { engine, sockets: CREATES },
    );
  const ours = rows.at(-1)?.[1];
  const { url, email, apiToken } = jira;
  const stock = await startCandidate("candidates/stock-apollo.ts", { url, email, apiToken, connections: AT_ONCE });
  const asker = openAsker(stock.url, CREATES);
  const oneByOne = await burst(asker, jira);
  rows.push(["stock-apollo, one call each", oneByOne]);
  await asker.close();
  await stock.stop();
  await jira.close();
  console.log(
    `${CREATES} createTicket at once, each a request of its own; the vendor answers after ${DELAY_MS} ms, at most ${AT_ONCE} calls at once; medians of ${ROUNDS}.`,
  );
  console.log(
    table(
      ["candidate", "vendor calls", "of them creates", "tickets/s", "÷ one call each"],
      rows.map(([name, { vendorCalls, writes, perSecond }]) => [
        name,
        vendorCalls,
        writes,
        perSecond,
        perSecond / oneByOne.perSecond,
      ]),
    ),
  );
  const version = await stockApollo.version();
  return [
    {
      what: `vendor calls of ${CREATES} createTicket at once`,
      measured: ours?.vendorCalls ?? NaN,
      atMost: 40,
      against: `the gateway on ${STORE}; one call each makes ${oneByOne.vendorCalls}`,
    },
    {
      what: "createTicket at once, tickets/s ÷ one call each",
      measured: (ours?.perSecond ?? NaN) / oneByOne.perSecond,
      atLeast: 10,
      against: `${version}, ${AT_ONCE} calls at once`,
    },
  ];
}

/** Throws where two requests were given one ticket. */
async function burst(asker: Asker, jira: JiraSandbox): Promise<Measured> {
  const create = async (name: string): Promise<string | undefined> => {
    const { createTicket } = await asker.ask<{ createTicket: { ticket: { key: string } | null } }>(
      "mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { key } } }",
      { input: newTicket(name) },
    );
    return createTicket.ticket?.key;
  };
  await Promise.all(Array.from({ length: 50 }, (_, n) => create(`Warm ${n}`)));
  const all: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = jira.calls.length;
    const began = performance.now();
    const keys = await Promise.all(Array.from({ length: CREATES }, (_, n) => create(`Bench ${round} ${n}`)));
    const seconds = (performance.now() - began) / 1_000;
    if (new Set(keys).size !== CREATES || keys.includes(undefined))
      throw new Error(`${CREATES} creates gave ${new Set(keys).size} tickets.`);
    const calls = jira.calls.slice(before);
    all.push({ vendorCalls: calls.length, writes: writesTo(calls).length, perSecond: CREATES / seconds });
  }
  return {
    vendorCalls: Math.max(...all.map(({ vendorCalls }) => vendorCalls)),
    writes: Math.max(...all.map(({ writes }) => writes)),
    perSecond: median(all.map(({ perSecond }) => perSecond)),
  };
}
