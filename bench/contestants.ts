import type { VendorAddress } from "./candidates/candidate.js";
import { jiraConnection, makeHome, startGateway, STORE } from "./gateway.js";
import { versions } from "./machine.js";
import { hiveFiftyTickets, hiveJoinedFiftyTickets, inOurWords } from "./peers/hive-query.js";
import { startCandidate, type Running } from "./process.js";
import { fiftyTickets } from "./query.js";

/** Who takes part: how it is started, and what it is asked. */
export interface Contestant {
  readonly name: string;
  /** With what it is built. */
  version(): Promise<string>;
  start(vendor: VendorAddress): Promise<Running>;
  /** Its own words for the query of fifty tickets, and its answer in the others' words. */
  readonly ownFiftyTickets?: string;
  inOurWords?(data: unknown): unknown;
}

const own = (name: string, packages: readonly string[]): Contestant => ({
  name,
  version: () => versions(packages),
  start: (vendor) => startCandidate(`candidates/${name}.ts`, vendor),
});
const installed = (name: string, packages: readonly string[]): Contestant => ({
  name,
  version: () => versions(packages, "peers/"),
  start: (vendor) => startCandidate(`peers/${name}.ts`, vendor),
});

export const handWritten = own("hand-written", ["undici"]);
export const stockApollo = own("stock-apollo", ["@apollo/server", "type-graphql"]);

/** The gateway with nobody at its door. */
export const unguarded: Contestant = {
  ...own("unguarded", ["@apollo/server"]),
  async start(vendor) {
    const { databaseUrl, clear } = await makeHome([]);
    return startCandidate("candidates/unguarded.ts", { ...vendor, ...(databaseUrl && { databaseUrl }) }, clear);
  },
};

/** The gateway as it is built and run. */
export const ticketgraph: Contestant = {
  name: "ticketgraph",
  version: async () => `on ${STORE}`,
  start: async (vendor) => startGateway(await makeHome([jiraConnection(vendor)])),
};

/** What has to be installed first. */
export const graphqlYoga = installed("graphql-yoga", ["graphql-yoga", "@envelop/graphql-jit"]);
export const mercurius = installed("mercurius", ["mercurius", "fastify"]);
export const hiveGateway: Contestant = {
  ...installed("hive-gateway", ["@graphql-hive/gateway", "@omnigraph/openapi"]),
  ownFiftyTickets: hiveFiftyTickets,
  inOurWords,
};

/** The same, joining people and projects by calls of their own. */
export const hiveGatewayJoined: Contestant = {
  ...hiveGateway,
  name: "hive-gateway, 3 calls",
  ownFiftyTickets: hiveJoinedFiftyTickets,
};

/** What one is asked for the fifty tickets. */
export const fiftyTicketsOf = ({ ownFiftyTickets }: Contestant): string => ownFiftyTickets ?? fiftyTickets;
