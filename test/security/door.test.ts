import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { connect } from "node:net";
import { startToy, toySchema, ask, post, KEY } from "../server/toy.js";
import type { RunningServer } from "../../src/server/http.js";
import { list, PAGE_MAX } from "../../src/operations/listing.js";
import { startTestApp } from "../support/app.js";

const PAGES = "https://pages.example";
let server: RunningServer;
let touched = 0;
beforeAll(async () => {
  server = await startToy({
    schema: toySchema("type Query { hello: String! } type Mutation { touch: String! }", {
      hello: () => "Hello",
      touch: () => `touched ${(touched += 1)}`,
    }),
    corsOrigins: [PAGES],
    isHttps: true,
    timeouts: { headersMs: 300, requestMs: 600 },
  });
});
afterAll(() => server.close());
const get = (search: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/graphql?${search}`, { headers: { "x-api-key": KEY, ...headers } });

describe("the door", () => {
  it("takes one operation at a time", async () => {
    const answer = await post(server.url, JSON.stringify([{ query: "{ hello }" }, { query: "{ hello }" }]));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      errors: [{ message: expect.stringContaining("batching"), extensions: { code: "BAD_REQUEST" } }],
    });
  });

  it("changes nothing by GET", async () => {
    const answer = await get(`query=${encodeURIComponent("mutation { touch }")}`);
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
    expect(touched).toBe(0);
  });

  it("takes no request that a page can make without asking first", async () => {
    const query = '{"query":"mutation { touch }"}';
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
      expect((await post(server.url, query, { "content-type": type })).status).toBe(415);
    // A request without a key is a stranger's, so only what a browser sets by itself could carry one: nothing does.
    expect(
      (await fetch(`${server.url}/graphql?query={hello}`, { headers: { cookie: `x-api-key=${KEY}` } })).status,
    ).toBe(401);
    expect(touched).toBe(0);
  });

  it("lets pages of listed origins read, and no others", async () => {
    const origin = async (name: string): Promise<string | null> =>
      (await ask(server.url, "{ hello }", { origin: name })).headers.get("access-control-allow-origin");
    expect(await origin(PAGES)).toBe(PAGES);
    for (const other of ["https://evil.example", "null", `${PAGES}.evil.example`, "http://pages.example"])
      expect(await origin(other)).toBeNull();
    const preflight = async (name: string): Promise<Headers> =>
      (
        await fetch(`${server.url}/graphql`, {
          method: "OPTIONS",
          headers: {
            origin: name,
            "access-control-request-method": "POST",
            "access-control-request-headers": "x-api-key",
          },
        })
      ).headers;
    expect((await preflight(PAGES)).get("access-control-allow-methods")).toBe("GET, POST, OPTIONS");
    expect((await preflight("https://evil.example")).get("access-control-allow-methods")).toBeNull();
    expect((await preflight(PAGES)).get("access-control-allow-credentials")).toBeNull();
  });

  it.each(["/graphql?query={hello}", "/graphql?query={", "/healthz", "/nowhere", "/attachments/x"])(
    "sends what keeps browsers from misusing the answer: %s",
    async (path) => {
      const { headers } = await fetch(`${server.url}${path}`, { headers: { "x-api-key": KEY } });
      expect(Object.fromEntries(headers)).toMatchObject({
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "strict-transport-security": "max-age=31536000",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cache-control": "no-store",
      });
      expect(headers.get("x-powered-by")).toBeNull();
    },
  );

  it("speaks of HTTPS only where it is reached by it", async () => {
    const plain = await startToy();
    expect((await ask(plain.url, "{ hello }")).headers.get("strict-transport-security")).toBeNull();
    await plain.close();
  });
});

describe("a client that sends byte by byte", () => {
  /** What a slow client is answered, and after how long its connection is cut. */
  const dribble = (head: string): Promise<{ readonly answer: string; readonly ms: number }> =>
    new Promise((resolve) => {
      const { port } = new URL(server.url);
      const start = performance.now();
      let answer = "";
      const socket = connect(Number(port), "127.0.0.1", () => socket.write(head));
      const drip = setInterval(() => socket.writable && socket.write("x"), 50);
      socket.on("data", (chunk) => (answer += chunk.toString()));
      socket.on("error", () => {});
      socket.on("close", () => {
        clearInterval(drip);
        resolve({ answer, ms: performance.now() - start });
      });
    });

  it("of its headers is cut off", async () => {
    const { answer } = await dribble("POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: ");
    expect(answer).toContain("408 Request Timeout");
    expect(answer).toContain('"code":"REQUEST_TIMEOUT"');
  });

  it("of its body is cut off", async () => {
    const { answer } = await dribble(
      `POST /graphql HTTP/1.1\r\nhost: x\r\nx-api-key: ${KEY}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{`,
    );
    expect(answer).toContain("408 Request Timeout");
  });

  it("keeps nobody else waiting", async () => {
    const slow = Array.from({ length: 50 }, () => dribble("POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: "));
    expect((await ask(server.url, "{ hello }")).status).toBe(200);
    expect(await Promise.all(slow)).toHaveLength(50);
  });
});

describe("a page", () => {
  it("has 1 to 100 items, whatever it is a page of", async () => {
    const test = await startTestApp();
    const plat = 'project: { vendorId: "PLAT" }';
    const nested = (field: string): string =>
      `node(id: $id) { ... on Ticket { ${field} { pageInfo { hasNextPage } } } }`;
    const { data } = await test.query('{ searchTickets(query: "project = PLAT", first: 1) { nodes { id } } }');
    const id = data.searchTickets.nodes[0].id;
    const pages = (first: number): readonly string[] => [
      ...["projects", "tickets", "bulkJobs", "deliveries"].map((name) => `${name}(first: ${first}) { totalCount }`),
      ...["issueTypes", "assignableUsers"].map((name) => `${name}(${plat}, first: ${first}) { totalCount }`),
      `searchTickets(query: "project = PLAT", first: ${first}) { totalCount }`,
      nested(`comments(first: ${first})`),
      nested(`children(first: ${first})`),
      `connections { projects(first: ${first}) { totalCount } }`,
    ];
    for (const first of [0, -1, PAGE_MAX + 1])
      for (const page of pages(first)) {
        const { errors } = await test.query(`query ($id: ID!) { node(id: $id) { id } ${page} }`, { id });
        expect(errors?.[0]).toMatchObject({
          message: `\`first\` must be 1 to 100; ${first} was given.`,
          extensions: { code: "BAD_USER_INPUT" },
        });
      }
    const ids = Array.from({ length: 101 }, () => "x");
    expect((await test.query("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids })).errors?.[0]?.message).toBe(
      "nodes takes at most 100 ids; 101 were given.",
    );
    await test.close();
  });

  it("is asked for by one function", async () => {
    await expect(list({ first: 101 }, () => Promise.reject(new Error("asked")))).rejects.toThrow(
      "`first` must be 1 to 100",
    );
  });
});
