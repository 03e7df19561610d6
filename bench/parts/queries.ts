import { alternate, comparison, CONDITIONS, type Measured } from "../alternate.js";
import {
  fiftyTicketsOf,
  graphqlYoga,
  handWritten,
  hiveGateway,
  hiveGatewayJoined,
  mercurius,
  stockApollo,
  ticketgraph,
} from "../contestants.js";
import { STORE } from "../gateway.js";
import type { Goal } from "../goal.js";
import { installPeers } from "../peers/install.js";

/** The query of fifty tickets, by each candidate. */
export async function queries(): Promise<readonly Goal[]> {
  const missing = await installPeers();
  const peers = [graphqlYoga, mercurius, hiveGateway, hiveGatewayJoined];
  const all = [handWritten, ticketgraph, stockApollo, ...(missing === undefined ? peers : [])];
  console.log(`50 tickets with type, assignees and project; ${CONDITIONS}.`);
  console.log(
    "All make one and the same call to the vendor, since in Jira the neighbours come along with a search; but for the last, which asks for people and projects on its own, batched. hive-gateway is asked in the vendor's words; its answers are held against the others' after a translation.",
  );
  const measured = await alternate(all, fiftyTicketsOf);
  const rest = missing === undefined ? [] : peers.map(({ name }) => [name, `not installable: ${missing}`]);
  console.log(comparison(measured, rest));
  const of = (name: string): Measured | undefined => measured.find((one) => one.name === name);
  const ours = of(ticketgraph.name);
  const ratio = (what: "perSecond" | "cpuMicros", peer: string): number | string => {
    const theirs = of(peer);
    return ours && theirs ? ours[what] / theirs[what] : `not installable: ${missing}`;
  };
  const versionOf = async (peer: typeof mercurius): Promise<string> =>
    missing !== undefined && peers.includes(peer) ? peer.name : peer.version();
  return [
    {
      what: "50-ticket query, requests/s ÷ hand-written handler",
      measured: ratio("perSecond", handWritten.name),
      atLeast: 0.5,
      against: `a handler on ${await versionOf(handWritten)}`,
    },
    {
      what: "50-ticket query, requests/s ÷ Hive Gateway, one call",
      measured: ratio("perSecond", hiveGateway.name),
      atLeast: 5,
      against: await versionOf(hiveGateway),
    },
    {
      what: "50-ticket query, requests/s ÷ Hive Gateway, three calls",
      measured: ratio("perSecond", hiveGatewayJoined.name),
      atLeast: 5,
      against: await versionOf(hiveGatewayJoined),
    },
    {
      what: "50-ticket query, CPU ÷ mercurius with jit",
      measured: ratio("cpuMicros", mercurius.name),
      atMost: 1,
      against: await versionOf(mercurius),
    },
    {
      what: "resident memory under 50-ticket queries",
      measured: ours?.mostMb ?? NaN,
      unit: "MB",
      atMost: 250,
      against: `the gateway on ${STORE}`,
    },
  ];
}
