import { describe, expect, it } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { VERSION_FLOORS } from "./version-floors.js";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
}
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const lock = JSON.parse(await readFile("package-lock.json", "utf8")) as { packages: Readonly<Record<string, Locked>> };
const manifest = JSON.parse(await readFile("package.json", "utf8")) as Manifest;
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

/** Packages that are older than what their major version is mended by, or of a major version that nobody mends. */
function tooOld(locked: readonly (readonly [string, Locked])[]): string[] {
  return VERSION_FLOORS.flatMap(({ name, atLeast, advisories }) =>
    locked
      .filter(([path]) => path.endsWith(`node_modules/${name}`))
      .flatMap(([path, { version = "" }]) =>
        isMended(version, atLeast) ? [] : [`${path} is ${version}: ${advisories.join(", ")}`],
      ),
  );
}

function isMended(version: string, floors: readonly string[]): boolean {
  const found = numbers(version);
  const newest = Math.max(...floors.map((floor) => numbers(floor)[0] ?? 0));
  if ((found[0] ?? 0) > newest) return true;
  const floor = floors.map(numbers).find(([major]) => major === found[0]);
  // A pre-release comes before what it is a pre-release of.
  return floor !== undefined && !version.includes("-") && compare(found, floor) >= 0;
}

function numbers(version: string): number[] {
  return version.split("-", 1)[0]?.split(".").map(Number) ?? [];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const [first = 0] = a.map((part, n) => part - (b[n] ?? 0)).filter((difference) => difference !== 0);
  return first;
}

describe("what the gateway is built of", () => {
  it("has no version with a known hole", () => {
    expect(tooOld(packages)).toEqual([]);
    for (const { name } of VERSION_FLOORS)
      expect([name, packages.some(([path]) => path === `node_modules/${name}`)]).toEqual([name, true]);
  });

  it("would be told if it had", () => {
    const old = (path: string, version: string) => tooOld([[path, { version }]]).length;
    const found = ["6.99.0", "7.23.9", "7.24.0", "8.4.9", "8.5.0", "8.5.0-rc.1", "9.0.0"].map((v) =>
      old("node_modules/undici", v),
    );
    expect(found).toEqual([1, 1, 0, 1, 0, 1, 0]);
    expect(old("node_modules/a/node_modules/@apollo/server", "5.4.9")).toBe(1);
  });

  it("comes from a registry, and each package is what it was when it was locked", () => {
    const elsewhere = packages.filter(
      ([, { resolved, link }]) =>
        link || (resolved !== undefined && !/^https:\/\/registry\.npmjs\.org\/.+\.tgz$/.test(resolved)),
    );
    expect(elsewhere).toEqual([]);
    expect(packages.filter(([, { integrity, inBundle }]) => !inBundle && !/^sha512-/.test(integrity ?? ""))).toEqual(
      [],
    );
  });

  it("is named by exact versions, never by a range, an address or a folder", () => {
    const named = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.entries(named).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});
