import { VendorError, type Fault } from "../../domain/errors.js";

/** What is wrong with a draft, found before anything was sent: where it is, and what could have been given. */
export function wrong(path: readonly string[], message: string, allowedValues?: readonly string[]): VendorError {
  const fault: Fault = { code: "INVALID", message, path, ...(allowedValues && { allowedValues }) };
  return new VendorError(fault, "no");
}
