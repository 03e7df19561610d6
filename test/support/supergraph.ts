import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from "@apollo/gateway";
import { composeServices } from "@apollo/composition";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginUsageReportingDisabled } from "@apollo/server/plugin/disabled";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLSchema, parse } from "graphql";
import { readFileSync } from "node:fs";
import { KEY, type Answer } from "./app.js";

/** What another team keeps beside the tickets: the example of docs/federation.md. */
const [, INCIDENTS = ""] =
  /```gql\n(extend schema .*?)```/s.exec(readFileSync(new URL("../../docs/federation.md", import.meta.url), "utf8")) ??
  [];

/** The gateway and another subgraph, composed, behind a router that passes the caller's key on. */
export interface Supergraph {
  /** What composition had to say, beside the supergraph. */
  readonly hints: readonly string[];
  /** Any query, asked of the supergraph with this key. */
  query(document: string, key?: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** Composes `sdl` as it is served at `url` with a subgraph whose incidents refer to these tickets. Throws what composition refuses. */
export async function startSupergraph(url: string, sdl: string, ticketIds: readonly string[]): Promise<Supergraph> {
  const composed = composeServices([
    { name: "tickets", url, typeDefs: parse(sdl) },
    { name: "incidents", url: "http://incidents.invalid", typeDefs: parse(INCIDENTS) },
  ]);
  if (composed.errors) throw new AggregateError(composed.errors, composed.errors.map(String).join("\n"));
  const incidents = incidentsOf(ticketIds);
  const server = new ApolloServer<{ key: string }>({
    gateway: new ApolloGateway({
      supergraphSdl: composed.supergraphSdl,
      buildService: ({ name }) => (name === "incidents" ? new LocalGraphQLDataSource(incidents) : new WithKey({ url })),
    }),
    plugins: [ApolloServerPluginUsageReportingDisabled()],
    stopOnTerminationSignals: false,
  });
  await server.start();
  return {
    hints: composed.hints.map(String),
    async query(query, key = KEY) {
      const { body } = await server.executeOperation({ query }, { contextValue: { key } });
      if (body.kind !== "single") throw new Error("It came in parts.");
      // As it goes over the wire.
      return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
    },
    stop: () => server.stop(),
  };
}

class WithKey extends RemoteGraphQLDataSource<{ key: string }> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource["willSendRequest"]>>[0]) {
    request.http?.headers.set("x-api-key", (context as { key: string }).key);
  }
}

function incidentsOf(ticketIds: readonly string[]): GraphQLSchema {
  const nodes = ticketIds.map((id, n) => ({ id: `incident-${n}`, ticket: { id }, opened: "2026-03-01T09:30:00.000Z" }));
  const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
  return buildSubgraphSchema([
    {
      typeDefs: parse(INCIDENTS),
      resolvers: {
        Query: {
          incidents: () => ({ nodes, pageInfo }),
          node: (_: unknown, { id }: { id: string }) => nodes.find((one) => one.id === id) ?? null,
        },
        Node: { __resolveType: () => "Incident" },
        Ticket: { slaBreaches: ({ id }: { id: string }) => ticketIds.indexOf(id) + 1 },
      },
    },
  ]);
}
