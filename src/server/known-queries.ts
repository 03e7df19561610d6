import { type DocumentNode, getOperationAST, type GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import type { Executor, Operation } from "./executor.js";
import type { Asked } from "./limits/asked.js";

/** What Apollo Server has parsed and found valid. */
interface Known {
  readonly document: DocumentNode;
  readonly queryHash: string;
  readonly schema: GraphQLSchema;
  readonly name: string | undefined;
}

/** A query that was run without Apollo Server. */
export interface RunQuery {
  readonly name: string | undefined;
  readonly result: Awaited<ReturnType<Executor>>;
}

/** Queries that went through Apollo Server before, and needn't again. */
export interface KnownQueries {
  /** Runs operations for Apollo Server, and remembers which queries they are. */
  readonly executor: Executor;
  /**
   * Runs a query whose very text Apollo Server has let through before. Undefined for whatever Apollo Server has to see: another
   * text, a mutation, a query to be registered, variables that don't fit, a mistake of ours. Nothing has been done then that may not be done twice.
   */
  run(asked: Asked, makeContext: () => object | Promise<object>): Promise<RunQuery | undefined>;
}

/** So many texts are remembered, not more than so many characters, and none that nobody asked for in an hour. */
const KEPT = { max: 500, maxSize: 2_000_000, ttl: 3_600_000, updateAgeOnGet: true };

/**
 * Apollo Server spends more on a small query than the query itself takes: on hooks, hashes and choices that come out the same for
 * the same text. What it has let through once is run by the same executor from then on.
 */
export function knownQueries(executor: Executor): KnownQueries {
  const known = new LRUCache<string, Map<string, Known>>({ ...KEPT, sizeCalculation: (_, text) => text.length + 1 });

  function remember({ document, operationName, queryHash, schema }: Operation): void {
    const text = document.loc?.source.body;
    const definition = getOperationAST(document, operationName);
    if (!text || definition?.operation !== "query") return;
    const named = known.get(text) ?? new Map<string, Known>();
    named.set(operationName ?? "", { document, queryHash, schema, name: definition.name?.value });
    known.set(text, named);
  }
  return {
    executor(operation) {
      remember(operation);
      return executor(operation);
    },
    async run({ query, operationName, variables, extensions }, makeContext) {
      if (typeof query !== "string" || operationName === "" || !isTextOrNone(operationName)) return undefined;
      if (!isRecordOrNone(variables) || !isRecordOrNone(extensions) || extensions?.["persistedQuery"]) return undefined;
      const found = known.get(query)?.get(operationName ?? "");
      if (!found) return undefined;
      const operation = { ...found, operationName: operationName ?? null, variables: variables ?? {} };
      try {
        const result = await executor({ ...operation, context: await makeContext() });
        // Without data nothing was run: Apollo Server says best what is wrong with the variables.
        return result.data === undefined ? undefined : { name: found.name, result };
      } catch {
        return undefined;
      }
    },
  };
}

function isTextOrNone(value: unknown): value is string | null | undefined {
  return value == null || typeof value === "string";
}

function isRecordOrNone(value: unknown): value is Readonly<Record<string, unknown>> | null | undefined {
  return value == null || (typeof value === "object" && !Array.isArray(value));
}
