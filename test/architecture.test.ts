import { describe, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { VENDORS } from "../src/connectors/registry.js";
import { arrowsOfPicture, importsBetweenRooms, withoutShortcuts } from "./support/rooms.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));
const sources = files.filter((file) => /^src\/(?!.*\/generated\/).*\.ts$/.test(file));
const read = (file: string): string => readFileSync(join(root, file), "utf8");

describe("the house", () => {
  it("has no file of more than 300 lines", () => {
    const large = sources.filter((file) => read(file).split("\n").length > 300);
    expect(large).toEqual([]);
  });

  it("is made of files that hold one thought: half of them at most 80 lines", () => {
    const lengths = sources.map((file) => read(file).split("\n").length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80);
  });

  it("names a vendor only in the vendor's own folder, in the list of vendors and in the demo", () => {
    const naming = sources.filter(
      (file) => !/^src\/(connectors\/[^/]+\/|connectors\/vendors\.ts|sandbox\/|demo\.ts|sample-query\.ts)/.test(file),
    );
    const words = VENDORS.flatMap(({ name, label }) => [name, label]).join("|");
    const asIf = naming.filter((file) => new RegExp(`(===|!==|case)\\s*"(${words})"`).test(read(file)));
    expect(asIf).toEqual([]);
  });

  it("is drawn in docs/architecture.md as it is: no arrow without an import, no import without an arrow", () => {
    const drawn = arrowsOfPicture(read("docs/architecture.md"));
    const real = withoutShortcuts(importsBetweenRooms(sources, read));
    expect([...drawn].sort()).toEqual([...real].sort());
  });

  it("has only links that lead somewhere in its documents", () => {
    const broken = files
      .filter((file) => file.endsWith(".md"))
      .flatMap((file) =>
        [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
          .map(([, target = ""]) => target)
          .filter((target) => !existsSync(join(root, dirname(file), target)))
          .map((target) => `${file}: ${target}`),
      );
    expect(broken).toEqual([]);
  });
});
