import { setImmediate, setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { RunningServer } from "../../src/server/http.js";
import type { ServerOptions } from "../../src/server/server-options.js";
import { openSocket, untilEnd, untilText } from "./raw.js";
import { ask, KEY, startToy, toySchema } from "./toy.js";

const running: RunningServer[] = [];
async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startToy(options);
  running.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** A schema whose `slow` waits until it is let go. */
function gated() {
  const begun = Promise.withResolvers<undefined>();
  const gate = Promise.withResolvers<undefined>();
  const finished = Promise.withResolvers<undefined>();
  const slow = async () => {
    begun.resolve(undefined);
    await gate.promise;
    finished.resolve(undefined);
    return "done";
  };
  const schema = toySchema("type Query { slow: String } type Mutation { slow: String }", { slow });
  return { schema, begun: begun.promise, open: () => gate.resolve(undefined), finished: finished.promise };
}

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\nx-api-key: ${KEY}\r\n\r\n`;

describe("close", () => {
  it("finishes what is under way, takes nothing new, and may be called again", async () => {
    const { schema, begun, open } = gated();
    const server = await start({ schema });
    const answer = ask(server.url, "{ slow }");
    await begun;
    const closed = server.close();
    await expect(ask(server.url, "{ __typename }")).rejects.toThrow("fetch failed");
    open();
    const response = await answer;
    expect(await response.json()).toEqual({ data: { slow: "done" } });
    expect(response.headers.get("connection")).toBe("close");
    await closed;
    expect(server.close()).toBe(server.close());
  });

  it("waits for a mutation whose client has gone", async () => {
    const { schema, begun, open } = gated();
    const server = await start({ schema });
    const socket = await openSocket(server.url);
    const body = '{"query":"mutation { slow }"}';
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\nx-api-key: ${KEY}\r\ncontent-type: application/json\r\n`;
    socket.write(`${head}content-length: ${body.length}\r\n\r\n${body}`);
    await begun;
    socket.destroy();
    let closed = false;
    const closing = server.close().then(() => (closed = true));
    await expect(ask(server.url, "{ __typename }")).rejects.toThrow("fetch failed");
    await setTimeout(120);
    expect(closed).toBe(false);
    open();
    await closing;
  });

  it("says that it is shutting down to whoever asks on an open connection", async () => {
    const { schema, begun, open } = gated();
    const server = await start({ schema });
    const busy = ask(server.url, "{ slow }");
    const socket = await openSocket(server.url);
    // Half a request keeps the connection from counting as idle.
    socket.write("GET /readyz HTTP/1.1\r\n");
    await begun;
    await setImmediate();
    const closed = server.close();
    socket.write("host: x\r\n\r\n");
    const text = await untilEnd(socket);
    expect(text).toMatch(/^HTTP\/1\.1 503 /);
    expect(text).toContain('{"status":"unavailable","reason":"The server is shutting down."}');
    open();
    await (await busy).text();
    await closed;
  });

  it("ends idle connections at once", async () => {
    const server = await start();
    const socket = await openSocket(server.url);
    socket.write(GET("/healthz"));
    await untilText(socket, '{"status":"ok"}');
    const ended = untilEnd(socket);
    await server.close();
    await ended;
    expect(socket.destroyed).toBe(true);
  });

  it("cuts what takes too long", async () => {
    const { schema, begun, open } = gated();
    const server = await start({ schema, timeouts: { drainMs: 50 } });
    const answer = ask(server.url, "{ slow }").catch((error: unknown) => error);
    await begun;
    await server.close();
    expect(String(await answer)).toMatch(/fetch failed/);
    open();
  });
});

describe("clients", () => {
  it("that go away do not stop the mutation that they began", async () => {
    const { schema, begun, open, finished } = gated();
    const server = await start({ schema });
    const leave = new AbortController();
    const headers = { "content-type": "application/json", "x-api-key": KEY };
    const init = { method: "POST", headers, body: '{"query":"mutation { slow }"}', signal: leave.signal };
    const answer = fetch(`${server.url}/graphql`, init).catch((error: unknown) => error);
    await begun;
    leave.abort();
    expect(String(await answer)).toMatch(/abort/i);
    open();
    await finished;
    expect((await ask(server.url, "{ __typename }")).status).toBe(200);
  });

  it("that go away in the middle of a body are forgotten", async () => {
    const server = await start();
    const socket = await openSocket(server.url);
    socket.write(`POST /graphql HTTP/1.1\r\nhost: x\r\nx-api-key: ${KEY}\r\ncontent-type: application/json\r\n`);
    socket.write('content-length: 100\r\n\r\n{"query":');
    await setImmediate();
    socket.destroy();
    expect((await ask(server.url, "{ hello }")).status).toBe(200);
  });

  it.each([
    ["headers", "GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: "],
    [
      "a body",
      `POST /graphql HTTP/1.1\r\nhost: x\r\nx-api-key: ${KEY}\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{`,
    ],
  ])("that dribble %s are cut with 408", async (_what, beginning) => {
    const server = await start({ timeouts: { headersMs: 100, requestMs: 100 } });
    const socket = await openSocket(server.url);
    socket.write(beginning);
    const text = await untilEnd(socket);
    expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(text).toContain("The request came in too slowly. Send it again.");
  });
});

describe("startServer", () => {
  it("tells where it listens", async () => {
    const server = await start();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("says what to do where the port is taken", async () => {
    const port = Number(new URL((await start()).url).port);
    await expect(startToy({ port })).rejects.toThrow(
      `Something else listens on 127.0.0.1:${port} already. Stop it, or set PORT to another port (0 takes any free one).`,
    );
  });

  it("says what to do where the address is not ours", async () => {
    await expect(startToy({ host: "192.0.2.1" })).rejects.toThrow(
      "This machine has no address 192.0.2.1. Set HOST to one of its own, such as 127.0.0.1 or 0.0.0.0.",
    );
  });
});
