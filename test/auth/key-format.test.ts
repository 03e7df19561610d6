import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { hashKey, isWellFormed, makeKey, shownPrefix } from "../../src/auth/key-format.js";

const CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => makeKey(() => bytes));

describe("a created key", () => {
  it("is of one length and of letters and digits, whatever chance gives", () => {
    fc.assert(fc.property(key, (one) => expect(one).toMatch(/^tg_live_[0-9A-Za-z]{49}$/)));
    for (const fill of [0, 255]) expect(makeKey(() => new Uint8Array(32).fill(fill))).toHaveLength(57);
  });

  it("holds all of the 256 bits", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const body = makeKey(() => bytes).slice(8, -6);
        const value = [...body].reduce((sum, digit) => sum * 62n + BigInt(CHARACTERS.indexOf(digit)), 0n);
        expect(value.toString(16).padStart(64, "0")).toBe(Buffer.from(bytes).toString("hex"));
      }),
    );
    expect(makeKey()).not.toBe(makeKey());
  });

  it("is known as well formed", () => {
    fc.assert(fc.property(key, (one) => expect(isWellFormed(one)).toBe(true)));
  });

  it("is known as mistyped with any one character wrong", () => {
    fc.assert(
      fc.property(key, fc.nat(56), fc.constantFrom(...CHARACTERS), (one, at, other) => {
        fc.pre(one[at] !== other);
        expect(isWellFormed(one.slice(0, at) + other + one.slice(at + 1))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is known as mistyped with two neighbours changed over", () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 8, max: 55 }), (one, at) => {
        fc.pre(one[at] !== one[at + 1]);
        expect(isWellFormed(one.slice(0, at) + one[at + 1] + one[at] + one.slice(at + 2))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is known as mistyped where something is missing or too much", () => {
    fc.assert(
      fc.property(key, fc.nat(56), (one, at) => {
        expect(isWellFormed(one.slice(0, at) + one.slice(at + 1))).toBe(false);
        expect(isWellFormed(one.slice(0, at) + "x" + one.slice(at))).toBe(false);
      }),
    );
    for (const text of ["", "tg_live_", `${makeKey()}\n`, makeKey().toUpperCase()])
      expect(isWellFormed(text)).toBe(false);
  });

  it("is shown by too few characters to guess it, and kept as SHA-256", () => {
    const one = makeKey();
    expect(shownPrefix(one)).toBe(one.slice(0, 12));
    expect(hashKey("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
  });
});
