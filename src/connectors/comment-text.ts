import { VendorError } from "../domain/errors.js";

/** How callers name the parts of a comment where a ticket's description has other names. */
const NAMES: Record<string, string> = { description: "body", descriptionFormat: "format" };

/** Writes a comment's text with what writes descriptions: what that throws is told by the comment's own names. */
export function asComment<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof VendorError) || !error.path) throw error;
    const message = error.message.replace("the description", "the body").replace("The description", "The body");
    throw new VendorError(
      { ...error, code: error.code, message, path: error.path.map((part) => NAMES[part] ?? part) },
      error.sent,
      error.info,
    );
  }
}
