import {
  ApolloServer,
  type ApolloServerOptions,
  type ApolloServerPlugin,
  type GraphQLRequestListener,
} from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import { gatewayOf, type Executor } from "./executor.js";
import type { Logger } from "./logger.js";

/** What Apollo Server is made of. */
export interface ApolloParts {
  readonly schema: GraphQLSchema;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly log: Logger;
  readonly executor?: Executor;
}

/** Makes the Apollo Server, not yet started: JSON over HTTP alone, nothing reported to anybody, no stack in any answer. */
export function makeApollo({ schema, formatError, log, executor }: ApolloParts): ApolloServer<object> {
  const options: Omit<ApolloServerOptions<object>, "schema" | "gateway" | "typeDefs" | "resolvers"> = {
    plugins: [
      // The default plugin wraps every field, which costs a fifth of the processor time.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      statusByAccept,
      noSubscriptions,
    ],
    // A page of another origin can't set any of these without a preflight, which it won't pass.
    csrfPrevention: {
      requestHeaders: ["x-api-key", "authorization", "apollo-require-preflight", "x-apollo-operation-name"],
    },
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: false,
    logger: log,
    formatError,
  };
  if (executor) return new ApolloServer<object>({ ...options, gateway: gatewayOf(schema, executor) });
  return new ApolloServer<object>({ ...options, schema });
}

/** A request has one answer: Apollo Server itself would run a subscription as if it were a query. */
const noSubscriptions: ApolloServerPlugin<object> = {
  requestDidStart: async () => SUBSCRIPTION_LISTENER,
};
const SUBSCRIPTION_LISTENER: GraphQLRequestListener<object> = {
  async didResolveOperation({ operation }) {
    if (operation?.operation !== "subscription") return;
    const message = "Subscriptions come over a WebSocket (graphql-transport-ws), at the same address.";
    throw new GraphQLError(message, { extensions: { code: "BAD_REQUEST", http: { status: 400 } } });
  },
};

/**
 * A client that asks for `application/json` by name gets 200 for a document that can't be run, every other client 400:
 * https://graphql.github.io/graphql-over-http/draft/#sec-application-json
 */
const statusByAccept: ApolloServerPlugin<object> = {
  requestDidStart: async () => STATUS_LISTENER,
};
const STATUS_LISTENER = {
  async willSendResponse({ request, response }: StatusOf) {
    if (response.http.status !== 400 || !request.http) return;
    const accept = request.http.headers.get("accept") ?? "";
    if (/application\/json/i.test(accept) && !/application\/graphql-response\+json/i.test(accept))
      response.http.status = 200;
  },
};
interface StatusOf {
  readonly request: { readonly http?: { readonly headers: ReadonlyMap<string, string> } };
  readonly response: { readonly http: { status?: number } };
}
