import { describe, expect, it } from "@jest/globals";
import type { Headers } from "../../src/http/http.js";
import { retryAfter, undocumentedLimit } from "../../src/connectors/retry-after.js";

describe("Retry-After", () => {
  it("is read as seconds and as a date, and as nothing where it is neither", () => {
    expect(retryAfter({ "retry-after": "1.5" })).toBe(1_500);
    expect(retryAfter({ "retry-after": new Date(Date.now() + 60_000).toUTCString() })).toBeGreaterThan(50_000);
    expect(retryAfter({ "retry-after": new Date(Date.now() - 60_000).toUTCString() })).toBe(0);
    for (const headers of [{ "retry-after": "soon" }, { "retry-after": "" }, {}] as Headers[])
      expect(retryAfter(headers)).toBeUndefined();
  });

  it("makes a limit of a 429, and of a 503 that has it", () => {
    expect(undocumentedLimit(429, {})).toEqual({ waitMs: 2_000, scope: "connection" });
    expect(undocumentedLimit(503, { "retry-after": "7" })).toEqual({ waitMs: 7_000, scope: "connection" });
    expect(undocumentedLimit(503, {})).toBeUndefined();
    expect(undocumentedLimit(200, { "retry-after": "7" })).toBeUndefined();
  });
});
