import { afterEach, describe, expect, it } from "@jest/globals";
import type { RunningServer } from "../../src/server/http.js";
import { createLogger } from "../../src/server/logger.js";
import { openObserver } from "../../src/server/observe.js";
import { KEY, post, startToy } from "./toy.js";

let server: RunningServer | undefined;
afterEach(() => server?.close());

/** A logger, and the lines that it has written. */
function recording(level = "info") {
  const text: string[] = [];
  const log = createLogger(level, { write: (line) => void text.push(line) });
  const lines = () => text.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, lines, text: () => text.join("") };
}

describe("the log of requests", () => {
  it("tells who asked for what, how it ended and how long it took", async () => {
    const { log, lines } = recording();
    let now = 0;
    server = await startToy({ log, now: () => (now += 12.34) });
    const body = JSON.stringify({ query: "query Greet { hello }" });
    const answer = await post(server.url, body, { "x-request-id": "given.by-1_client" });
    await answer.text();
    const lost = await fetch(`${server.url}/secret-path?token=canary`, { headers: { "x-request-id": "not good" } });
    await lost.text();
    expect(answer.headers.get("x-request-id")).toBe("given.by-1_client");
    expect(lost.headers.get("x-request-id")).toMatch(/^[0-9a-f]{12}-[0-9a-z]+$/);
    expect(lines()).toEqual([
      {
        level: 30,
        time: expect.any(String),
        requestId: "given.by-1_client",
        method: "POST",
        route: "/graphql",
        status: 200,
        ms: 12.3,
        tenant: "acme",
        key: "backend",
        operation: "Greet",
        type: "query",
        outcome: "ok",
        msg: "request",
      },
      {
        level: 30,
        time: expect.any(String),
        requestId: lost.headers.get("x-request-id"),
        ...{ method: "GET", route: "none", status: 404, ms: 12.3, msg: "request" },
      },
    ]);
  });

  it("holds no key, query, variable, address or header", async () => {
    const { log, text } = recording("trace");
    server = await startToy({ log });
    const body = JSON.stringify({
      query: "query($canary: String) { hello(name: $canary) }",
      variables: { canary: "canary" },
    });
    await (await post(server.url, body, { "x-canary": "canary", "user-agent": "canary" })).text();
    await (await post(server.url, "{ canary", { "x-api-key": "canary-key" })).text();
    await (await post(server.url, "{ canary")).text();
    await (await fetch(`${server.url}/canary?canary`)).text();
    expect(text()).toMatch(/"status":200.*\n.*"status":401.*\n.*"status":400.*\n.*"status":404/);
    expect(text()).not.toMatch(/canary/);
    expect(text()).not.toContain(KEY);
  });

  it("tells a fault of ours with its stack", async () => {
    const { log, lines } = recording();
    server = await startToy({
      log,
      authenticate: () => {
        throw Object.assign(new Error("broken", { cause: new Error("deeper") }), {
          code: "EWHY",
          request: { secret: "canary" },
        });
      },
    });
    await (await post(server.url, "{}")).text();
    const [fault, request] = lines();
    expect(fault).toMatchObject({
      level: 50,
      route: "/graphql",
      err: { name: "Error", message: "broken", code: "EWHY", cause: { message: "deeper" } },
      msg: "a request failed by a fault of ours",
    });
    expect(JSON.stringify(fault)).not.toContain("canary");
    expect(request).toMatchObject({ level: 50, status: 500, msg: "request" });
  });
});

describe("what the mechanisms tell of a connection", () => {
  it("becomes lines that name it", () => {
    const { log, lines } = recording();
    const { http } = openObserver(log).enter(
      { tenantId: "acme", connectionId: "acme-jira" },
      new URL("https://acme.test"),
    );
    const call = { kind: "write", method: "POST", attempt: 2 } as const;
    http.onCall({ operation: "issue.bulk", ...call, status: 429, ms: 10.26, code: "RATE_LIMITED" });
    http.onRetry({ operation: "issue.get", attempt: 2, waitMs: 150 });
    http.onWait({ operation: "issue.get", waitMs: 2000, scope: "connection" });
    http.onBreaker({ operation: "read", state: "open" });
    const common = { time: expect.any(String), tenant: "acme", connection: "acme-jira" };
    const waited = { operation: "issue.get", waitMs: 2000, scope: "connection" };
    expect(lines()).toEqual([
      {
        level: 30,
        ...common,
        operation: "issue.bulk",
        ...call,
        status: 429,
        ms: 10.3,
        code: "RATE_LIMITED",
        msg: "vendor call",
      },
      { level: 30, ...common, operation: "issue.get", attempt: 2, waitMs: 150, msg: "vendor call is tried again" },
      { level: 30, ...common, ...waited, msg: "waiting for the vendor's limit" },
      { level: 40, ...common, operation: "read", state: "open", msg: "circuit breaker" },
    ]);
  });
});
