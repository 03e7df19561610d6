import { randomUUID } from "node:crypto";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { VendorError } from "../domain/errors.js";
import { RequestError } from "../domain/request-error.js";
import { StoreUnavailable } from "../domain/store-unavailable.js";
import { codeOf } from "../domain/ticket-error.js";

/** What `formatError` tells of a bug: the reference that the caller got, and what went wrong. */
type ReportBug = (reference: string, error: unknown) => void;

/**
 * Turns errors into what callers may see: refusals and vendors' failures with a code and words to act on, graphql's own
 * complaints as they are, and everything else masked behind a reference that the log holds too.
 */
export function formatError(
  report: ReportBug,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = originOf(error);
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    if (cause instanceof RequestError) return { message: cause.message, ...place, extensions: { code: cause.code } };
    if (cause instanceof StoreUnavailable)
      return { message: AWAY, ...place, extensions: { code: "GATEWAY_UNAVAILABLE", retryable: true } };
    if (cause instanceof VendorError) return { message: toldOf(cause), ...place, extensions: extensionsOf(cause) };
    if (cause instanceof GraphQLError) return formatted;
    const reference = randomUUID();
    report(reference, cause);
    return {
      message: `Something went wrong in the gateway itself. Its log holds more under the reference ${reference}.`,
      ...place,
      extensions: { code: "INTERNAL_SERVER_ERROR", reference },
    };
  };
}

const AWAY = "The gateway's database does not answer. Ask again in a while.";

function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
}

/** A query may ask several connections: the words say which of them it was. */
function toldOf({ message, info }: VendorError): string {
  return info.connectionId === undefined ? message : `${message} (connection "${info.connectionId}")`;
}

function extensionsOf(error: VendorError): Record<string, unknown> {
  const { code, retryable } = codeOf(error);
  return {
    code: code === "VENDOR_REJECTED" || code === "INVALID_INPUT" ? "BAD_USER_INPUT" : code,
    retryable,
    ...(error.info.connectionId !== undefined && { connectionId: error.info.connectionId }),
    ...(error.info.status !== undefined && { vendorStatus: error.info.status }),
    ...(error.info.retryAfterMs !== undefined && { retryAfterMs: error.info.retryAfterMs }),
    ...(error.allowedValues?.length && { allowedValues: error.allowedValues }),
  };
}
