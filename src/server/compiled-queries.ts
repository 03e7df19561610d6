import {
  type DocumentNode,
  execute,
  getNamedType,
  getOperationAST,
  getVariableValues,
  type GraphQLType,
  isInputObjectType,
  Kind,
  type NamedTypeNode,
  OperationTypeNode,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromASTUntyped,
  type VariableDefinitionNode,
  visit,
} from "graphql";
import { compileQuery, isCompiledQuery, type CompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import { asGraphQLError } from "./compiled-errors.js";
import type { Executor, Operation } from "./executor.js";
import { flatQuery } from "./flat-query.js";
import { hasOpenLiterals } from "./scalar-literals.js";

/** So many queries are kept compiled, and none that nobody asked for in an hour; each takes some tens of kB. */
const KEPT = { max: 500, ttl: 3_600_000, updateAgeOnGet: true };
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
  const runs = new LRUCache<string, Run>(KEPT);
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
  if (hasOpenLiterals(schema, document)) return interpreted;
  const flat = flatQuery(schema, document, definition);
  if (!flat) return interpreted;
  const compiled = compileQuery(schema, flat, operationName ?? undefined) as Compiled | Result;
  if (!isCompiledQuery(compiled)) return interpreted;
  const within = variablesWithin(document);
  const isLost = ({ variable: { name }, defaultValue }: VariableDefinitionNode, given: unknown): boolean =>
    // Compiled code takes what is missing within an input for null there, and null for missing where there is a default.
    given === undefined ? !defaultValue && within.has(name.value) : given === null && defaultValue !== undefined;
  return async (operation) => {
    const { variables, context } = operation;
    if (definitions.some((one) => isLost(one, variables[one.variable.name.value]))) return interpreted(operation);
    // Compiled code reads variables by rules of its own, which know no @oneOf: graphql-js judges them first.
    const { errors } = getVariableValues(schema, definitions, variables);
    if (errors) return { errors };
    const result = (await compiled.query(undefined, context, withDefaults(definitions, variables))) as Result;
    if (!result.errors) return result;
    return { ...result, errors: result.errors.map((error) => asGraphQLError(error, document)) };
  };
}

/** The variables that stand within inputs that are written out. */
function variablesWithin(document: DocumentNode): ReadonlySet<string> {
  const found = new Set<string>();
  visit(document, { ObjectField: ({ value }) => void (value.kind === Kind.VARIABLE && found.add(value.name.value)) });
  return found;
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
