import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { startApp } from "../../src/app.js";
import { SCOPES } from "../../src/domain/caller.js";
import { createLogger } from "../../src/server/logger.js";
import { KEY, type Answer } from "./app.js";
import { newPlace } from "./databases.js";
import { testExecutor } from "./executor.js";
import { configOf, LIMITS } from "./gateway.js";

const { REQUEST_TRACKER_URL: server = "", REQUEST_TRACKER_TOKEN: token = "" } = process.env;

/** The whole gateway over the real Request Tracker at REQUEST_TRACKER_URL; its connection is `rt`. */
export interface RealApp {
  readonly url: string;
  query(document: string, variables?: Record<string, unknown>): Promise<Answer>;
  close(): Promise<void>;
}

/** `baseUrl`: where the gateway looks for it, unless it is where it is. */
export async function startRealApp(baseUrl = server): Promise<RealApp> {
  if (!server || !token)
    throw new Error("Set REQUEST_TRACKER_URL and REQUEST_TRACKER_TOKEN to those of a real Request Tracker 5.");
  const settings = { baseUrl, credentials: { token } };
  const connection = { id: "rt", vendor: "request-tracker", name: "RT", allowPrivateAddress: true, settings };
  const place = await newPlace();
  const app = await startApp({
    ...testExecutor(),
    config: configOf(),
    log: createLogger("silent"),
    store: place.where,
    sampleQuery: "",
    settings: {
      delivery: { quietSeconds: 1, leaseSeconds: 30, waitSeconds: 15 },
      limits: LIMITS,
      tenants: [
        {
          id: "acme",
          apiKeys: [{ name: "backend", key: KEY, scopes: [...SCOPES], connections: "all" }],
          connections: [connection],
        },
      ],
    },
  });
  return {
    url: app.url,
    async query(query, variables = {}) {
      const response = await fetch(`${app.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": KEY },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async close() {
      await app.close();
      await place.drop();
    },
  };
}

/** Asks the server itself, past the gateway. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the tests assert what is in it
export async function askServer(method: string, path: string, body?: unknown): Promise<any> {
  const response = await fetch(`${server}/REST/2.0/${path}`, {
    method,
    headers: { authorization: `token ${token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** A way to the server that loses answers. */
export interface Losing {
  readonly url: string;
  close(): Promise<unknown>;
}

/** Stands before the server, and loses the answers to what `isLost` says: the server has done its work by then. */
export async function startLosing(isLost: (method: string, path: string) => boolean): Promise<Losing> {
  const proxy = createServer((req, res) => {
    const { method = "GET", url: path = "/", headers } = req;
    const onward = request(new URL(path, server), { method, headers }, (answer) => {
      if (isLost(method, path)) return void answer.resume().once("end", () => req.socket.destroy());
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.once("error", () => req.socket.destroy());
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => void proxy.close(resolve).closeAllConnections()),
  };
}
