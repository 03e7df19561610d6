import { createHash } from "node:crypto";
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  isExecutableDefinitionNode,
  Kind,
  parse,
} from "graphql";
import { LRUCache } from "lru-cache";
import { planCalls, type CallPlan } from "../../graphql/call-plan.js";
import { measure } from "./measure.js";
import { QUERY_LENGTH, type QueryLimits } from "./query-limits.js";
import { excesses, tooLong, tooManyTokens } from "./refuse.js";

/** What is kept of a document that is not too large. It may still be invalid, or no GraphQL at all. */
interface KnownDocument {
  /** In hexadecimal digits. */
  readonly sha256: string;
  readonly introspects: boolean;
  /** What the operation of this name, or the only one, asks of vendors; undefined where there is none. */
  plan(operationName: string | null | undefined): CallPlan | undefined;
}

/** Looks each document through before it is validated, once per text. */
type Documents = (text: string) => KnownDocument | readonly GraphQLError[];

/** So many texts are remembered, and not more than so many characters. */
const KEPT = { max: 1_000, maxSize: 10_000_000 };

/**
 * Measures documents against the limits. Not a validation rule: graphql-js compares fields of one name pair by pair, which takes a
 * document within the limit of tokens a tenth of a second, so ours must come first.
 */
export function openDocuments(schema: GraphQLSchema, limits: QueryLimits): Documents {
  const known = new LRUCache<string, KnownDocument>({ ...KEPT, sizeCalculation: (_, text) => text.length + 1_000 });
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const judged = judge(schema, limits, text);
    if (!isRefused(judged)) known.set(text, judged);
    return judged;
  };
}

/** Whether a document was too much. */
export function isRefused<T extends object>(judged: T | readonly GraphQLError[]): judged is readonly GraphQLError[] {
  return Array.isArray(judged);
}

function judge(schema: GraphQLSchema, limits: QueryLimits, text: string): KnownDocument | readonly GraphQLError[] {
  if (text.length > QUERY_LENGTH) return [tooLong(text.length)];
  const document = parsed(text, limits);
  if (document === "too large") return [tooManyTokens(limits.queryTokens)];
  const sha256 = createHash("sha256").update(text).digest("hex");
  // What can't be parsed is told by whoever runs it.
  if (!document) return { sha256, introspects: false, plan: () => undefined };
  const found = measure(document);
  const errors = excesses(found, limits);
  if (errors.length > 0) return errors;
  const plans = found.isCyclic ? new Map<string, CallPlan>() : plansOf(schema, document);
  const [only] = plans.size === 1 ? plans.values() : [];
  const plan: KnownDocument["plan"] = (name) => (name ? plans.get(name) : only);
  return { sha256, introspects: found.introspectionDepth > 0, plan };
}

function parsed(text: string, { queryTokens }: QueryLimits): DocumentNode | "too large" | undefined {
  try {
    return parse(text, { noLocation: true, maxTokens: queryTokens });
  } catch (error) {
    return /that \d+ tokens/.test(String(error)) ? "too large" : undefined;
  }
}

function plansOf(schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<string, CallPlan> {
  return new Map(
    document.definitions
      .filter(isExecutableDefinitionNode)
      .flatMap((one) =>
        one.kind === Kind.OPERATION_DEFINITION ? [[one.name?.value ?? "", planCalls(schema, document, one)]] : [],
      ),
  );
}
