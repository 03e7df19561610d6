import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createHmac } from "node:crypto";
import { createClient } from "graphql-ws";
import { SignJWT } from "jose";
import { WebSocket } from "ws";
import { KEY, STRANGER_KEY, type TestApp } from "../support/app.js";
import { ENGINES } from "../support/databases.js";
import { startReplicas, type Replicas } from "../support/replicas.js";
import { until } from "../support/until.js";

interface Change {
  readonly kind: string;
  readonly ticketId: string;
  readonly ticket: { readonly key: string; readonly name: string; readonly project: { readonly name: string } } | null;
}
const SECRET = "webhook_secret_0123456789";
const hmac = (text: string): string => createHmac("sha256", SECRET).update(text).digest("hex");

describe.each(ENGINES)("webhooks and live changes on %s", (engine) => {
  let replicas: Replicas;
  let one: TestApp;
  /** Another replica where there can be one. */
  let other: TestApp;
  beforeAll(async () => {
    replicas = await startReplicas(engine, { webhook: { secret: SECRET } });
    ({ one, other } = replicas);
    await one.query(`mutation { syncConnection(id: "jira") { id } }`);
    await until(async () => {
      const { data } = await one.query(`{ connection(id: "jira") { sync { state } } }`);
      return data.connection.sync.state === "IDLE";
    });
  });
  afterAll(() => replicas.close());

  let number = 0;
  const eventOf = (key: string, more: object = {}) => {
    const issue = one.jira.state.find(key);
    return JSON.stringify({
      timestamp: Date.now(),
      webhookEvent: "jira:issue_updated",
      issue: { id: String(issue?.id ?? key), key, fields: {} },
      ...more,
    });
  };
  const post = async (body: string, headers: Record<string, string>, connection = "jira") => {
    const response = await fetch(`${one.app.url}/webhooks/${connection}`, { method: "POST", headers, body });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const signed = (body: string, id = `delivery-${(number += 1)}`) =>
    post(body, { "x-hub-signature": `sha256=${hmac(body)}`, "x-atlassian-webhook-identifier": id });
  const rename = (key: string, summary: string) => {
    const issue = one.jira.state.find(key);
    if (issue) one.jira.state.put({ ...issue, summary, updated: Date.now() });
  };
  const subscribe = (variables: Record<string, unknown> = {}, key = KEY) => {
    const client = createClient({
      url: `${other.app.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { "X-API-Key": key },
    });
    const told: Change[] = [];
    const errors: unknown[] = [];
    const ended = new Promise<void>((resolve) => {
      client.subscribe<{ ticketChanged: Change }>(
        {
          query: `subscription ($connectionId: ID, $projectId: ID) {
            ticketChanged(connectionId: $connectionId, projectId: $projectId) { kind ticketId at ticket { key name project { name } } }
          }`,
          variables,
        },
        {
          next: ({ data, errors: wrong }) => {
            if (data) told.push(data.ticketChanged);
            errors.push(...(wrong ?? []));
          },
          error: (error) => void errors.push(error),
          complete: resolve,
        },
      );
    });
    return { told, errors, ended, close: () => client.dispose() };
  };

  it("read what changed and tell subscribers of it, on every replica", async () => {
    const all = subscribe();
    const project = await one.query(`{ connection(id: "jira") { project(ref: { vendorId: "PLAT" }) { id } } }`);
    const platform = subscribe({ projectId: project.data.connection.project.id });
    const stranger = subscribe({}, STRANGER_KEY);
    await new Promise((resolve) => setTimeout(resolve, 300));
    rename("PLAT-2", "Heard at once");
    const elsewhere = [...one.jira.state.all()].find(({ key }) => !key.startsWith("PLAT-"))?.key ?? "";
    rename(elsewhere, "Heard elsewhere");
    expect((await signed(eventOf("PLAT-2"))).status).toBe(202);
    expect((await signed(eventOf(elsewhere))).status).toBe(202);
    await until(() => all.told.length >= 2 && platform.told.length >= 1);
    expect(all.told.map(({ ticket }) => ticket?.key).sort()).toEqual([elsewhere, "PLAT-2"].sort());
    expect(platform.told).toMatchObject([
      { kind: "UPDATED", ticket: { key: "PLAT-2", name: "Heard at once", project: { name: expect.any(String) } } },
    ]);
    expect(stranger.told).toEqual([]);
    expect([...all.errors, ...platform.errors, ...stranger.errors]).toEqual([]);
    const found = await one.query(`{ tickets(filter: { text: "heard at once" }) { nodes { key } } }`);
    expect(found.data.tickets.nodes).toEqual([{ key: "PLAT-2" }]);

    const gone = one.jira.state.find("PLAT-7");
    const event = eventOf("PLAT-7", { webhookEvent: "jira:issue_deleted" });
    one.jira.state.remove(gone?.id ?? 0);
    await signed(event);
    await until(() => platform.told.length >= 2);
    expect(platform.told[1]).toMatchObject({ kind: "DELETED", ticket: null });
    for (const { close } of [all, platform, stranger]) await close();
  });

  it("tell of the gateway's own writes too", async () => {
    const { told, close } = subscribe({ connectionId: "jira" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const input = { project: { vendorId: "PLAT" }, type: { name: "Task" }, name: "Our own" };
    const made = await one.query(
      `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id } errors { message } } }`,
      { input },
    );
    await until(() => told.length > 0);
    expect(told).toMatchObject([
      { kind: "CREATED", ticketId: made.data.createTicket.ticket.id, ticket: { name: "Our own" } },
    ]);
    await close();
  });

  it("take a message once, however often it comes", async () => {
    rename("PLAT-8", "Told twice");
    const body = eventOf("PLAT-8");
    const answers = await Promise.all(Array.from({ length: 5 }, () => signed(body, "the-same-one")));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(answers.filter(({ body: answer }) => answer["kept"])).toHaveLength(1);
  });

  it("take an app's tokens, and the gateway's own form", async () => {
    const token = await new SignJWT({ iss: "app" })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuedAt()
      .setExpirationTime("3m")
      .sign(Buffer.from(SECRET));
    expect((await post(eventOf("PLAT-2"), { authorization: `JWT ${token}` })).status).toBe(202);
    const old = await new SignJWT({ iss: "app" })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuedAt(1_700_000_000)
      .setExpirationTime(1_700_000_100)
      .sign(Buffer.from(SECRET));
    expect((await post(eventOf("PLAT-2"), { authorization: `Bearer ${old}` })).status).toBe(401);
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"exp":9999999999,"iat":1}').toString("base64url")}.`;
    expect((await post(eventOf("PLAT-2"), { authorization: `JWT ${none}` })).status).toBe(401);
    rename("PLAT-9", "By our own form");
    const body = JSON.stringify({ ticketIds: [String(one.jira.state.find("PLAT-9")?.id)] });
    const at = Math.floor(Date.now() / 1_000);
    const own = { "x-ticketgraph-signature": `t=${at},v1=${hmac(`${at}.${body}`)}` };
    expect((await post(body, own)).status).toBe(202);
    await until(async () => {
      const { data } = await one.query(`{ tickets(filter: { text: "by our own form" }) { nodes { key } } }`);
      return data.tickets.nodes.length === 1;
    });
  });

  it("refuse what isn't signed, is wrongly signed, old, of another's, too long or no message", async () => {
    const body = eventOf("PLAT-2");
    expect((await post(body, {})).status).toBe(401);
    expect((await post(body, { "x-hub-signature": `sha256=${hmac(`${body} `)}` })).status).toBe(401);
    expect((await post(body, { "x-hub-signature": "sha256=" })).status).toBe(401);
    expect((await post(body, { "x-hub-signature": hmac(body) }, "stranger")).status).toBe(404);
    expect((await signed(eventOf("PLAT-2", { timestamp: Date.now() - 86_400_000 }))).body).toMatchObject({
      errors: [{ extensions: { code: "TOO_OLD" } }],
    });
    const at = Math.floor(Date.now() / 1_000) - 600;
    const own = { "x-ticketgraph-signature": `t=${at},v1=${hmac(`${at}.{"ticketIds":["1"]}`)}` };
    expect((await post('{"ticketIds":["1"]}', own)).status).toBe(400);
    for (const bad of ["", "null", "[]", "{", "{}", '{"webhookEvent":1}']) expect((await signed(bad)).status).toBe(400);
    expect((await signed(eventOf("PLAT-2", { filler: "x".repeat(6_000_000) }))).status).toBe(413);
    expect((await fetch(`${one.app.url}/webhooks/jira`)).status).toBe(405);
    expect((await signed(eventOf("../../etc/passwd"))).status).toBe(202);
    const other = subscribe({ connectionId: "nowhere" });
    await other.ended.catch(() => {});
    await until(() => other.errors.length > 0);
    await other.close();
  });

  it("read each ticket once for a flood of messages about it", async () => {
    const reads = one.jira.calls.filter(({ path }) => path.endsWith("/bulkfetch")).length;
    const keys = Array.from({ length: 20 }, (_, n) => `PLAT-${n + 10}`);
    for (let wave = 0; wave < 10; wave += 1)
      await Promise.all(Array.from({ length: 100 }, (_, n) => signed(eventOf(keys[n % 20] ?? ""))));
    rename("PLAT-10", "The last of the flood");
    await signed(eventOf("PLAT-10"));
    await until(async () => {
      const { data } = await one.query(`{ tickets(filter: { text: "last of the flood" }) { nodes { key } } }`);
      return data.tickets.nodes.length === 1;
    });
    expect(one.jira.calls.filter(({ path }) => path.endsWith("/bulkfetch")).length - reads).toBeLessThan(100);
  });
});
