import {
  ApolloServer,
  type ApolloServerOptions,
  type ApolloServerPlugin,
  type GraphQLRequestListener,
} from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import { gatewayOf, type Executor } from "./executor.js";
import { ERRORS_TOLD, QUERY_LIMITS } from "./limits/query-limits.js";
import { withoutSuggestion } from "./limits/suggestions.js";
import { notedOf } from "./limits/told-cost.js";
import type { Logger } from "./logger.js";
import { endOf } from "./outcome.js";
import { refusedStatus } from "./status-by-accept.js";

/** What Apollo Server is made of. */
interface ApolloParts {
  readonly schema: GraphQLSchema;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly log: Logger;
  readonly executor?: Executor;
  /** Default 2,000. */
  readonly maxTokens?: number;
}

/** Makes the Apollo Server, not yet started: JSON over HTTP alone, nothing reported to anybody, no stack in any answer. */
export function makeApollo({
  schema,
  formatError,
  log,
  executor,
  maxTokens = QUERY_LIMITS.queryTokens,
}: ApolloParts): ApolloServer<object> {
  const options: Omit<ApolloServerOptions<object>, "schema" | "gateway" | "typeDefs" | "resolvers"> = {
    plugins: [
      // The default plugin wraps every field, which costs a fifth of the processor time.
      ApolloServerPluginCacheControlDisabled(),
      // A subgraph would have it: each field's time, for whoever sends a header.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      afterwards,
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
    parseOptions: { maxTokens },
    // The last of the errors is graphql-js's own: that there are more.
    validationOptions: { maxErrors: ERRORS_TOLD - 1 },
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

/** What is done to every answer: its status, how much a refused document is told, and what it cost. */
const afterwards: ApolloServerPlugin<object> = {
  requestDidStart: async () => ANSWER_LISTENER,
};
const ANSWER_LISTENER: GraphQLRequestListener<object> = {
  async willSendResponse({ request, response, contextValue, operation, operationName }) {
    const { body, http } = response;
    if (http.status === 400 && request.http) http.status = refusedStatus(request.http.headers.get("accept") ?? "");
    if (body.kind !== "single") return;
    const noted = notedOf(contextValue);
    const { singleResult: result } = body;
    const asked = operation && { name: operationName ?? undefined, type: operation.operation };
    noted?.ended?.(endOf(result, asked));
    if (noted?.cost) result.extensions = { ...result.extensions, cost: noted.cost };
    if (!result.errors || result.data !== undefined) return;
    const told = result.errors.slice(0, ERRORS_TOLD);
    result.errors = noted?.mayIntrospect === false ? told.map(withoutSuggestion) : told;
  },
};
