import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { VendorError } from "../../src/domain/errors.js";
import { checkHeaders, pathOf } from "../../src/http/path.js";
import { call, open, read, refusalOf, serve, json } from "./support.js";

const HOSTILE = [
  "../../admin",
  "%2e%2e",
  "..;/x",
  "a/b",
  "a\\b",
  "a?b=c",
  "a#b",
  "@evil.example",
  "//evil.example",
  " ",
];

describe("a path", () => {
  it("keeps any text inside its own segment", () => {
    const segment = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(...HOSTILE),
    );
    fc.assert(
      fc.property(segment, (text) => {
        let path: string;
        try {
          path = pathOf("/rest", ["issue", text, "end"], undefined);
        } catch (error) {
          expect(error).toBeInstanceOf(VendorError);
          expect(error).toMatchObject({ code: "INVALID", sent: "no" });
          return;
        }
        const { pathname, search, hash, host } = new URL(path, "https://vendor.example");
        expect({ pathname, search, hash, host }).toEqual({
          pathname: path,
          search: "",
          hash: "",
          host: "vendor.example",
        });
        const parts = pathname.split("/");
        expect(parts).toHaveLength(5);
        expect(decodeURIComponent(parts[3] ?? "")).toBe(text);
      }),
      { numRuns: 10_000 },
    );
  });

  it.each(["", ".", "..", "a\rb", "a\nb", "a\0b", "\u007f", "\ud800"])("refuses %j", (text) => {
    expect(() => pathOf("", [text], undefined)).toThrow("Nothing was sent.");
  });

  it("writes a query without letting a value begin another one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.array(fc.string()), (text, list) => {
        const path = pathOf("", ["search"], { text, list, none: undefined, count: 5 });
        const { searchParams } = new URL(path, "https://vendor.example");
        expect(searchParams.get("text")).toBe(text);
        expect(searchParams.getAll("list")).toEqual(list);
        expect(searchParams.get("count")).toBe("5");
        expect(searchParams.has("none")).toBe(false);
      }),
    );
  });

  it("reaches the vendor as it was encoded, and nothing reaches it that was refused", async () => {
    const { url, seen } = await serve((res) => json(res, 200, {}));
    const http = open(`${url}/prefix/`);
    await http.send({ ...read, path: ["a", "../b/%2e"] }, call());
    expect(seen.map((one) => one.url)).toEqual(["/prefix/a/..%2Fb%2F%252e"]);
    expect(await refusalOf(http.send({ ...read, path: ["a", ".."] }, call()))).toMatchObject({ code: "INVALID" });
    expect(seen).toHaveLength(1);
  });
});

describe("a header", () => {
  it.each(["a\r\nx-evil: 1", "a\n", "a\0"])("can't hold %j", async (value) => {
    expect(() => checkHeaders({ "x-name": value })).toThrow("holds a line break or a NUL character");
    const { url, seen } = await serve((res) => json(res, 200, {}));
    const sent = open(url).send({ ...read, headers: { "x-name": value } }, call());
    expect(await refusalOf(sent)).toMatchObject({ code: "INVALID", sent: "no" });
    expect(seen).toHaveLength(0);
  });
});
