import { VendorError, type Fault } from "../domain/errors.js";
import type { Outcome } from "./connector.js";

/** What a failed write is to the one thing that it was for. Throws what isn't a vendor's failure: a bug. */
export function failed(error: unknown, also: readonly Fault[] = []): Outcome<never> {
  if (!(error instanceof VendorError)) throw error;
  return { state: error.sent === "no" ? "rejected" : "unknown", error, ...(also.length > 0 && { also }) };
}
