import { VendorError } from "../domain/errors.js";
import { RequestError, type RequestErrorCode } from "../domain/request-error.js";
import { codeOf } from "../domain/ticket-error.js";
import { Refusal } from "./answer.js";

const STATUSES: Record<RequestErrorCode, number> = {
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  UNSUPPORTED: 422,
};
const VENDOR_STATUSES: Partial<Record<VendorError["code"], number>> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  INVALID: 422,
  CONFLICT: 409,
  UNSUPPORTED: 422,
  RATE_LIMITED: 503,
  TIMEOUT: 504,
};

/** What a plain HTTP caller is told of a failure that GraphQL callers get as an error; what is no failure of theirs or a vendor's is thrown again. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof RequestError) return new Refusal(STATUSES[error.code], error.code, error.message);
  if (!(error instanceof VendorError)) throw error;
  const { retryAfterMs } = error.info;
  const headers = retryAfterMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterMs / 1_000)) };
  return new Refusal(VENDOR_STATUSES[error.code] ?? 502, codeOf(error).code, error.message, headers);
}
