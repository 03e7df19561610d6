import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type ExecutionResult, getOperationAST, type GraphQLError, parse, validate } from "graphql";
import { compiledQueries } from "../../src/server/compiled-queries.js";
import type { Executor } from "../../src/server/executor.js";
import { flatQuery } from "../../src/server/flat-query.js";
import { withGraphqlJs } from "../support/executor.js";
import { fakeSchema } from "../support/fake-schema.js";
import { randomOperation, type RandomOperation } from "../support/random-operation.js";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 250);

describe.each([
  ["all goes well", { later: 0.3, thrown: 0, missing: 0, unwritable: 0 }],
  ["much goes wrong at once", { later: 0, thrown: 40, missing: 40, unwritable: 20 }],
  ["much goes wrong later", { later: 1, thrown: 40, missing: 40, unwritable: 0 }],
])("a query made by chance, where %s", (_, troubles) => {
  const schema = fakeSchema(troubles);
  const compiled = compiledQueries({ atOnce: true });
  const run = async (executor: Executor, { query, variables }: RandomOperation): Promise<string> => {
    const document = parse(query);
    const queryHash = createHash("sha256").update(query).digest("hex");
    return told(await executor({ schema, document, operationName: "Q", queryHash, variables, context: {} }));
  };

  it("is answered compiled as it is interpreted: data, the order of its names, and errors", async () => {
    let flat = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (gen) => {
        const drawn = randomOperation(schema, (below) => gen(fc.nat, { max: below - 1 }));
        const document = parse(drawn.query);
        if (validate(schema, document).length > 0) return;
        const definition = getOperationAST(document);
        if (definition && flatQuery(schema, document, definition)) flat += 1;
        const operation: RandomOperation = JSON.parse(JSON.stringify(drawn)) as RandomOperation;
        expect(await run(compiled, operation)).toBe(await run(withGraphqlJs, operation));
      }),
      { numRuns: RUNS, seed: 20261128 },
    );
    // Else nothing was compared but graphql-js with itself.
    expect(flat).toBeGreaterThan(RUNS / 3);
  });
});

/** What a client sees. */
function told({ data, errors = [] }: ExecutionResult): string {
  const all = errors.map((error) => (data === undefined ? JSON.stringify(error) : errorAt(error, data)));
  return JSON.stringify({ data, errors: [...new Set(all)].sort() }, null, 1);
}

/**
 * An error whole where it is the reason why its own place is null. Where what is around it became null, only where that is: which of the
 * errors below such a place are told, and in which order, GraphQL leaves to whoever executes.
 */
function errorAt(error: GraphQLError, data: ExecutionResult["data"]): string {
  const path = error.path ?? [];
  let at: unknown = data;
  for (const [n, step] of path.entries()) {
    if (at === null || at === undefined) return `below ${path.slice(0, n).join(".")}`;
    at = (at as Record<string | number, unknown>)[step];
  }
  return JSON.stringify(error);
}
