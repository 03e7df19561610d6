import { describe, expect, it } from "@jest/globals";
import { lastUsed } from "../../src/connectors/last-used.js";

describe("what was used last", () => {
  it("is kept, and what wasn't goes when there are too many", () => {
    const kept = lastUsed<string, { readonly n: number }>(3);
    for (const n of [1, 2, 3]) kept.set(`${n}`, { n });
    kept.get("1");
    kept.set("4", { n: 4 });
    expect([...kept.keys()].sort()).toEqual(["1", "3", "4"]);
    for (let n = 0; n < 100; n += 1) kept.set(`more ${n % 7}`, { n });
    expect(kept.size).toBe(3);
  });

  it("is kept for as long as was said", async () => {
    const [long, short] = [600_000, 20].map((ttl) => lastUsed<string, true>(3, ttl).set("a", true));
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect([long?.get("a"), short?.get("a")]).toEqual([true, undefined]);
  });

  it("takes room for what it holds, and not for what it may hold", () => {
    const before = process.memoryUsage();
    const all = Array.from({ length: 100 }, () => lastUsed<string, true>(50_000));
    const after = process.memoryUsage();
    expect(after.heapUsed - before.heapUsed + after.external - before.external).toBeLessThan(5_000_000);
    expect(all).toHaveLength(100);
  });
});
