import type { VendorError } from "../domain/errors.js";

/** What the last calls told of a connection. */
export type ConnectionState = "ACTIVE" | "UNAUTHORIZED" | "UNREACHABLE";

/** What a failed call tells of a connection; one that tells nothing leaves it as it was. */
export function stateAfter(error: VendorError, before: ConnectionState): ConnectionState {
  if (error.code === "AUTH") return "UNAUTHORIZED";
  if (error.code === "UNAVAILABLE" || error.code === "TIMEOUT") return "UNREACHABLE";
  return error.info.status === undefined ? before : "ACTIVE";
}
