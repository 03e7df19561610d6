import type { GraphQLError, GraphQLFormattedError } from "graphql";
import type { ServerOptions } from "./server-options.js";

/** An error as it is told to whoever asked: as Apollo Server does it, for operations that don't go through it. */
export function formatted(error: GraphQLError, formatError: ServerOptions["formatError"]): GraphQLFormattedError {
  const plain = error.toJSON();
  return formatError({ ...plain, extensions: { code: "INTERNAL_SERVER_ERROR", ...plain.extensions } }, error);
}
