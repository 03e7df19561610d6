import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import type { DocumentNode, ExecutionResult, GraphQLSchema } from "graphql";

/** One operation that has been parsed and validated. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  /** A hash of the query's text: the key for whatever is prepared once per query. */
  readonly queryHash: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What `ServerOptions.context` made for this request. */
  readonly context: object;
  readonly schema: GraphQLSchema;
}

/** Runs operations in place of graphql-js, by compiled queries for instance. */
export type Executor = (
  operation: Operation,
) => Promise<ExecutionResult<Record<string, unknown>, Record<string, unknown>>>;

/**
 * Lets an executor take graphql-js's place. A "gateway" is Apollo Server's only hook for that;
 * parsing, validation, plugins and errors stay Apollo's: https://www.apollographql.com/docs/apollo-server/api/apollo-server#gateway
 */
export function gatewayOf(schema: GraphQLSchema, execute: Executor): ApolloServerOptionsWithGateway<object>["gateway"] {
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => {};
    },
    load: async () => ({
      executor: ({ document, operationName, queryHash, request, context }) =>
        execute({ document, operationName, queryHash, variables: request.variables ?? {}, context, schema }),
    }),
    stop: async () => {},
  };
}
