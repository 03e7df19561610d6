import { GraphQLDateTime, GraphQLJSON, GraphQLURL } from "graphql-scalars";
import { GraphQLError, GraphQLScalarType } from "graphql";

const described = (scalar: GraphQLScalarType, name: string, description: string): GraphQLScalarType =>
  new GraphQLScalarType({ ...scalar.toConfig(), name, description, specifiedByURL: null, extensions: {} });

export const DateTime = described(
  momentOrDay(GraphQLDateTime),
  "DateTime",
  "A moment as RFC 3339 writes it, in UTC: 2026-03-01T09:30:00.000Z. In input any offset is taken, and a day alone " +
    "(2026-03-01) means its midnight in UTC.",
);
export const Json = described(
  GraphQLJSON,
  "JSON",
  "Any JSON value: an object with the vendor's own names, as the vendor writes them.",
);
export const Url = described(GraphQLURL, "URL", "An absolute address: https://acme.atlassian.net/browse/PROJ-42.");

/** The same scalar, taking days too, and saying what it wants where it gets something else. */
function momentOrDay(scalar: GraphQLScalarType<Date>): GraphQLScalarType<Date> {
  const parse = (value: unknown): Date => {
    const text = typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value;
    try {
      return scalar.parseValue(text);
    } catch {
      const found = JSON.stringify(value)?.slice(0, 60);
      throw new GraphQLError(`${found} is no moment. Write one as 2026-03-01T09:30:00Z, or a day as 2026-03-01.`);
    }
  };
  return new GraphQLScalarType<Date>({
    ...scalar.toConfig(),
    parseValue: parse,
    parseLiteral: (node) => parse("value" in node ? node.value : undefined),
  });
}
