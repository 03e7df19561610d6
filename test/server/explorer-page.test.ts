import { gunzipSync } from "node:zlib";
import { get } from "node:http";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { RunningServer } from "../../src/server/http.js";
import { KEY, startToy } from "./toy.js";

const PAGE = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

/** As a browser gets it: not unzipped. */
async function open(url: string, headers: Readonly<Record<string, string>>) {
  const [answer] = (await once(get(url, { headers, agent: false }), "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
}

describe("GraphiQL's page", () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startToy({ explorer: { kind: "graphiql", sampleQuery: "{ hello } # sample" } });
  });
  afterAll(() => server.close());

  it("comes compressed, with a policy that lets nothing in from elsewhere", async () => {
    const { status, headers, body } = await open(`${server.url}/graphql`, { ...PAGE, "accept-encoding": "gzip, br" });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-encoding": "gzip",
      "content-type": "text/html; charset=utf-8",
      vary: "Accept, Accept-Encoding",
    });
    expect(headers["content-length"]).toBe(String(body.length));
    expect(body.length).toBeLessThan(4_000_000);
    expect(headers["content-security-policy"]).toMatch(
      /^default-src 'none'; script-src 'sha256-[^ ;]+' 'sha256-[^ ;]+'; worker-src blob:; connect-src 'self'; .*; frame-ancestors 'none'$/,
    );
    const html = gunzipSync(body).toString();
    expect(html).toContain("{ hello } # sample");
    expect(html).toContain("put your API key here");
  });

  it("comes plain to whoever can't unzip", async () => {
    const { headers, body } = await open(`${server.url}/graphql`, { ...PAGE, "accept-encoding": "gzip;q=0" });
    expect(headers["content-encoding"]).toBeUndefined();
    expect(body.toString()).toContain("</html>");
  });

  it("is not sent again to whoever has it", async () => {
    const { headers } = await open(`${server.url}/graphql`, { ...PAGE, "accept-encoding": "gzip" });
    const again = await open(`${server.url}/graphql`, { ...PAGE, "if-none-match": String(headers.etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it("is what a browser at / is led to, and what HEAD tells of", async () => {
    const root = await fetch(`${server.url}/`, { headers: PAGE, redirect: "manual" });
    expect([root.status, root.headers.get("location")]).toEqual([302, "/graphql"]);
    const head = await fetch(`${server.url}/graphql`, { method: "HEAD", headers: PAGE });
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([
      200,
      "text/html; charset=utf-8",
      "",
    ]);
  });

  it("does not stand in the way of clients", async () => {
    for (const accept of ["*/*", "application/json", "text/html, application/json"]) {
      const answer = await fetch(`${server.url}/graphql?query={hello}`, { headers: { accept, "x-api-key": KEY } });
      expect(await answer.json()).toEqual({ data: { hello: "Hello, world!" } });
    }
  });
});

describe("Apollo Sandbox's page", () => {
  let server: RunningServer;
  beforeAll(async () => {
    const sampleQuery = "{ hello } # </script><script>alert(1)</script>";
    server = await startToy({ explorer: { kind: "apollo", sampleQuery, headers: { "X-API-Key": KEY } } });
  });
  afterAll(() => server.close());

  it("lets in Apollo's script and frame, and nothing else", async () => {
    const { headers, body } = await open(`${server.url}/graphql`, PAGE);
    const policy = String(headers["content-security-policy"]);
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      expect.stringMatching(
        /^script-src 'sha256-[^ ]+' https:\/\/embeddable-sandbox\.cdn\.apollographql\.com\/_latest\/embeddable-sandbox\.umd\.production\.min\.js$/,
      ),
      "frame-src https://sandbox.embed.apollographql.com",
      "connect-src 'self'",
      "style-src 'unsafe-inline'",
      "img-src 'self' data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    const html = body.toString();
    expect(html).toContain(`"headers":{"X-API-Key":"${KEY}"}`);
    expect(html).toContain("start the server with EXPLORER=graphiql");
  });

  it("can't be broken out of by a sample query", async () => {
    const { body } = await open(`${server.url}/graphql`, PAGE);
    expect(body.toString()).not.toContain("<script>alert");
    expect(body.toString()).toContain("\\u003c/script>\\u003cscript>alert(1)");
  });
});

describe("without an explorer", () => {
  it("a browser is told that it needs a key, in JSON", async () => {
    const server = await startToy();
    const { status, headers } = await open(`${server.url}/graphql`, PAGE);
    expect([status, headers["content-type"]]).toEqual([401, "application/json; charset=utf-8"]);
    expect((await open(`${server.url}/`, PAGE)).status).toBe(404);
    await server.close();
  });
});
