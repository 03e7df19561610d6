import { GraphQLError } from "graphql";
import { INTROSPECTION_DEPTH, JSON_DEPTH, QUERY_LENGTH, type QueryLimits } from "./query-limits.js";
import type { Measure } from "./measure.js";

/** More than this is not worth a number. */
const COUNTED = 1_000_000;

/** What is too much about a document; empty where nothing is. */
export function excesses(found: Measure, limits: QueryLimits): readonly GraphQLError[] {
  const checks: readonly (readonly [number, number, (found: string, limit: string) => string])[] = [
    [
      found.depth,
      limits.queryDepth,
      (depth, most) =>
        `The query is ${depth} fields deep; ${most} are allowed. Ask for what lies deeper in a second query.`,
    ],
    [
      found.introspectionDepth,
      INTROSPECTION_DEPTH,
      (depth, most) => `The introspection is ${depth} fields deep; ${most} are allowed. Ask for less of \`ofType\`.`,
    ],
    [
      found.aliases,
      limits.queryAliases,
      (aliases, most) =>
        `The query has ${aliases} aliases and repeated fields, counted wherever a fragment is spread; ${most} are allowed. Ask for lists, or in several requests.`,
    ],
    [
      found.directives,
      limits.queryDirectives,
      (directives, most) =>
        `The query has ${directives} directives, counted wherever a fragment is spread; ${most} are allowed. Leave out what isn't wanted instead.`,
    ],
  ];
  return checks.flatMap(([is, most, tell]) => (is > most ? [tooMuch(tell(counted(is), counted(most)))] : []));
}

/** A document that isn't even parsed to its end. */
export function tooManyTokens(most: number): GraphQLError {
  return tooMuch(
    `The query has more than ${counted(most)} tokens (names, brackets, values). Give data as variables, or ask in several requests.`,
  );
}

/** A document whose text alone is too long. */
export function tooLong(length: number): GraphQLError {
  return tooMuch(
    `The query is ${counted(length)} characters long; ${counted(QUERY_LENGTH)} are allowed. Give long texts as variables.`,
  );
}

/** A request whose JSON is nested beyond reason. */
export function tooNested(): GraphQLError {
  return tooMuch(
    `The request's variables hold lists and objects nested more than ${JSON_DEPTH} levels deep. Send flatter ones.`,
  );
}

/** An operation that would ask vendors for more than it may. */
export function tooManyCalls(estimated: number, most: number): GraphQLError {
  return tooMuch(
    `This operation could need ${counted(estimated)} calls to vendors; ${counted(most)} are allowed. Ask for smaller pages (\`first\`), or for comments, attachments and children of fewer tickets at a time.`,
    { cost: { vendorCalls: { estimated, limit: most } } },
  );
}

function tooMuch(message: string, more: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "LIMIT_EXCEEDED", ...more } });
}

function counted(number: number): string {
  return number > COUNTED ? "more than a million" : number.toLocaleString("en-US");
}
