import { createClient, type Client, type ClientOptions } from "graphql-ws";
import { GraphQLError, type ExecutionResult } from "graphql";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "@jest/globals";
import { WebSocket, type ClientOptions as SocketOptions } from "ws";
import type { RunningServer } from "../../src/server/http.js";
import type { ServerOptions } from "../../src/server/server-options.js";
import { until } from "../support/until.js";
import { ask, KEY, startToy, toySchema } from "./toy.js";

const SCHEMA = `type Query { hello: String! } type Mutation { touch: String! }
  type Subscription { count(to: Int!): Int!, never: Int!, refused: Int!, broken: Int!, failing: Int, whoami: String!, large: String! }`;
const PROTOCOL = "graphql-transport-ws";

let server: RunningServer;
let ended = 0;
const clients: Client[] = [];
const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  for (const socket of sockets.splice(0)) socket.terminate();
  await server.close();
  ended = 0;
});

async function* counted({ to }: { readonly to: number }): AsyncGenerator<{ count: number }> {
  for (let count = 1; count <= to; count += 1) yield { count };
}
const waiting = () => ({
  next: () => new Promise<never>(() => {}),
  return: async () => {
    ended += 1;
    return { done: true, value: undefined };
  },
  [Symbol.asyncIterator]() {
    return this;
  },
});

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const schema = toySchema(SCHEMA);
  const fields = schema.getSubscriptionType()?.getFields() ?? {};
  const sources: Record<string, (_: unknown, args: never, context: { caller: { name: string } }) => unknown> = {
    count: (_, args) => counted(args),
    never: waiting,
    refused: () => {
      throw new GraphQLError("There is no such job.", { extensions: { code: "NOT_FOUND" } });
    },
    broken: () => {
      throw new Error("secret of the house");
    },
    large: async function* () {
      for (let n = 0; n < 200; n += 1) yield { large: "x".repeat(100_000) };
    },
    failing: () => counted({ to: 2 }),
    whoami: async function* (_, _args, { caller }) {
      yield { whoami: caller.name };
    },
  };
  for (const [name, field] of Object.entries(fields)) field.subscribe = sources[name] as never;
  if (fields["failing"])
    fields["failing"].resolve = () => {
      throw new Error("secret of the house");
    };
  server = await startToy({
    schema,
    formatError: (formatted, error) =>
      (error as GraphQLError).originalError && !(error as GraphQLError).originalError?.name.startsWith("GraphQL")
        ? { message: "Masked.", extensions: { code: "INTERNAL_SERVER_ERROR" } }
        : formatted,
    ...options,
  });
  return server;
}
const address = (): string => `${server.url.replace("http", "ws")}/graphql`;
function client(options: Partial<ClientOptions> = {}): Client {
  const made = createClient({
    url: address(),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { "X-API-Key": KEY },
    ...options,
  });
  clients.push(made);
  return made;
}
async function all(of: Client, query: string, variables = {}): Promise<ExecutionResult[]> {
  const got: ExecutionResult[] = [];
  for await (const result of of.iterate({ query, variables })) got.push(result as ExecutionResult);
  return got;
}
/** A bare socket; what it hears and how it ends. */
function bare(protocol = PROTOCOL, options: SocketOptions = {}) {
  const socket = new WebSocket(address(), protocol, options);
  socket.on("error", () => {});
  sockets.push(socket);
  const heard: { type: string; id?: string; payload?: unknown }[] = [];
  socket.on("message", (data: Buffer) => heard.push(JSON.parse(data.toString()) as never));
  const closed = once(socket, "close").then(([code, reason]) => ({ code, reason: String(reason) }));
  const refused = once(socket, "unexpected-response").then(async ([, res]) => {
    let body = "";
    for await (const chunk of res) body += String(chunk);
    return { status: res.statusCode as number, body: JSON.parse(body) as unknown };
  });
  refused.catch(() => {});
  const say = (message: object | string) =>
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
  const opened = async (): Promise<void> => {
    await once(socket, "open");
    say({ type: "connection_init", payload: { "x-api-key": KEY } });
    await until(() => heard.length > 0);
  };
  return { socket, heard, closed, refused, say, opened };
}

describe("a subscription", () => {
  it("brings every event, and the end", async () => {
    await start();
    expect(await all(client(), "subscription ($to: Int!) { count(to: $to) }", { to: 3 })).toEqual(
      [1, 2, 3].map((count) => ({ data: { count } })),
    );
  });

  it.each([
    ["as Authorization among the parameters", { connectionParams: { Authorization: `Bearer ${KEY}` } }],
    ["as apiKey among the parameters", { connectionParams: { apiKey: KEY } }],
  ])("knows its caller by a key %s", async (_, options) => {
    await start();
    expect(await all(client(options), "subscription { whoami }")).toEqual([{ data: { whoami: "backend" } }]);
  });

  it.each([
    ["no key", {}, /An API key is missing/],
    ["a wrong key", { "X-API-Key": "wrong_key_of_some_24_characters" }, /This API key is not known/],
  ])("is refused with %s", async (_, connectionParams, reason) => {
    await start();
    await expect(all(client({ connectionParams }), "subscription { never }")).rejects.toMatchObject({
      code: 4403,
      reason: expect.stringMatching(reason),
    });
  });

  it.each([
    ["what its source refuses", "subscription { refused }", "NOT_FOUND", "There is no such job."],
    ["a fault of ours, masked", "subscription { broken }", "INTERNAL_SERVER_ERROR", "Masked."],
    ["an unknown field", "subscription { nope }", "GRAPHQL_VALIDATION_FAILED", /Cannot query field "nope"/],
    ["a syntax error", "subscription {", "GRAPHQL_PARSE_FAILED", /Syntax Error/],
    ["a query", "{ hello }", "BAD_REQUEST", /Only subscriptions/],
    ["a mutation", "mutation { touch }", "BAD_REQUEST", /Only subscriptions/],
    ["a document without end", `subscription { ${"never ".repeat(2_000)} }`, "LIMIT_EXCEEDED", /2,000 tokens/],
  ])("is told %s", async (_, query, code, message) => {
    await start();
    const answers = await all(client(), query).catch((errors: unknown) => [{ errors }]);
    expect(answers).toMatchObject([
      {
        errors: [
          {
            message: typeof message === "string" ? message : expect.stringMatching(message),
            extensions: { code },
          },
        ],
      },
    ]);
    expect(JSON.stringify(answers)).not.toContain("secret");
  });

  it("masks what fails within an event, and goes on", async () => {
    await start();
    expect(await all(client(), "subscription { failing }")).toMatchObject([
      { data: { failing: null }, errors: [{ message: "Masked." }] },
      { data: { failing: null }, errors: [{ message: "Masked." }] },
    ]);
  });

  it.each(["completes", "leaves", "is gone without a word"])("ends its source when the client %s", async (how) => {
    await start();
    const { socket, say, opened } = bare();
    await opened();
    say({ type: "subscribe", id: "1", payload: { query: "subscription { never }" } });
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (how === "completes") say({ type: "complete", id: "1" });
    else if (how === "leaves") socket.close();
    else socket.terminate();
    await until(() => ended > 0);
  });

  it("is one of at most so many on a socket", async () => {
    await start({ live: { subscriptions: 2 } });
    const { heard, say, opened } = bare();
    await opened();
    for (const id of ["1", "2", "3"]) say({ type: "subscribe", id, payload: { query: "subscription { never }" } });
    await until(() => heard.some(({ type }) => type === "error"));
    expect(heard.filter(({ type }) => type === "error")).toMatchObject([
      { id: "3", payload: [{ message: expect.stringMatching(/at most 2 subscriptions/) }] },
    ]);
  });

  it("is refused over HTTP, with a word that helps", async () => {
    await start();
    const response = await ask(server.url, "subscription { never }");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringMatching(/over a WebSocket/), extensions: { code: "BAD_REQUEST" } }],
    });
    expect(ended).toBe(0);
  });

  it("is told that the server goes away, and may not come back meanwhile", async () => {
    await start();
    const { closed, say, opened } = bare();
    await opened();
    say({ type: "subscribe", id: "1", payload: { query: "subscription { never }" } });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server.close();
    expect(await closed).toEqual({ code: 1001, reason: "The server is going away. Connect again in a while." });
    expect(ended).toBeGreaterThan(0);
  });
});

describe("a socket", () => {
  it("that doesn't introduce itself is closed", async () => {
    await start({ live: { initMs: 50 } });
    expect(await bare().closed).toMatchObject({ code: 4408 });
  });

  it.each([
    [
      "subscribes before it is let in",
      JSON.stringify({ type: "subscribe", id: "1", payload: { query: "{ a }" } }),
      4401,
    ],
    ["speaks no JSON", "hello", 4400],
    ["speaks of nothing known", JSON.stringify({ type: "nope" }), 4400],
    ["says more than is read", "x".repeat(70_000), 1009],
  ])("that %s is closed", async (_, message, code) => {
    await start();
    const { socket, closed, say } = bare();
    await once(socket, "open");
    say(message);
    expect(await closed).toMatchObject({ code });
  });

  it("that sends bytes is closed", async () => {
    await start();
    const { socket, closed } = bare();
    await once(socket, "open");
    socket.send(Buffer.from([1, 2, 3]));
    expect(await closed).toMatchObject({ code: 4400, reason: "Send messages as text." });
  });

  it("is pinged, and cut when it has been silent since", async () => {
    await start({ live: { pingMs: 40 } });
    const lively = bare();
    const silent = bare(PROTOCOL, { autoPong: false });
    await Promise.all([lively.opened(), silent.opened()]);
    expect(await silent.closed).toMatchObject({ code: 1006 });
    expect(lively.socket.readyState).toBe(WebSocket.OPEN);
  });

  it.each([
    ["another path", "/elsewhere", {}, PROTOCOL, 404, "NOT_FOUND"],
    ["a page of another origin", "/graphql", { origin: "https://evil.example" }, PROTOCOL, 403, "FORBIDDEN"],
    ["no origin that is one", "/graphql", { origin: "null" }, PROTOCOL, 403, "FORBIDDEN"],
    ["the protocol of old", "/graphql", {}, "graphql-ws", 400, "BAD_REQUEST"],
  ])("is refused for %s", async (_, path, headers, protocol, status, code) => {
    await start();
    const url = address();
    const socket = new WebSocket(url.replace("/graphql", path), protocol, { headers });
    sockets.push(socket);
    socket.on("error", () => {});
    const [, res] = await once(socket, "unexpected-response");
    let body = "";
    for await (const chunk of res) body += String(chunk);
    expect(res.statusCode).toBe(status);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it("is let in from a page of its own or a listed origin", async () => {
    await start({ corsOrigins: ["https://app.example"] });
    await bare(PROTOCOL, { origin: server.url }).opened();
    await bare(PROTOCOL, { origin: "https://app.example" }).opened();
  });

  it("that doesn't read is closed before it fills the memory", async () => {
    await start({ live: { unreadBytes: 20_000 } });
    const { socket, say, opened, closed } = bare();
    await opened();
    (socket as unknown as { _socket: { pause(): void; resume(): void } })._socket.pause();
    say({ type: "subscribe", id: "1", payload: { query: "subscription { large }" } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    (socket as unknown as { _socket: { resume(): void } })._socket.resume();
    expect(await closed).toMatchObject({ code: 1008, reason: expect.stringMatching(/more slowly than events come/) });
  });
});
