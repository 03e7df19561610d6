import type { VendorErrorCode } from "../domain/errors.js";

const CODES: Record<number, VendorErrorCode> = {
  401: "AUTH",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  412: "CONFLICT",
  429: "RATE_LIMITED",
};

/** What the status of a refusal means by itself, for a vendor that uses HTTP's statuses as HTTP does. */
export function codeOf(status: number): VendorErrorCode {
  return CODES[status] ?? (status >= 500 ? "UNAVAILABLE" : "INVALID");
}
