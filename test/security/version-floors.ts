/** The oldest version of a package that may stand in package-lock.json, and what was wrong before it. */
interface VersionFloor {
  readonly name: string;
  /** By major version, where several are still mended. */
  readonly atLeast: readonly string[];
  readonly advisories: readonly string[];
  readonly reason: string;
}

/** Whoever learns of an advisory that matters here adds it. */
export const VERSION_FLOORS: readonly VersionFloor[] = [
  {
    name: "@apollo/server",
    atLeast: ["5.5.0"],
    advisories: ["CVE-2026-23897", "GHSA-9q82-xgwf-vj6h"],
    reason:
      "A crafted body stopped the server (mended in 5.4.0); other sites could find out what a query answers (5.5.0).",
  },
  {
    name: "undici",
    atLeast: ["7.24.0", "8.5.0"],
    advisories: [
      ...["CVE-2026-1525", "CVE-2026-1526", "CVE-2026-1527", "CVE-2026-1528", "CVE-2026-2229", "CVE-2026-2581"],
      "CVE-2026-9675",
    ],
    reason:
      "A doubled content-length, and line breaks in `upgrade`, smuggled requests; answers could use up the memory.",
  },
];
