import type { VendorError } from "../domain/errors.js";

const BASE_MS = 500;
const MOST_MS = 20_000;
/** How often a call is made at most, the first time included. */
export const ATTEMPTS = 3;

/** Whether the same request may go out again: a read after any passing trouble, a write only when surely nothing was done. */
export function mayRepeat(kind: "read" | "write", error: VendorError): boolean {
  const isPassing = error.code === "RATE_LIMITED" || error.code === "UNAVAILABLE";
  return isPassing && (kind === "read" || error.sent === "no");
}

/** How long to wait before the next attempt, in milliseconds: what the vendor asks for, else a random part of a growing span. */
export function waitBefore(attempt: number, error: VendorError, random: () => number): number {
  const span = Math.min(MOST_MS, BASE_MS * 2 ** attempt);
  const asked = error.info.retryAfterMs;
  // Those who were told the same moment to come back must not all come at it.
  return asked === undefined ? random() * span : asked + random() * Math.min(1_000, asked * 0.2);
}
