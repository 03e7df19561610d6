import { afterEach, describe, expect, it } from "@jest/globals";
import { createClient, type Client } from "graphql-ws";
import { WebSocket } from "ws";
import { EXPIRED, STORE_AWAY, wrongToken, type Authentication } from "../../src/auth/authentication.js";
import type { Caller } from "../../src/domain/caller.js";
import type { RunningServer } from "../../src/server/http.js";
import { until } from "../support/until.js";
import { ask, startToy, toySchema } from "./toy.js";

const caller: Caller = {
  ...{ tenantId: "acme", name: "one", keyId: "config:one" },
  ...{ scopes: new Set(), connections: "all" },
};
const SCHEMA = "type Query { hello: String } type Subscription { never: Int }";

let server: RunningServer;
let known: Authentication = { caller };
let client: Client | undefined;
afterEach(async () => {
  await client?.dispose();
  await server.close();
  known = { caller };
});

async function start(): Promise<void> {
  const never = () => ({
    next: () => new Promise(() => {}),
    return: async () => ({ done: true }),
    [Symbol.asyncIterator]() {
      return this;
    },
  });
  const schema = toySchema(SCHEMA, { hello: () => "Hello", never });
  server = await startToy({ schema, authenticate: async () => known, live: { recheckMs: 20 } });
}

/** Subscribes; gives how its socket ends, once it does. */
function follow(): { connected: boolean; end?: unknown } {
  const seen: { connected: boolean; end?: unknown } = { connected: false };
  client = createClient({
    url: `${server.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    on: {
      connected: () => (seen.connected = true),
      closed: (event) => {
        const { code, reason } = event as { code: number; reason: string };
        seen.end = { code, reason };
      },
    },
  });
  client.subscribe({ query: "subscription { never }" }, { next() {}, error() {}, complete() {} });
  return seen;
}

describe("who isn't let in", () => {
  it("is told when to ask again, where nobody can say", async () => {
    await start();
    known = { refused: STORE_AWAY };
    const answer = await ask(server.url, "{ hello }");
    expect([answer.status, answer.headers.get("retry-after"), answer.headers.get("www-authenticate")]).toEqual([
      503,
      "2",
      null,
    ]);
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: "The gateway's database does not answer, so the API key can't be looked up. Ask again in a while.",
          extensions: { code: "GATEWAY_UNAVAILABLE" },
        },
      ],
    });
    const seen = follow();
    await until(() => seen.end !== undefined);
    expect(seen).toEqual({ connected: false, end: { code: 1013, reason: STORE_AWAY.brief } });
  });

  it("is told why on a socket too, in as many bytes as that has", async () => {
    await start();
    known = { refused: wrongToken("ü".repeat(62)) };
    const seen = follow();
    await until(() => seen.end !== undefined);
    expect(seen.end).toEqual({ code: 4403, reason: "This key or token is not taken here." });
  });
});

describe("a socket that is open", () => {
  it("ends when its key opens nothing any more", async () => {
    await start();
    const seen = follow();
    await until(() => seen.connected);
    known = { refused: EXPIRED };
    await until(() => seen.end !== undefined);
    expect(seen.end).toEqual({ code: 4403, reason: EXPIRED.brief });
  });

  it("stays while nobody can say whether it does", async () => {
    await start();
    const seen = follow();
    await until(() => seen.connected);
    known = { refused: STORE_AWAY };
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(seen.end).toBeUndefined();
  });
});
