import { VendorError } from "../domain/errors.js";
import { didYouMean } from "../domain/suggest.js";

/** A word that was given in a place, and those that are known there; the vendor may know others, so it is the judge. */
interface Given {
  readonly path: string;
  readonly word: string | null | undefined;
  readonly known: readonly string[];
  /** What a refusal speaks of when it means this place; the place itself unless told. */
  readonly says?: RegExp;
}

/**
 * A vendor's refusal that speaks of a place where a word was given that isn't known: with that place, what was probably meant,
 * and the words that are known. Any other error stays as it is.
 */
export function hinted(error: unknown, ...given: readonly Given[]): unknown {
  if (!(error instanceof VendorError) || error.code !== "INVALID") return error;
  const { message } = error;
  const about = given.find(({ path, word, known, says = new RegExp(path, "i") }) => {
    const isStrange = word != null && !known.some((one) => one.toLowerCase() === word.toLowerCase());
    return isStrange && (error.path?.[0] === path || says.test(message));
  });
  if (!about) return error;
  const { path, known } = about;
  const hint = `${didYouMean(about.word ?? "", known)} Known words are: ${known.join(", ")}.`;
  const fault = {
    code: error.code,
    message: `${message.replace(/[.\s]*$/, ".")}${hint}`,
    path: [path],
    allowedValues: known,
  };
  return new VendorError(fault, error.sent, error.info);
}
