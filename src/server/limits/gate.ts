import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Caller, Scope } from "../../domain/caller.js";
import type { Asked } from "./asked.js";
import { untrusted, withText } from "./asked.js";
import { isRefused, openDocuments } from "./documents.js";
import { isDeeperThan } from "./nesting.js";
import { JSON_DEPTH, QUERY_LIMITS, type QueryLimits } from "./query-limits.js";
import { tooManyCalls, tooNested } from "./refuse.js";
import type { TrustedDocuments } from "./trusted-documents.js";

/** What is decided of an operation before it is validated. */
export interface GateOptions {
  readonly schema: GraphQLSchema;
  /** Each limit that isn't given has its default. */
  readonly limits?: Partial<QueryLimits>;
  /** The scope that the schema is shown to; "off" shows it to nobody. Default "tickets:read". */
  readonly introspection?: Introspection;
  readonly trusted?: TrustedDocuments;
  /** How many connections a caller may use; without it calls to vendors are neither estimated nor told. */
  readonly connectionsOf?: (caller: Caller) => number;
}
type Introspection = Scope | "off";

/** What an operation may cost its vendors. */
export interface CallCost {
  readonly estimated: number;
  readonly limit: number;
}

/** An operation that may go on to be validated and run. */
interface Admitted<A extends Asked> {
  /** As it came; where it named a trusted document, with the text. */
  readonly asked: A;
  /** Undefined for what can't be run anyway. */
  readonly cost?: CallCost;
}

/** Lets operations through, or says what is too much about them. */
export interface Gate {
  admit<A extends Asked>(caller: Caller, asked: A): Admitted<A> | readonly GraphQLError[];
  /** Whether the schema is shown to this caller. */
  mayIntrospect(caller: Caller): boolean;
}

/** Opens the gate: it takes a few microseconds for a document that has come before. */
export function openGate({
  schema,
  introspection = "tickets:read",
  trusted,
  connectionsOf,
  ...options
}: GateOptions): Gate {
  const limits = { ...QUERY_LIMITS, ...options.limits };
  const documents = openDocuments(schema, limits);
  const mayIntrospect = ({ scopes }: Caller): boolean => introspection !== "off" && scopes.has(introspection);
  return {
    mayIntrospect,
    admit(caller, given) {
      // The request itself is one level more than what it holds.
      if (isDeeperThan(JSON_DEPTH + 1, given)) return [tooNested()];
      const asked = withText(given, trusted);
      if (asked instanceof GraphQLError) return [asked];
      const { query, operationName, variables } = asked;
      if (typeof query !== "string" || query === "") return { asked };
      const document = documents(query);
      if (isRefused(document)) return document;
      if (trusted?.only && !trusted.has(document.sha256)) return [untrusted()];
      if (document.introspects && !mayIntrospect(caller)) return [noIntrospection(caller, introspection)];
      const plan = document.plan(typeof operationName === "string" ? operationName : undefined);
      if (!plan || !connectionsOf) return { asked };
      const estimated = plan.estimate(recordOf(variables), { connections: connectionsOf(caller) });
      if (estimated > limits.vendorCalls) return [tooManyCalls(estimated, limits.vendorCalls)];
      return { asked, cost: { estimated, limit: limits.vendorCalls } };
    },
  };
}

function noIntrospection({ name }: Caller, introspection: Introspection): GraphQLError {
  const message =
    introspection === "off"
      ? "This server shows its schema to nobody: take it from schema/schema.graphql. `__typename` is always there."
      : `The key "${name}" lacks the scope ${introspection}, which the schema is shown to. Use a key that has it; \`__typename\` is always there.`;
  return new GraphQLError(message, { extensions: { code: "FORBIDDEN" } });
}

function recordOf(variables: unknown): Readonly<Record<string, unknown>> {
  return typeof variables === "object" && variables !== null ? (variables as Record<string, unknown>) : {};
}
