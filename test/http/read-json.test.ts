import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readJson } from "../../src/http/read-json.js";

const pieces = ["é", "ÿ", "’", "Ж", "日", "😀", "\u00ad", "\ufeff", "a", '"', "\\", "\n", "0", "__proto__"];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((some) => some.join(""));
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom(null, true, 0, -1.5e300),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(text, tie("value"), { maxKeys: 5, noNullPrototype: true }),
  ),
}));
const asOne = (bytes: Buffer) => JSON.parse(bytes.toString("utf8").replace(/^\ufeff/, "")) as unknown;
/** The text of it too: equality doesn't look at the order of keys. */
const same = (bytes: Buffer): void => {
  const { value, isJson } = readJson(bytes, 0);
  expect(isJson).toBe(true);
  expect(value).toEqual(asOne(bytes));
  expect(JSON.stringify(value)).toBe(JSON.stringify(asOne(bytes)));
};

describe("a large body", () => {
  it("reads as a small one does, whatever its texts and keys are", () => {
    fc.assert(
      fc.property(json, fc.constantFrom("", "\ufeff"), (value, mark) =>
        same(Buffer.from(mark + JSON.stringify(value))),
      ),
    );
  });

  it("reads so where its UTF-8 is broken", () => {
    fc.assert(
      fc.property(json, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0x80, max: 0xff }))), (value, breaks) => {
        const bytes = Buffer.from(JSON.stringify({ value, ключ: "значение" }));
        // A byte beyond ASCII in place of another such: the JSON around it stays what it is.
        const places = [...bytes.keys()].filter((at) => (bytes[at] ?? 0) >= 0x80);
        for (const [nth, byte] of breaks) bytes[places[nth % places.length] ?? 0] = byte;
        same(bytes);
      }),
    );
  });

  it.each([
    ["an escape that looks like a byte", '{"a":"\\u00e9 é"}'],
    ["an escape beyond Latin-1", '{"a":"\\u2026 …"}'],
    ["an escaped backslash before a u", '{"a":"\\\\u00e9 é"}'],
    ["a key twice", '{"é":1,"b":2,"é":3}'],
    ["keys that are numbers", '{"b":"é","1":"…","é":0,"0":"ö"}'],
    ["a text alone", '"é"'],
  ])("reads with %s", (_what, body) => same(Buffer.from(body)));

  it("is no JSON where it is none", () => {
    for (const body of ['{"a":"é"', "é", '{"a":\u00a01}', '"é" "é"'])
      expect(readJson(Buffer.from(body), 0)).toEqual({ value: undefined, isJson: false });
  });

  it("may be nested as deep as it is long", () => {
    const depth = 200_000;
    const bytes = Buffer.from(`${"[".repeat(depth)}"é"${"]".repeat(depth)}`);
    let inner = readJson(bytes).value;
    for (let n = 0; n < depth; n += 1) inner = (inner as unknown[])[0];
    expect(inner).toBe("é");
  });
});

describe("a body", () => {
  it("that is empty or blank is undefined", () => {
    for (const body of ["", " \n", "\ufeff"])
      expect(readJson(Buffer.from(body))).toEqual({ value: undefined, isJson: true });
  });
});
