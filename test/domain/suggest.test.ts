import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { closest, didYouMean, editDistance } from "../../src/domain/suggest.js";

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["abc", "abc", 0],
    ["abc", "ab", 1],
    ["abc", "abd", 1],
    ["abc", "acb", 1],
    ["kitten", "sitting", 3],
    ["", "abc", 3],
  ])("of %j and %j is %d", (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected);
  });

  it("is the same both ways, at least the difference of lengths and at most the longer one's length", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });
});

describe("closest", () => {
  it("finds what was meant", () => {
    expect(closest("baseurl", ["id", "baseUrl", "name"])).toBe("baseUrl");
    expect(closest("conections", ["credentials", "connections"])).toBe("connections");
  });

  it("keeps silent where nothing is near", () => {
    expect(closest("colour", ["id", "baseUrl", "name"])).toBeUndefined();
    expect(closest("x", [])).toBeUndefined();
  });
});

describe("didYouMean", () => {
  it("names the candidate that is close, in any case and with blanks around it", () => {
    expect(didYouMean(" hgih ", ["Low", "High"])).toBe(' Did you mean "High"?');
  });
  it("says nothing where none is close, however long the word is", () => {
    expect(didYouMean("Purple", ["Low", "High"])).toBe("");
    expect(didYouMean("x".repeat(1_000_000), ["Low", "High"])).toBe("");
  });
});
