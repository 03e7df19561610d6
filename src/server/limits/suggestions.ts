import type { GraphQLFormattedError } from "graphql";

/** An error as it is told to those who are not shown the schema: without the names that were probably meant. */
export function withoutSuggestion<E extends Pick<GraphQLFormattedError, "message">>(error: E): E {
  return { ...error, message: error.message.replace(/ Did you mean [^?]*\?$/s, "") };
}
