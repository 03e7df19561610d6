import {
  execute,
  getNamedType,
  getOperationAST,
  getVariableValues,
  type GraphQLType,
  isInputObjectType,
  type NamedTypeNode,
  OperationTypeNode,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromASTUntyped,
} from "graphql";
import { compileQuery, isCompiledQuery, type CompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import { asGraphQLError } from "./compiled-errors.js";
import type { Executor, Operation } from "./executor.js";

/** So many queries are kept compiled; each takes some tens of kB. */
const KEPT = 500;
/** A text longer than this is somebody's one-off and takes longer to compile than to run. */
const LONGEST = 20_000;

type Result = Awaited<ReturnType<Executor>>;
type Run = (operation: Operation) => Result | Promise<Result>;
type Compiled = CompiledQuery<Record<string, unknown>, Record<string, unknown>>;

/**
 * Runs queries as compiled functions, which take half of graphql-js's time for a page of tickets. A query is compiled
 * when it comes for the second time: what is asked once would cost more than it saves. `atOnce`: at its first coming.
 * Mutations stay with graphql-js: their time is the vendor's.
 */
export function compiledQueries({ atOnce = false } = {}): Executor {
  const runs = new LRUCache<string, Run>({ max: KEPT });
  return async (operation) => {
    const { document, operationName, queryHash } = operation;
    const definition = getOperationAST(document, operationName);
    if (definition?.operation !== OperationTypeNode.QUERY || (document.loc?.end ?? Infinity) > LONGEST)
      return interpreted(operation);
    const key = `${queryHash} ${operationName ?? ""}`;
    const run = runs.get(key);
    if (run) return run(operation);
    const compiledRun: Run = (again) => {
      const compiled = compile(again, definition);
      runs.set(key, compiled);
      return compiled(again);
    };
    if (atOnce) return compiledRun(operation);
    runs.set(key, compiledRun);
    return interpreted(operation);
  };
}

/** As graphql-js runs it, whatever it is. */
export function interpreted({
  schema,
  document,
  operationName,
  variables,
  context,
}: Operation): Result | Promise<Result> {
  return execute({ schema, document, operationName, variableValues: variables, contextValue: context }) as
    Result | Promise<Result>;
}

function compile({ schema, document, operationName }: Operation, definition: OperationDefinitionNode): Run {
  const definitions = definition.variableDefinitions ?? [];
  if (definitions.some(({ type }) => hasDefaults(typeFromAST(schema, type as NamedTypeNode)))) return interpreted;
  const compiled = compileQuery(schema, document, operationName ?? undefined) as Compiled | Result;
  if (!isCompiledQuery(compiled)) return interpreted;
  return async ({ variables, context }) => {
    // Compiled code reads variables by rules of its own, which know no @oneOf: graphql-js judges them first.
    const { errors } = getVariableValues(schema, definitions, variables);
    if (errors) return { errors };
    const result = (await compiled.query(undefined, context, withDefaults(definitions, variables))) as Result;
    if (!result.errors) return result;
    return { ...result, errors: result.errors.map((error) => asGraphQLError(error, document)) };
  };
}

/** Whether an input holds a field with a default, at any depth: compiled code takes such a field for missing where it isn't given. */
function hasDefaults(type: GraphQLType | undefined, seen = new Set<GraphQLType>()): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named)) return false;
  seen.add(named);
  return Object.values(named.getFields()).some(
    ({ defaultValue, type: inner }) => defaultValue !== undefined || hasDefaults(inner, seen),
  );
}

/** Compiled code also takes a variable of a non-null type for missing where its definition has a default. */
function withDefaults(
  definitions: NonNullable<OperationDefinitionNode["variableDefinitions"]>,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given = { ...variables };
  for (const { variable, defaultValue } of definitions)
    if (defaultValue && given[variable.name.value] === undefined)
      given[variable.name.value] = valueFromASTUntyped(defaultValue);
  return given;
}
