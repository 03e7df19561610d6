import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from "graphql";
import type { Caller } from "../../domain/caller.js";
import type { Asked } from "../limits/asked.js";
import { isRefused } from "../limits/documents.js";
import type { CallCost, Gate } from "../limits/gate.js";
import { ERRORS_TOLD } from "../limits/query-limits.js";

/** What a client asks for. */
interface Subscribed extends Asked {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** A subscription that can be run, and what each of its events may cost. */
export interface Prepared extends ExecutionArgs {
  readonly cost?: CallCost;
}

/** Makes ready to run a subscription; errors where it is too much, not valid or not a subscription. */
export function prepare(
  schema: GraphQLSchema,
  gate: Gate,
  caller: Caller,
  given: Subscribed,
): Prepared | readonly GraphQLError[] {
  const admitted = gate.admit(caller, given);
  if (isRefused(admitted)) return admitted;
  const { cost } = admitted;
  const { query, operationName, variables } = admitted.asked;
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return [coded(error as GraphQLError, "GRAPHQL_PARSE_FAILED")];
  }
  const operation = getOperationAST(document, operationName);
  if (!operation) return [refused("Give one operation, or name the one to run in operationName.")];
  if (operation.operation !== "subscription")
    return [refused("Only subscriptions run over a WebSocket. Send queries and mutations by POST to /graphql.")];
  const hideSuggestions = !gate.mayIntrospect(caller);
  const errors = validate(schema, document, specifiedRules, { maxErrors: ERRORS_TOLD - 1, hideSuggestions });
  if (errors.length > 0) return errors.map((error) => coded(error, "GRAPHQL_VALIDATION_FAILED"));
  return {
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? {},
    ...(cost && { cost }),
  };
}

/** Subscribes, with a context anew for each event: what a loader remembers of one event is outdated by the next. */
export async function subscribeAnew(
  args: ExecutionArgs,
  context: () => object | Promise<object>,
): Promise<AsyncGenerator<ExecutionResult, undefined, undefined> | ExecutionResult> {
  const source = await createSourceEventStream({ ...args, contextValue: await context() });
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  const end = async () => {
    await events.return?.();
    return { done: true, value: undefined } as const;
  };
  // Not a generator function: its return() would wait for the next event.
  const results: AsyncGenerator<ExecutionResult, undefined, undefined> = {
    async next() {
      const event = await events.next();
      if (event.done) return { done: true, value: undefined };
      try {
        const value = await execute({ ...args, rootValue: event.value, contextValue: await context() });
        return { done: false, value };
      } catch (error) {
        await end();
        throw error;
      }
    },
    return: end,
    async throw(error) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => results,
    [Symbol.asyncDispose]: async () => void (await end()),
  };
  return results;
}

/** A refusal in words of ours. */
export function refused(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
}

function coded({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
