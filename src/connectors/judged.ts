import { VendorError } from "../domain/errors.js";

/** What is remembered of a vendor's definitions, and the same for somebody to whom only what is asked for from now on counts. */
export interface Renewable<T> {
  asOfNow(): T;
}

/**
 * Judges by what is remembered; what that refuses is judged once more by what the vendor says now, since an administrator may
 * have changed it meanwhile. Many who are refused at a time share that question. Throws VendorError.
 */
export async function judged<C extends Renewable<C>, T>(known: C, judge: (definitions: C) => Promise<T>): Promise<T> {
  const now = known.asOfNow();
  try {
    return await judge(known);
  } catch (error) {
    if (isOurs(error)) return judge(now);
    throw error;
  }
}

/** A refusal of ours: the vendor hasn't answered anything to what is refused. */
function isOurs(error: unknown): boolean {
  if (!(error instanceof VendorError) || error.info.status !== undefined) return false;
  return error.code === "INVALID" || error.code === "UNSUPPORTED";
}
