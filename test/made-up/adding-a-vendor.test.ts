import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { describeConformance } from "../conformance/contract.js";
import { pocketdesk } from "./subject.js";

const guide = readFileSync(new URL("../../docs/adding-a-vendor.md", import.meta.url), "utf8");
const shown = [...guide.matchAll(/<!-- (\S+) -->\n\n```ts\n([\s\S]*?)```/g)].map(([, file = "", code = ""]) => ({
  file,
  code,
}));

describe("the guide to adding a vendor", () => {
  it.each(shown)("shows $file as it is tried here", ({ file, code }) => {
    const tried = readFileSync(new URL(`pocketdesk/${file}`, import.meta.url), "utf8");
    // In its place the vendor is two folders nearer.
    const inPlace = tried.replaceAll("../../../src/connectors/", "../").replaceAll("../../../src/", "../../");
    expect(code).toBe(inPlace);
  });

  it("shows all of it", () => {
    expect(shown.map(({ file }) => file)).toEqual(["index.ts", "wire.ts", "map.ts", "connector.ts"]);
  });
});

describeConformance(pocketdesk);
