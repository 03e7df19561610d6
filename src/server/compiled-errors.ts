import { GraphQLError, type DocumentNode, type SourceLocation } from "graphql";

/** Of a field that is asked for twice graphql-jit says "Ticket.(name,name)". */
const NAMED_TWICE = /^(Cannot return null for non-nullable field \w+\.)\((\w+)(?:,\2)+\)\.$/;

/**
 * An error of a compiled query as graphql-js would have made it. graphql-jit's errors look the same but are of a class
 * of their own, which Apollo Server takes for bugs: it would hide what they say and where they belong.
 */
export function asGraphQLError(error: GraphQLError, document: DocumentNode): GraphQLError {
  const { message, path, locations, originalError } = error;
  const source = document.loc?.source;
  return new GraphQLError(message.replace(NAMED_TWICE, "$1$2."), {
    path: path ?? null,
    originalError: originalError ?? null,
    ...(source && { source, positions: (locations ?? []).map((location) => offsetIn(source.body, location)) }),
  });
}

function offsetIn(text: string, { line, column }: SourceLocation): number {
  const lineEnds = /\r\n|[\n\r]/g;
  for (let n = 1; n < line; n += 1) lineEnds.exec(text);
  return lineEnds.lastIndex + column - 1;
}
