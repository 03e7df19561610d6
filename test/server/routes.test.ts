import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { RunningServer } from "../../src/server/http.js";
import { ask, KEY, startToy } from "./toy.js";

let server: RunningServer;
let reason: string | undefined;
let broken = false;
beforeAll(async () => {
  server = await startToy({
    corsOrigins: ["https://studio.apollographql.com"],
    ready: async () => {
      if (broken) throw new Error("the secret of the store");
      return reason;
    },
  });
});
afterAll(() => server.close());

const get = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, { redirect: "manual", ...init });
const refusal = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });

describe("an operation", () => {
  it("is answered by POST", async () => {
    const answer = await ask(server.url, '{ hello(name: "Grüße 🎫") }');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ data: { hello: "Hello, Grüße 🎫!" } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "cache-control": "no-store",
      "content-type": "application/json; charset=utf-8",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    });
  });

  it("is answered with its exact length", async () => {
    const answer = await ask(server.url, '{ hello(name: "🎫") }');
    const bytes = await answer.arrayBuffer();
    expect(answer.headers.get("content-length")).toBe(String(bytes.byteLength));
  });

  it("is answered by GET where it is a query", async () => {
    const answer = await get("/graphql?query={hello}", { headers: { "x-api-key": KEY } });
    expect(await answer.json()).toEqual({ data: { hello: "Hello, world!" } });
  });

  it("is refused by GET where it is a mutation", async () => {
    const answer = await get("/graphql?query=mutation{touch}", { headers: { "x-api-key": KEY } });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
    expect(await answer.json()).toMatchObject({
      errors: [{ message: "GET requests only support query operations, not mutation operations" }],
    });
  });

  it("takes the key as a bearer token too", async () => {
    const answer = await get("/graphql?query={hello}", { headers: { authorization: `Bearer ${KEY}` } });
    expect(answer.status).toBe(200);
  });

  it("is answered with 200 or 400 as the client's Accept wants, where it can't be run", async () => {
    const json = await ask(server.url, "{ nothing }", { accept: "application/json" });
    expect(json.status).toBe(200);
    const modern = await ask(server.url, "{ nothing }", {
      accept: "application/graphql-response+json, application/json;q=0.9",
    });
    expect(modern.status).toBe(400);
    expect(modern.headers.get("content-type")).toBe("application/graphql-response+json; charset=utf-8");
    expect(await modern.json()).toMatchObject({
      errors: [{ message: 'Cannot query field "nothing" on type "Query".' }],
    });
  });

  it("never comes in a batch", async () => {
    const headers = { "content-type": "application/json", "x-api-key": KEY };
    const answer = await get("/graphql", { method: "POST", headers, body: '[{"query":"{hello}"}]' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ message: "Operation batching disabled." }] });
  });
});

describe("a request without a good key", () => {
  const missing = "An API key is missing. Send it in the header X-API-Key, or as Authorization: Bearer.";
  const wrong =
    "This API key is not known here. Check the header X-API-Key (or Authorization: Bearer) for a wrong or outdated key.";

  it.each([
    [{}, missing],
    [{ authorization: "Basic eDp5" }, missing],
    [{ "x-api-key": "wrong" }, wrong],
    [{ authorization: `Bearer ${KEY}x` }, wrong],
  ])("with %j is told what to do", async (headers, message) => {
    for (const init of [{ headers }, { headers, method: "POST", body: "{ this is not read" }]) {
      const answer = await get("/graphql", init);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="ticketgraph"');
      expect(await answer.json()).toEqual(refusal("UNAUTHENTICATED", message));
    }
  });
});

describe("what is not there", () => {
  it("is told in JSON", async () => {
    for (const path of ["/", "/graphql/", "/GRAPHQL", "/etc/passwd", "/graphql%00", "//graphql"]) {
      const answer = await get(path, { headers: { accept: "text/html" } });
      expect(answer.status).toBe(404);
      const message =
        "There is nothing here. The API is at /graphql, files are at /attachments; /healthz and /readyz tell how it is.";
      expect(await answer.json()).toEqual(refusal("NOT_FOUND", message));
    }
  });

  it.each([
    ["/graphql", "PUT", "GET, POST, OPTIONS"],
    ["/graphql", "DELETE", "GET, POST, OPTIONS"],
    ["/healthz", "POST", "GET, HEAD, OPTIONS"],
    ["/readyz", "PATCH", "GET, HEAD, OPTIONS"],
  ])("%s knows no %s", async (path, method, allow) => {
    const answer = await get(path, { method, headers: { "x-api-key": KEY } });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe(allow);
    const message = `The method ${method} is not allowed here. Use one of: ${allow}.`;
    expect(await answer.json()).toEqual(refusal("METHOD_NOT_ALLOWED", message));
  });

  it("has no body for HEAD", async () => {
    const answer = await get("/graphql", { method: "HEAD" });
    expect(answer.status).toBe(405);
    expect(await answer.text()).toBe("");
  });
});

describe("health", () => {
  it("says that the process lives", async () => {
    const answer = await get("/healthz");
    expect([answer.status, await answer.json()]).toEqual([200, { status: "ok" }]);
    expect((await get("/healthz", { method: "HEAD" })).status).toBe(200);
    expect((await get("/healthz?verbose")).status).toBe(200);
    expect((await get("/healthz", { method: "OPTIONS" })).headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });

  it("says whether it can work, and why not", async () => {
    expect([(await get("/readyz")).status, await (await get("/readyz")).json()]).toEqual([200, { status: "ready" }]);
    reason = "The store has not been migrated.";
    const answer = await get("/readyz");
    expect([answer.status, await answer.json()]).toEqual([503, { status: "unavailable", reason }]);
    expect(answer.headers.get("retry-after")).toBe("5");
    reason = undefined;
  });

  it("counts a check that fails as not ready, and tells no more", async () => {
    broken = true;
    const answer = await get("/readyz");
    const told = { status: "unavailable", reason: "The readiness check itself failed; the log says why." };
    expect([answer.status, await answer.json()]).toEqual([503, told]);
    broken = false;
  });
});

describe("pages of other origins", () => {
  const preflight = (origin: string) =>
    get("/graphql", {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-api-key",
        "access-control-request-private-network": "true",
      },
    });

  it("may call where they are listed", async () => {
    const answer = await preflight("https://studio.apollographql.com");
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      allow: "GET, POST, OPTIONS",
      vary: "Origin",
      "access-control-allow-origin": "https://studio.apollographql.com",
      "access-control-allow-methods": "GET, POST, OPTIONS",
      "access-control-allow-headers": "content-type,x-api-key",
      "access-control-allow-private-network": "true",
      "access-control-max-age": "600",
    });
  });

  it("may read every answer, refusals too", async () => {
    const origin = "https://studio.apollographql.com";
    for (const headers of [new Headers({ origin }), new Headers({ origin, "x-api-key": KEY })]) {
      const answer = await get("/graphql?query={hello}", { headers });
      expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    }
  });

  it.each(["https://evil.example", "https://studio.apollographql.com.evil.example", "null"])(
    "such as %s may not",
    async (origin) => {
      const asked = await preflight(origin);
      expect(asked.status).toBe(204);
      for (const answer of [asked, await ask(server.url, "{ hello }", { origin })])
        for (const [name] of answer.headers) expect(name).not.toMatch(/^access-control/);
    },
  );

  it("may not read by a form or an image, which set no header of their own", async () => {
    const form = await get("/graphql", {
      method: "POST",
      headers: { "content-type": "text/plain", "x-api-key": KEY },
      body: '{"query":"{hello}"}',
    });
    expect(form.status).toBe(415);
  });
});
