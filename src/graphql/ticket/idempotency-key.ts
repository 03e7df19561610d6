import { holdsControlCharacters } from "../../domain/control-characters.js";
import { RequestError } from "../../domain/request-error.js";

const LONGEST = 200;

/** A key as it may be kept; undefined where none was given. Throws RequestError for one that can't be a key. */
export function keyGiven(...given: readonly (string | null | undefined)[]): string | undefined {
  const key = given.find((one) => one != null);
  if (key == null) return undefined;
  if (key.trim() === "" || key.length > LONGEST || holdsControlCharacters(key))
    throw new RequestError(
      "BAD_USER_INPUT",
      `An idempotency key has 1 to ${LONGEST} characters and no control characters. Give another one, or none.`,
    );
  return key;
}
