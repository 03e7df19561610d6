import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { stepped, type LoopMark } from "../../src/domain/sync.js";

/** A list that leads through `tail` cursors into a circle of `circle`, where there is one. */
const cursorAt = (n: number, tail: number, circle: number): string =>
  String(circle === 0 || n < tail ? n : tail + ((n - tail) % circle));

/** How many cursors are read before the list is known to go round; undefined where it isn't within `most`. */
function noticedAfter(cursor: (n: number) => string, most: number): number | undefined {
  let mark: LoopMark | null = null;
  for (let n = 0; n < most; n += 1) {
    const next = stepped(mark, cursor(n));
    if (!next) return n;
    // As it is kept between two processes.
    mark = JSON.parse(JSON.stringify(next)) as LoopMark;
  }
  return undefined;
}

describe("a list of pages", () => {
  it("that goes round is noticed, soon after it comes back for the first time", () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 1, max: 300 }), (tail, circle) => {
        const after = noticedAfter((n) => cursorAt(n, tail, circle), 10_000);
        expect(after).toBeGreaterThanOrEqual(tail + circle);
        expect(after).toBeLessThanOrEqual(3 * Math.max(tail, circle) + circle + 2);
      }),
    );
  });

  it("that ends is never taken for one", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 500 }), (cursors) => {
        expect(noticedAfter((n) => cursors[n] ?? "", cursors.length)).toBeUndefined();
      }),
    );
  });
});
