import { createClient, type Client } from "graphql-ws";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { WebSocket } from "ws";
import type { TestApp } from "../support/app.js";
import { ENGINES } from "../support/databases.js";
import { makeKey } from "../support/make-key.js";
import { startReplicas, type Replicas } from "../support/replicas.js";
import { until } from "../support/until.js";

/** As it is promised, in milliseconds. */
const EFFECTIVE_MS = 5_000;
const REVOKE = "mutation ($id: ID!) { revokeApiKey(id: $id) { state } }";

let replicas: Replicas;
let one: TestApp;
let other: TestApp;
const clients: Client[] = [];
beforeEach(async () => {
  replicas = await startReplicas("postgres");
  ({ one, other } = replicas);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await replicas.close();
});

async function status(app: TestApp, key: string): Promise<number> {
  const headers = { "content-type": "application/json", "x-api-key": key };
  const body = JSON.stringify({ query: "{ viewer { name } }" });
  return (await fetch(`${app.app.url}/graphql`, { method: "POST", headers, body })).status;
}

/** Follows changes; gives the code and the reason with which the socket ended, once it has. */
async function follow(app: TestApp, key: string) {
  const seen: { end?: { code: number; reason: string } } = {};
  const opened = Promise.withResolvers<undefined>();
  const client = createClient({
    url: `${app.app.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { "x-api-key": key },
    retryAttempts: 0,
    on: {
      connected: () => opened.resolve(undefined),
      closed: (end) => (seen.end = end as { code: number; reason: string }),
    },
  });
  clients.push(client);
  client.subscribe({ query: "subscription { ticketChanged { kind } }" }, { next() {}, error() {}, complete() {} });
  await opened.promise;
  return seen;
}

(ENGINES.includes("postgres") ? it : it.skip)(
  "a key that is created on one replica opens the other, and once it is revoked neither, nor its subscriptions",
  async () => {
    const { key, id } = await makeKey(one, "travels", ["tickets:read"]);
    const { key: kept } = await makeKey(one, "stays", ["tickets:read"]);
    for (const app of [one, other]) expect(await status(app, key)).toBe(200);
    const followers = [await follow(one, key), await follow(other, key)];
    const staying = await follow(other, kept);

    await one.query(REVOKE, { id });
    const since = performance.now();
    await until(async () => (await status(other, key)) === 401 && (await status(one, key)) === 401, EFFECTIVE_MS);
    await until(() => followers.every(({ end }) => end), EFFECTIVE_MS - (performance.now() - since));
    for (const { end } of followers)
      expect(end).toMatchObject({
        code: 4403,
        reason: "This API key was revoked. Ask an administrator of your tenant for another.",
      });
    expect(staying.end).toBeUndefined();
    expect(await status(other, kept)).toBe(200);
  },
);
