import { RequestError } from "../domain/request-error.js";
import type { Page, PageRequest } from "../domain/page.js";

/** What a caller asks of a list: how many, and the cursor after which to go on. */
export interface ListRequest {
  readonly first: number;
  readonly after?: string | null;
}

/** A page for callers, who can go on behind any of its items, whatever the vendor's own paging is. */
export interface Listing<T> {
  readonly items: readonly T[];
  /** The cursor of the item in this place: made only for those who ask. */
  cursorAt(index: number): string;
  /** Whether it was asked for after something. */
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
  readonly total: number | null;
}

/** One page of a live list may be at most this long: vendors give no more at once. */
export const PAGE_MAX = 100;

/** Asks for one page of a list. Throws RequestError for a size or cursor that can't be. */
export async function list<T>(request: ListRequest, ask: (page: PageRequest) => Promise<Page<T>>): Promise<Listing<T>> {
  const { first } = request;
  if (first < 1 || first > PAGE_MAX)
    throw new RequestError("BAD_USER_INPUT", `\`first\` must be 1 to ${PAGE_MAX}; ${first} was given.`);
  const from = request.after == null ? { skip: 0 } : readCursor(request.after);
  const page = await ask({
    first: Math.min(from.skip + first, PAGE_MAX),
    ...(from.after === undefined ? {} : { after: from.after }),
  });
  const items = page.items.slice(from.skip, from.skip + first);
  const end = from.skip + items.length;
  const ended = end >= page.items.length;
  const ofItem = (index: number): string => writeCursor({ after: from.after, skip: from.skip + index + 1 });
  // Behind the last item of the vendor's page its next one begins.
  const ofNext = ended && page.next !== undefined ? writeCursor({ after: page.next, skip: 0 }) : undefined;
  const last = items.length - 1;
  const cursorAt = (index: number): string => (index === last && ofNext !== undefined ? ofNext : ofItem(index));
  return {
    items,
    cursorAt,
    hasPreviousPage: request.after != null,
    hasNextPage: !ended || page.next !== undefined,
    endCursor: ofNext ?? (last < 0 ? null : ofItem(last)),
    total: page.total,
  };
}

/** Where in the vendor's paging a cursor stands: after this vendor cursor, and so many items further. */
interface Position {
  readonly after?: string | undefined;
  readonly skip: number;
}

function writeCursor({ after, skip }: Position): string {
  return Buffer.from(`${skip}:${after ?? ""}`).toString("base64url");
}

function readCursor(cursor: string): Position {
  const text = Buffer.from(cursor, "base64url").toString();
  const [, skip, after] = /^(\d{1,3}):(.*)$/su.exec(text) ?? [];
  if (skip === undefined || after === undefined || Buffer.from(text).toString("base64url") !== cursor)
    throw new RequestError(
      "BAD_USER_INPUT",
      "`after` isn't a cursor of this list. Give an endCursor that a page gave.",
    );
  return { skip: Number(skip), ...(after === "" ? {} : { after }) };
}
