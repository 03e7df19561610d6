import { VendorError } from "../domain/errors.js";

/** What is read before a write: whatever goes wrong with it, nothing has been written. Throws VendorError that says so. */
export async function beforehand<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof VendorError) throw new VendorError(error, "no", error.info);
    throw error;
  }
}
