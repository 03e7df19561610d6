import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Page, PageRequest } from "../../src/domain/page.js";
import { list, type Listing } from "../../src/operations/listing.js";

/** A vendor that pages by tokens and now and then gives less than was asked for. */
const vendor =
  (things: readonly number[], short: number) =>
  ({ first, after }: PageRequest): Promise<Page<number>> => {
    const from = Number(after ?? 0);
    const to = Math.min(things.length, from + Math.max(1, first - short));
    return Promise.resolve({
      items: things.slice(from, to),
      total: null,
      ...(to < things.length && { next: String(to) }),
    });
  };

describe("a list", () => {
  it("gives everything once and in order, whatever the page sizes are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 20 }), fc.nat(3), async (count, first, short) => {
        const things = Array.from({ length: count }, (_, n) => n);
        const seen: number[] = [];
        let after: string | null = null;
        for (;;) {
          const page: Listing<number> = await list({ first, after }, vendor(things, short));
          seen.push(...page.items);
          if (!page.hasNextPage) break;
          after = page.endCursor;
        }
        expect(seen).toEqual(things);
      }),
    );
  });

  it("goes on behind any of its items", async () => {
    const things = Array.from({ length: 25 }, (_, n) => n);
    const first = await list({ first: 10 }, vendor(things, 0));
    const second = await list({ first: 10, after: first.endCursor }, vendor(things, 0));
    for (const page of [first, second])
      for (const [index, item] of page.items.entries()) {
        const next = await list({ first: 3, after: page.cursorAt(index) }, vendor(things, 0));
        expect(next.items).toEqual([item + 1, item + 2, item + 3].slice(0, 24 - item));
      }
  });

  it("refuses sizes and cursors that can't be", async () => {
    const ask = vendor([1], 0);
    await expect(list({ first: 0 }, ask)).rejects.toThrow("`first` must be 1 to 100; 0 was given.");
    await expect(list({ first: 101 }, ask)).rejects.toThrow("`first` must be 1 to 100; 101 was given.");
    await expect(list({ first: 1, after: "nonsense" }, ask)).rejects.toThrow("`after` isn't a cursor of this list.");
  });
});
