import { VendorError } from "../domain/errors.js";

/** A draft that can't be sent, and where in it the reason is. */
export function wrong(path: readonly string[], message: string, allowedValues?: readonly string[]): VendorError {
  return new VendorError({ code: "INVALID", message, path, ...(allowedValues && { allowedValues }) }, "no");
}
