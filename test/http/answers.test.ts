import { gzipSync, brotliCompressSync, deflateSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { call, json, open, read, refusalOf, serve, write } from "./support.js";

const SECRET = "<html><body>Sign in, canary-7f3a</body></html>";

describe("an answer", () => {
  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ] as const)("is inflated (%s)", async (encoding, pack) => {
    const { url } = await serve((res) => {
      res.writeHead(200, { "content-encoding": encoding }).end(pack(JSON.stringify({ text: "Ünïcode 🎉" })));
    });
    expect(await open(url).send(read, call())).toEqual({ text: "Ünïcode 🎉" });
  });

  it("is read as JSON whatever type it claims, with a byte order mark or without", async () => {
    const { url } = await serve((res) => {
      res.writeHead(200, { "content-type": "text/html" }).end(`\ufeff{"a":1}`);
    });
    expect(await open(url).send(read, call())).toEqual({ a: 1 });
  });

  it("may be empty where the parser takes that", async () => {
    const { url } = await serve((res) => void res.writeHead(204).end());
    expect(await open(url).send({ ...write, parse: (body) => body ?? "none" }, call())).toBe("none");
  });

  it.each([
    ["HTML with status 200", 200, SECRET],
    ["cut JSON", 200, `{"canary-7f3a": [1, 2`],
    ["a text", 201, "canary-7f3a"],
  ])("that is %s is BAD_RESPONSE, and nothing of it is told", async (_what, status, text) => {
    const { url } = await serve((res) => void res.writeHead(status).end(text));
    for (const request of [read, write]) {
      const error = await refusalOf(open(url).send(request, call()));
      expect(error).toMatchObject({ code: "BAD_RESPONSE", sent: "maybe", info: { status } });
      expect(error.message).toContain("isn't JSON");
      expect(JSON.stringify(error) + error.stack).not.toContain("canary-7f3a");
    }
  });

  it("of another shape than the parser wants is BAD_RESPONSE: a write may have happened", async () => {
    const { url } = await serve((res) => json(res, 200, { canary: "7f3a" }));
    const parse = (): never => {
      throw new Error("no id in it");
    };
    const error = await refusalOf(open(url).send({ ...write, parse }, call()));
    expect(error).toMatchObject({ code: "BAD_RESPONSE", sent: "maybe" });
    expect(error.message).toContain("an unexpected shape");
  });

  it("that redirects is not followed, and the credentials go nowhere", async () => {
    const thief = await serve((res) => json(res, 200, {}));
    const { url } = await serve((res) => void res.writeHead(302, { location: `${thief.url}/steal` }).end());
    const error = await refusalOf(open(url).send(write, call()));
    expect(error).toMatchObject({ code: "BAD_RESPONSE", sent: "maybe", info: { status: 302 } });
    expect(error.message).toContain("Check the connection's base URL.");
    expect(thief.seen).toHaveLength(0);
  });

  it.each([400, 401, 403, 404, 409, 413, 415, 422, 429])("with status %s surely did nothing", async (status) => {
    const { url } = await serve((res) => json(res, status, {}, { "retry-after": "60" }));
    expect(await refusalOf(open(url).send(write, call()))).toMatchObject({ sent: "no", info: { status } });
  });

  it.each([408, 500, 502, 503, 504])(
    "with status %s to a write may have done it, and is not asked again",
    async (status) => {
      const { url, seen } = await serve((res) => void res.writeHead(status).end(SECRET));
      const error = await refusalOf(open(url).send(write, call()));
      expect(error).toMatchObject({ sent: "maybe", info: { status } });
      expect(error.message).not.toContain("canary");
      expect(seen).toHaveLength(1);
    },
  );

  it("beyond the limit is not read, however small it came", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const { url } = await serve((res) => void res.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    const before = process.memoryUsage().arrayBuffers;
    const error = await refusalOf(open(url, { options: { maxBytes: 1_000_000 } }).send(read, call()));
    expect(error.code).toBe("BAD_RESPONSE");
    expect(error.message).toContain("larger than 1 MB");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it("that can't be inflated frees its socket", async () => {
    const { url } = await serve((res, { url: path }) => {
      if (path === "/good") return json(res, 200, { ok: true });
      res.writeHead(200, { "content-encoding": "gzip" });
      res.write("this is not gzip");
    });
    const http = open(url, { options: { connections: 1, concurrency: 10 } });
    const error = await refusalOf(http.send(write, call()));
    expect(error).toMatchObject({ code: "BAD_RESPONSE", sent: "maybe" });
    expect(error.message).toContain("can't be unpacked");
    expect(await http.send({ ...read, path: ["good"] }, call())).toEqual({ ok: true });
  });
});
