import { VendorError } from "../domain/errors.js";
import { didYouMean } from "../domain/suggest.js";

/** A draft that can't be sent, and where in it the reason is. */
export function wrong(path: readonly string[], message: string, allowedValues?: readonly string[]): VendorError {
  return new VendorError({ code: "INVALID", message, path, ...(allowedValues && { allowedValues }) }, "no");
}

/** A word that means nothing here: what was probably meant, and all that could have been given. */
export function noSuch(
  path: readonly string[],
  message: string,
  word: string,
  candidates: readonly string[],
): VendorError {
  const listed = candidates.length > 0 ? ` There are: ${candidates.join(", ")}.` : "";
  return wrong(path, `${message}${didYouMean(word, candidates)}${listed}`, candidates);
}
