import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { readLimit, readPace } from "../../../src/connectors/jira/faults.js";
import type { Headers } from "../../../src/http/http.js";
import { openTestJira } from "./support.js";

describe("A Jira that can't answer", () => {
  it.each([
    [{ kind: "status", status: 503 }, "UNAVAILABLE"],
    [{ kind: "hang" }, "TIMEOUT"],
    [{ kind: "429", retryAfter: 60 }, "RATE_LIMITED"],
  ] as const)("%j is told as %s, without markup", async (fault, code) => {
    const { jira, connection } = await openTestJira({ http: { timeoutMs: 1_500 } });
    jira.faults.add(fault);
    const told = await connection.ticket("10001").then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(told).toMatchObject({ code, message: expect.stringMatching(/^[^<>{}]+$/) as unknown as string });
    expect(jira.calls.length).toBeGreaterThan(0);
  });
});

describe("Jira's words on limits", () => {
  const now = Date.parse("2026-03-01T10:00:00Z");
  beforeEach(() => void jest.useFakeTimers({ now }));
  afterEach(() => void jest.useRealTimers());

  it.each([
    [429, { "retry-after": "7" }, { waitMs: 7_000, scope: "endpoint" }],
    [429, { "retry-after": "Sun, 01 Mar 2026 10:00:09 GMT" }, { waitMs: 9_000, scope: "endpoint" }],
    [429, { "x-ratelimit-reset": "2026-03-01T10:00:30Z" }, { waitMs: 30_000, scope: "endpoint" }],
    [429, {}, { waitMs: 2_000, scope: "endpoint" }],
    [
      429,
      { "retry-after": "5", "ratelimit-reason": "jira-quota-tenant-based" },
      { waitMs: 5_000, scope: "connection" },
    ],
    [429, { "retry-after": "5", "ratelimit-reason": "jira-per-issue-on-write" }, { waitMs: 5_000, scope: "item" }],
    [503, { "retry-after": "5" }, { waitMs: 5_000, scope: "endpoint" }],
    [503, {}, undefined],
    [200, {}, undefined],
    [200, { "x-ratelimit-remaining": "3", "x-ratelimit-reset": "2026-03-01T10:00:30Z" }, undefined],
    [
      200,
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-03-01T10:00:30Z" },
      { waitMs: 30_000, scope: "endpoint" },
    ],
    [
      200,
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-03-01T12:00Z" },
      { waitMs: 60_000, scope: "endpoint" },
    ],
    [200, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-03-01T10:00Z" }, undefined],
    [200, { "x-ratelimit-remaining": "0" }, undefined],
  ] as const)("status %s with %j", (status, headers, limit) => {
    expect(readLimit(status, headers as Headers)).toEqual(limit);
  });
});

describe("what Jira says of an endpoint's rate", () => {
  it.each([
    [
      { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "37" },
      { perSecond: 100, remaining: 37 },
    ],
    [
      { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "0" },
      { perSecond: 100, remaining: 0 },
    ],
    // An hour's quota is no rate.
    [{ "x-ratelimit-limit": "65000", "x-ratelimit-remaining": "64000" }, undefined],
    [{ "x-ratelimit-limit": "many", "x-ratelimit-remaining": "37" }, undefined],
    [{ "x-ratelimit-limit": "100" }, undefined],
    [{}, undefined],
  ])("in %j", (headers, pace) => {
    expect(readPace(headers as Headers)).toEqual(pace);
  });
});
