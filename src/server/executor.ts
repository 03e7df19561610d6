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
      executor: ({ document, queryHash, request, context }) =>
        execute({
          document,
          // As it was asked for. Apollo's own is null where no operation has the name, and the only one there is would run,
          // unseen by what is looked at before: the plan of its calls, and whether it came by GET.
          operationName: request.operationName ?? null,
          queryHash,
          variables: request.variables ?? {},
          context,
          schema,
        }),
    }),
    stop: async () => {},
  };
}
