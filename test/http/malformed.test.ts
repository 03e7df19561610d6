import { describe, expect, it } from "@jest/globals";
import { call, json, open, read, refusalOf, serve, serveTcp, write } from "./support.js";

/** A server that says the same bytes to whoever asks, and counts how often it was asked. */
async function parrot(text: string) {
  const count = { asked: 0 };
  const url = await serveTcp((socket) =>
    socket.on("data", () => {
      count.asked += 1;
      socket.write(text);
    }),
  );
  return { url, count };
}

describe("an answer that breaks HTTP's own rules", () => {
  it.each([
    ["headers without end", `HTTP/1.1 200 OK\r\nx-canary: ${"a".repeat(100_000)}\r\n\r\n`],
    ["a length that is no number", "HTTP/1.1 200 OK\r\ncontent-length: canary\r\n\r\n{}"],
    ["a negative length", "HTTP/1.1 200 OK\r\ncontent-length: -1\r\nx: canary\r\n\r\n{}"],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\nx: canary\r\n\r\n{}"],
    ["a chunk of no size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\ncanary\r\n"],
  ])("(%s) leaves a write in doubt, is not repeated, and is not quoted", async (_what, text) => {
    const { url, count } = await parrot(text);
    const error = await refusalOf(open(url, { options: { timeoutMs: 2_000 } }).send(write, call()));
    expect(error).toMatchObject({ code: "UNAVAILABLE", sent: "maybe" });
    expect(error.message).not.toContain("canary");
    expect(count.asked).toBe(1);
  });

  it("by being empty is BAD_RESPONSE where a body is needed", async () => {
    const { url } = await serve((res) => void res.writeHead(200).end());
    const parse = (body: unknown): unknown => (body as { readonly id: string }).id;
    const error = await refusalOf(open(url).send({ ...write, parse }, call()));
    expect(error).toMatchObject({ code: "BAD_RESPONSE", sent: "maybe", info: { status: 200 } });
  });
});

describe("a read", () => {
  it("goes again after the connection was reset", async () => {
    const { url, seen } = await serve((res, _seen, count) =>
      count < 3 ? void res.socket?.resetAndDestroy() : json(res, 200, { count }),
    );
    expect(await open(url, { random: () => 0 }).send(read, call())).toEqual({ count: 3 });
    expect(seen).toHaveLength(3);
  });

  it("does not wait for a moment beyond its deadline", async () => {
    const { url, seen } = await serve((res) => json(res, 429, {}, { "retry-after": "3600" }));
    const error = await refusalOf(open(url).send(read, call()));
    expect(error).toMatchObject({ code: "RATE_LIMITED", info: { status: 429, retryAfterMs: 3_600_000 } });
    expect(seen).toHaveLength(1);
  });
});
