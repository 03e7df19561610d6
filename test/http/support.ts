import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach } from "@jest/globals";
import { VendorError } from "../../src/domain/errors.js";
import type { Clock } from "../../src/http/clock.js";
import type { Call, Headers, Http, HttpRequest, Wire } from "../../src/http/http.js";
import { openHttp, type OpenHttp } from "../../src/http/open-http.js";
import { keptTokens } from "../support/kept-tokens.js";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Ends something after the test. */
export function after(end: () => unknown): void {
  endings.push(end);
}

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A real HTTP server on loopback that keeps what it was asked. */
export async function serve(
  answer: (res: ServerResponse, seen: Seen, count: number) => void | Promise<void>,
): Promise<{ readonly url: string; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const listener: RequestListener = (req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      const { method = "", url = "", headers } = req;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      void answer(res, one, seen.length);
    });
  };
  const server = createServer(listener);
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${await portOf(server)}`, seen };
}

/** A server of bare sockets. */
export async function serveTcp(answer: (socket: Socket, count: number) => void): Promise<string> {
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    answer(socket, (count += 1));
  });
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${await portOf(server)}`;
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

export function json(res: ServerResponse, status: number, body: unknown, headers: Headers = {}): void {
  res.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** The dialect of no vendor in particular. */
export const wire: Wire<{ readonly url: string }> = {
  api: ({ url }) => new URL(url),
  credentials: (_settings, token) => ({ authorization: token ? `Bearer ${token}` : "Basic c2VjcmV0" }),
  readFault: (status) => ({
    code: status === 429 ? "RATE_LIMITED" : status >= 500 ? "UNAVAILABLE" : status === 401 ? "AUTH" : "INVALID",
    message: `It said ${status}.`,
  }),
  readLimit: (status, { "retry-after": after, "x-scope": scope }) =>
    after === undefined && status !== 429
      ? undefined
      : { waitMs: Number(after ?? 1) * 1_000, scope: (scope as "connection" | undefined) ?? "endpoint" },
};

export function open(url: string, more: Partial<OpenHttp<{ readonly url: string }>> = {}): Http {
  const http = openHttp({
    wire,
    settings: { url },
    allowPrivateAddress: true,
    refreshTokens: keptTokens(),
    ...more,
  });
  after(() => http.close().catch(() => {}));
  return http;
}

export const call = (lane: Call["lane"] = "interactive", signal = new AbortController().signal): Call => ({
  lane,
  signal,
});

export const read: HttpRequest<unknown> = {
  operation: "thing.read",
  kind: "read",
  method: "GET",
  path: ["thing"],
  parse: (body) => body,
};
export const write: HttpRequest<unknown> = {
  ...read,
  operation: "thing.write",
  kind: "write",
  method: "POST",
  body: {},
};

/** What a call was refused with. */
export async function refusalOf(sent: Promise<unknown>): Promise<VendorError> {
  const error = await sent.then(
    (value) => Promise.reject(new Error(`It was not refused but answered ${JSON.stringify(value)}.`)),
    (reason: unknown) => reason,
  );
  if (error instanceof VendorError) return error;
  throw error;
}

/** A clock whose sleeps take no time and are kept. */
export function skippingClock(): Clock & { readonly slept: number[]; skip(ms: number): void } {
  let now = 1_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    skip: (ms) => void (now += ms),
    async sleep(ms) {
      slept.push(ms);
      now += ms;
      await turn();
    },
  };
}
