import { compiledQueries, interpreted } from "../../src/server/compiled-queries.js";
import type { Executor } from "../../src/server/executor.js";

/** graphql-js alone. */
export const withGraphqlJs: Executor = async (operation) => interpreted(operation);

/**
 * What the tests' gateways run operations with: as in production, unless TEST_EXECUTOR asks for graphql-js alone ("interpreted")
 * or for every query compiled at its first coming ("compiled-first"). Throws where it asks for anything else.
 */
export function testExecutor(): { readonly executor?: Executor } {
  const wanted = process.env["TEST_EXECUTOR"] ?? "";
  if (wanted === "") return {};
  if (wanted === "interpreted") return { executor: withGraphqlJs };
  if (wanted === "compiled-first") return { executor: compiledQueries({ atOnce: true }) };
  throw new Error(`TEST_EXECUTOR is "${wanted}". Set it to "interpreted" or "compiled-first", or leave it out.`);
}
