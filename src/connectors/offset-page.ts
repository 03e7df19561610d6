import { VendorError } from "../domain/errors.js";
import type { Page, PageRequest } from "../domain/page.js";

/** Where a list goes on whose cursor is an offset. Throws VendorError INVALID for what is no cursor of ours. */
export function offsetOf({ after = "0" }: PageRequest): number {
  if (/^\d{1,9}$/.test(after)) return Number(after);
  const message = `"${after}" is no cursor of this list. Give one that a page gave.`;
  throw new VendorError({ code: "INVALID", message, path: ["after"] }, "no");
}

/** One page of a list that is known whole. */
export function pageOf<T>(all: readonly T[], page: PageRequest): Page<T> {
  const start = offsetOf(page);
  const end = start + page.first;
  return { items: all.slice(start, end), total: all.length, ...(end < all.length && { next: String(end) }) };
}
