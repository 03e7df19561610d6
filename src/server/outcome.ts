import type { GraphQLFormattedError } from "graphql";

/** How an operation ended. */
type Outcome = "ok" | "partial" | "refused" | "failed";

/** What is told of an operation when it has ended. */
export interface OperationEnd {
  /** As its document names it; undefined where it has no name, or was never run. */
  readonly name?: string | undefined;
  /** Undefined where it was never run. */
  readonly type?: "query" | "mutation" | "subscription" | undefined;
  readonly outcome: Outcome;
  /** Of its errors, each once and not more than five. */
  readonly codes: readonly string[];
}

/** Codes of errors that are the caller's to mend. */
const CALLERS: ReadonlySet<string> = new Set([
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "CONFLICT",
  "FORBIDDEN",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "LIMIT_EXCEEDED",
  "METHOD_NOT_ALLOWED",
  "NOT_FOUND",
  "OPERATION_RESOLUTION_FAILURE",
  "PAYLOAD_TOO_LARGE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "RATE_LIMITED",
  "REQUEST_TIMEOUT",
  "UNAUTHENTICATED",
  "UNSUPPORTED",
  "UNSUPPORTED_MEDIA_TYPE",
  "UNTRUSTED_DOCUMENT",
]);
/** Codes of errors that are the gateway's or a vendor's. */
const OTHERS: ReadonlySet<string> = new Set([
  "GATEWAY_UNAVAILABLE",
  "INTERNAL_SERVER_ERROR",
  "UNAVAILABLE",
  "VENDOR_BAD_RESPONSE",
  "VENDOR_RATE_LIMITED",
  "VENDOR_UNAUTHORIZED",
  "VENDOR_UNAVAILABLE",
]);
const CODES_TOLD = 5;

/** What an answer tells of its operation: nothing but nulls beside errors is no part of an answer. */
export function endOf(
  {
    data,
    errors,
  }: { readonly data?: unknown; readonly errors?: readonly Partial<GraphQLFormattedError>[] | undefined },
  operation?: Pick<OperationEnd, "name" | "type">,
): OperationEnd {
  if (!errors || errors.length === 0) return { ...operation, outcome: "ok", codes: [] };
  const all = errors.map(({ extensions }) => codeOf(extensions));
  const isEmpty = typeof data !== "object" || data === null || Object.values(data).every((value) => value === null);
  const outcome = !isEmpty ? "partial" : all.every((code) => CALLERS.has(code)) ? "refused" : "failed";
  return { ...operation, outcome, codes: [...new Set(all)].slice(0, CODES_TOLD) };
}

/** A code as metrics have it: one that isn't known is "other". */
export function knownCode(code: string): string {
  return CALLERS.has(code) || OTHERS.has(code) ? code : "other";
}

function codeOf(extensions: Readonly<Record<string, unknown>> | undefined): string {
  const code = extensions?.["code"];
  return typeof code === "string" ? code : "NONE";
}
