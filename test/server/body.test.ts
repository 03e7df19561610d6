import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { RunningServer } from "../../src/server/http.js";
import { openSocket, untilEnd, untilText } from "./raw.js";
import { ask, KEY, post, startToy } from "./toy.js";

let server: RunningServer;
const LIMIT = 200_000;
beforeAll(async () => {
  server = await startToy({ bodyLimit: LIMIT, timeouts: { lingerMs: 50 } });
});
afterAll(() => server.close());

const refusal = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });
const TOO_LARGE = refusal(
  "PAYLOAD_TOO_LARGE",
  `The request body is larger than ${LIMIT} bytes. Send fewer tickets at a time, or raise BODY_LIMIT.`,
);

/** Bytes without a length told before: they travel chunked. */
function chunked(bytes: Uint8Array, times = 1): ReadableStream<Uint8Array> {
  let left = times;
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(bytes);
      else controller.close();
    },
  });
}

async function postChunked(body: ReadableStream): Promise<Response> {
  const headers = { "content-type": "application/json", "x-api-key": KEY };
  // undici sends a stream only with this word, which the types don't know.
  const init: RequestInit & { duplex: "half" } = { method: "POST", headers, body, duplex: "half" };
  return fetch(`${server.url}/graphql`, init);
}

describe("a request body", () => {
  it("is read whole, however it is cut", async () => {
    const bytes = Buffer.from('{"query":"{ hello(name: \\"é🎫\\") }"}');
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await (await postChunked(stream)).json()).toEqual({ data: { hello: "Hello, é🎫!" } });
  });

  it("may be as long as the limit", async () => {
    const query = '{"query":"{ hello }"}';
    expect((await post(server.url, query.padEnd(LIMIT))).status).toBe(200);
    expect((await post(server.url, query.padEnd(LIMIT + 1))).status).toBe(413);
  });

  it("is refused where it says that it is too long", async () => {
    const answer = await post(server.url, "x".repeat(LIMIT + 1));
    expect([answer.status, await answer.json()]).toEqual([413, TOO_LARGE]);
  });

  it("is refused where it turns out to be too long", async () => {
    const answer = await postChunked(chunked(Buffer.alloc(50_000, " "), 5));
    expect([answer.status, await answer.json()]).toEqual([413, TOO_LARGE]);
  });

  it("is cut where the client doesn't stop after the refusal", async () => {
    const socket = await openSocket(server.url);
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\nx-api-key: ${KEY}\r\ncontent-type: application/json\r\n`;
    socket.write(`${head}content-length: 100000000\r\n\r\n`);
    const text = await untilEnd(socket);
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
  });

  it.each([
    ["{foo", /^Invalid JSON in the request body: .*JSON.*\. Send an object such as \{"query": "\{ __typename \}"\}\.$/],
    ['{"query": "{ hello }"', /^Invalid JSON in the request body: /],
    [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), /^The request body is not valid UTF-8\. Send JSON in UTF-8\.$/],
    ["", /^POST body missing, invalid Content-Type, or JSON object has no keys\.$/],
    ["null", /^POST body missing/],
    ['"query"', /^POST body missing/],
    ["{}", /^POST body missing/],
    ['{"query":{}}', /^GraphQL queries must be strings\.$/],
  ])("%j is refused with 400", async (body, message) => {
    const answer = await post(server.url, body);
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { message: string }[] };
    expect(errors[0]?.message).toMatch(message);
  });

  it.each([
    [
      { "content-type": "text/plain" },
      'The request\'s Content-Type is text/plain. Send JSON with the header "Content-Type: application/json".',
    ],
    [{ "content-type": "application/x-www-form-urlencoded" }, /application\/x-www-form-urlencoded/],
    [{ "content-type": "application/jsonp" }, /application\/jsonp/],
    [
      { "content-type": "application/json; charset=latin1" },
      "A request body in the charset latin1 can't be read. Send JSON in UTF-8, not compressed.",
    ],
    [
      { "content-encoding": "gzip" },
      "A request body compressed by gzip can't be read. Send JSON in UTF-8, not compressed.",
    ],
  ])("with %j is refused with 415", async (headers, message) => {
    const answer = await post(server.url, '{"query":"{ hello }"}', headers);
    expect(answer.status).toBe(415);
    const { errors } = (await answer.json()) as { errors: { message: string }[] };
    expect(errors[0]?.message).toMatch(message);
  });

  it.each(["application/json", "Application/JSON;charset=UTF-8", 'application/json; charset="utf-8"'])(
    "of the type %s is read",
    async (type) => {
      expect((await post(server.url, '{"query":"{ hello }"}', { "content-type": type })).status).toBe(200);
    },
  );
});

describe("queries meant to break the server", () => {
  it.each([
    ["ten thousand aliases", `{ ${Array.from({ length: 10_000 }, (_, i) => `a${i}: hello`).join(" ")} }`, 400],
    ["a deep nest of braces", "{a".repeat(50_000), 400],
    ["a deep nest of lists", `{ hello(name: ${"[".repeat(50_000)}${"]".repeat(50_000)}) }`, 400],
    ["a storm of brackets", "(".repeat(100_000), 400],
  ])("%s leave it standing", async (_what, query, status) => {
    const answer = await ask(server.url, query);
    expect(answer.status).toBe(status);
    await answer.text();
    expect((await ask(server.url, "{ hello }")).status).toBe(200);
  });

  it("deeply nested JSON too", async () => {
    const nested = `${"[".repeat(90_000)}${"]".repeat(90_000)}`;
    const answer = await post(
      server.url,
      `{"query":"query($n: String) { hello(name: $n) }","variables":{"n":${nested}}}`,
    );
    expect(answer.status).toBe(400);
    expect((await ask(server.url, "{ hello }")).status).toBe(200);
  });
});

describe("what is no HTTP", () => {
  it("is told so in JSON", async () => {
    const socket = await openSocket(server.url);
    socket.write("NONSENSE\r\n\r\n");
    const text = await untilEnd(socket);
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(text).toContain(
      '{"errors":[{"message":"This is not a valid HTTP request. Check what the client sends.","extensions":{"code":"BAD_REQUEST"}}]}',
    );
  });

  it("and so are headers that are too long", async () => {
    const socket = await openSocket(server.url);
    socket.write(`GET /graphql?query=${"x".repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`);
    const text = await untilEnd(socket);
    expect(text).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
    expect(text).toContain("The request's headers are too long. Send long queries by POST.");
  });

  it("does not disturb requests sent one behind the other", async () => {
    const socket = await openSocket(server.url);
    const request = `GET /graphql?query={hello} HTTP/1.1\r\nhost: x\r\nx-api-key: ${KEY}\r\n\r\n`;
    socket.write(`${request}GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n`);
    const text = await untilText(socket, '{"status":"ok"}');
    expect(text.indexOf("Hello, world!")).toBeGreaterThan(0);
    socket.destroy();
  });
});
