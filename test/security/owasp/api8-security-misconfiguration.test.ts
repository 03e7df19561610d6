import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { KEY, startTestApp, type TestApp } from "../../support/app.js";
import { post } from "../../support/post.js";

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const send = (path: string, init: RequestInit = {}) =>
  fetch(test.app.url + path, { ...init, headers: { "x-api-key": KEY, ...init.headers } });

describe("a gateway that nobody has configured beyond its tenants", () => {
  it.each(["/graphql", "/healthz", "/nowhere", "/attachments/x"])(
    "tells nothing of what it is made of, and lets nothing be framed, sniffed or kept: %s",
    async (path) => {
      const { headers } = await send(path);
      expect(headers.get("x-powered-by") ?? headers.get("server")).toBeNull();
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("set-cookie")).toBeNull();
    },
  );

  it("lets no page of another origin read or write", async () => {
    const origin = { origin: "https://evil.example" };
    const preflight = await fetch(`${test.app.url}/graphql`, {
      method: "OPTIONS",
      headers: { ...origin, "access-control-request-method": "POST", "access-control-request-headers": "x-api-key" },
    });
    expect([...preflight.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    const answer = await post(test, "{ __typename }", {}, { "x-api-key": KEY, ...origin });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    const form = await send("/graphql", {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    expect(form.status).toBe(415);
  });

  it("shows no page to try it out, and no batches, traces or other methods", async () => {
    expect((await send("/graphql", { headers: { accept: "text/html" } })).headers.get("content-type")).toContain(
      "json",
    );
    for (const method of ["PUT", "DELETE", "PATCH", "PROPFIND"])
      expect([method, (await send("/graphql", { method })).status]).toEqual([method, 405]);
    const batch = await send("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }]),
    });
    expect(batch.status).toBe(400);
  });

  it("shows its schema to those who may read, and to nobody else", async () => {
    const query = "{ __schema { queryType { name } } }";
    expect((await post(test, query)).body.data).toBeDefined();
    expect((await post(test, query, {}, {})).status).toBe(401);
  });

  it("tells of a fault what to do, and nothing of where in the code it was", async () => {
    const broken = ["{", "{ nothing }", '{ ticket(id: "x") { nope } }', "query ($a: Int!) { __typename }"];
    const answers = await Promise.all(broken.map((query) => post(test, query)));
    test.jira.faults.add({ kind: "html-200", times: 1 });
    answers.push(await post(test, '{ searchTickets(query: "project = PLAT") { nodes { name } } }'));
    test.jira.faults.clear();
    for (const { status, body } of answers) {
      expect(status).toBeLessThan(500);
      expect(JSON.stringify(body)).not.toMatch(/stacktrace|node_modules|\bat .*:\d+:\d+|\/src\/|<html|<form/i);
    }
  });
});
