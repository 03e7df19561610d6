import type { VendorId } from "../domain/ticket.js";
import { remembered } from "./memory.js";

/** Projects, types and users change rarely: for this long, in milliseconds, an answer serves everybody on a connection. */
const REMEMBER_MS = 1_000;

/** One thing by its id; null where there is none. */
export type Remembered<T> = (id: VendorId) => Promise<T | null>;

/** The same, briefly remembered. */
export function remember<T>(ask: (id: VendorId) => Promise<T | null>): Remembered<T> {
  return remembered<T | null>(ask, { ttlMs: REMEMBER_MS, max: 10_000 });
}
