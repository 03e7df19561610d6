import { afterEach, describe, expect, it } from "@jest/globals";
import type { RunningServer } from "../../src/server/http.js";
import { createLogger } from "../../src/server/logger.js";
import { observeHttp } from "../../src/server/observe.js";
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
    const body = JSON.stringify({ query: "query Greet { hello }", operationName: "Greet" });
    await (await post(server.url, body)).text();
    await (await fetch(`${server.url}/secret-path?token=canary`)).text();
    expect(lines()).toEqual([
      {
        level: 30,
        time: expect.any(String),
        method: "POST",
        route: "/graphql",
        status: 200,
        ms: 12.3,
        tenant: "acme",
        key: "backend",
        operation: "Greet",
        msg: "request",
      },
      { level: 30, time: expect.any(String), method: "GET", route: "none", status: 404, ms: 12.3, msg: "request" },
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

describe("observeHttp", () => {
  it("turns what the mechanisms tell into lines that name the connection", () => {
    const { log, lines } = recording("debug");
    const { onCall, onRetry, onWait, onBreaker } = observeHttp(log, "acme-jira");
    onCall({ operation: "issue.bulk", status: 429, ms: 10.26, code: "RATE_LIMITED" });
    onRetry({ operation: "issue.get", attempt: 2, waitMs: 150 });
    onWait({ operation: "issue.get", waitMs: 2000, scope: "connection" });
    onBreaker({ operation: "read", state: "open" });
    const common = { time: expect.any(String), connection: "acme-jira" };
    expect(lines()).toEqual([
      {
        level: 20,
        ...common,
        operation: "issue.bulk",
        status: 429,
        ms: 10.3,
        code: "RATE_LIMITED",
        msg: "vendor call",
      },
      { level: 30, ...common, operation: "issue.get", attempt: 2, waitMs: 150, msg: "vendor call is tried again" },
      {
        level: 30,
        ...common,
        operation: "issue.get",
        waitMs: 2000,
        scope: "connection",
        msg: "waiting for the vendor's limit",
      },
      { level: 40, ...common, operation: "read", state: "open", msg: "circuit breaker" },
    ]);
  });
});
