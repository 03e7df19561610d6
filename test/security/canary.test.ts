import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { SCOPES } from "../../src/domain/caller.js";
import { FAULT_KINDS, type FaultKind } from "../../src/sandbox/faults.js";
import { createLogger } from "../../src/server/logger.js";
import { openStore } from "../../src/store/open.js";
import { KEY, READER_KEY, startTestApp, STRANGER_KEY, type TestApp } from "../support/app.js";
import { ENGINES, newFolder, newPlace, type Place } from "../support/databases.js";
import { AUDIENCE, startIssuer, type Issuer } from "../support/issuer.js";
import { recordingTracing } from "../support/recording-tracing.js";
import { shapesOf, tracesOf } from "../support/traces-of.js";
import { firstEvent, liveClient } from "./live-client.js";

const canary = (): string => `canary${randomBytes(16).toString("hex")}`;
/** These would pour for seconds, and say nothing that others don't. */
const LONG: readonly FaultKind[] = ["huge", "gzipbomb", "slowloris", "hang", "commit-timeout"];
const KINDS = (Object.keys(FAULT_KINDS) as FaultKind[]).filter((kind) => !LONG.includes(kind));

const CREATE_CONNECTION = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) {
  connection { id name } authorizeUrl errors { code path message } } }`;
const UPDATE_CONNECTION = `mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) {
  connection { id } errors { code path message } } }`;
const TEST_CONNECTION = "mutation ($id: ID!) { testConnection(id: $id) { ok checks { name state message } } }";
const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key apiKey { id } errors { message } } }`;
const CREATE_TICKET = `mutation { createTicket(input: { name: "One" project: { vendorId: "PLAT" } type: { name: "Task" } connectionId: "jira" }) {
  ticket { key } errors { code message } delivery { state } } }`;

describe.each(ENGINES)("a secret, with the store on %s", (engine) => {
  const secrets = new Map<string, readonly string[]>();
  const watched = <Secret extends string | Buffer>(name: string, secret: Secret): Secret => {
    secrets.set(name, shapesOf(secret));
    return secret;
  };
  const told: string[] = [];
  const logged: string[] = [];
  const spans: object[] = [];
  let place: Place;
  let test: TestApp;
  let issuer: Issuer;

  beforeAll(async () => {
    issuer = await startIssuer();
    place = engine === "postgres" ? await newPlace(engine) : await newFolder();
    for (const [name, key] of Object.entries({ KEY, READER_KEY, STRANGER_KEY })) watched(name, key);
    test = await startTestApp({
      store: place.where,
      jira: { apiToken: watched("the API token", canary()) },
      webhook: { secret: watched("the webhook's secret", canary()) },
      jwt: {
        issuer: issuer.issuer,
        audience: AUDIENCE,
        jwksUrl: issuer.jwksUrl,
        tenantClaim: "tenant",
        scopeClaim: "scope",
        roles: {},
      },
      config: { masterKeys: [watched("the master key", randomBytes(32))] },
      hosts: { allow: ["127.0.0.1"], allowPrivate: ["127.0.0.1"] },
      timeoutSeconds: 3,
      tracing: recordingTracing(spans),
      log: createLogger("trace", { write: (line: string) => void logged.push(line) }),
    });
  });
  afterAll(async () => {
    await issuer.close();
    await place.drop();
  });

  /** Asks, and keeps all that was answered but for what `but` takes out. */
  async function ask(
    query: string,
    variables: object = {},
    headers: Record<string, string> = { "x-api-key": KEY },
    but = (text: string) => text,
  ): Promise<string> {
    const response = await fetch(`${test.app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    told.push(but(`${response.status} ${JSON.stringify([...response.headers])} ${text}`));
    return text;
  }

  it("is told to nobody but the one key to whoever makes it, whatever is asked and whatever goes wrong", async () => {
    // Keys, made and refused.
    const made = JSON.parse(
      await ask(CREATE_KEY, { input: { name: "made", scopes: SCOPES } }, undefined, (text) =>
        text.replace(/"key":"[^"]*"/, ""),
      ),
    ) as { data: { createApiKey: { key: string } } };
    const key = watched("the made key", made.data.createApiKey.key);
    await ask(CREATE_KEY, { input: { name: "made", scopes: ["nothing"] } }, { "x-api-key": key });
    // Connections with credentials of every kind: good, wrong, refused for another reason, changed.
    const basic = { email: test.jira.email, apiToken: test.jira.apiToken };
    const wrong = { email: test.jira.email, apiToken: watched("a wrong token", canary()) };
    const oauth = {
      clientId: "app",
      clientSecret: watched("a client's secret", canary()),
      refreshToken: watched("a refresh token", canary()),
      ...{ authUrl: test.jira.url, apiUrl: test.jira.url },
    };
    const site = (credentials: object, more: object = {}) => ({
      jira: { baseUrl: test.jira.url, credentials, ...more },
    });
    const webhook = { secret: watched("another webhook's secret", canary()) };
    const inputs = [
      { id: "good", name: "Good", settings: site({ basic }), webhook },
      { id: "wrong", name: "Wrong", settings: site({ basic: wrong }) },
      { id: "oauth", name: "OAuth", settings: site({ oauth }) },
      {
        id: "good",
        name: "Taken",
        settings: site({ basic: wrong }),
        webhook: { secret: watched("a short secret", "canary-short-1") },
      },
      { id: "no such id!", name: "\u0000", settings: site({ oauth }, { options: { fetchSize: -1 } }) },
      {
        id: "away",
        name: "Away",
        settings: { jira: { baseUrl: "https://127.0.0.1:1", credentials: { basic: wrong } } },
      },
      {
        id: "bad",
        name: "Bad",
        settings: { jira: { baseUrl: `https://${wrong.apiToken}:x@127.0.0.1`, credentials: { basic: wrong } } },
      },
      {
        id: "leen",
        name: "Leen",
        settings: { leen: { credentials: { apiKey: watched("an API key", canary()), connectionId: 5 } } },
      },
    ];
    // The address in "bad" is the caller's own mistake, which names its host at most.
    for (const input of inputs) await ask(CREATE_CONNECTION, { input });
    for (const id of ["good", "wrong", "oauth", "jira"]) await ask(TEST_CONNECTION, { id });
    await ask(UPDATE_CONNECTION, { input: { id: "good", settings: site({ basic: wrong }), webhook: null } });
    await ask(UPDATE_CONNECTION, { input: { id: "jira", settings: site({ basic: wrong }) } });
    // Those who may not come in.
    const token = watched("a token", await issuer.token({ scope: "tickets:read" }));
    await ask("{ viewer { name } }", {}, { authorization: `Bearer ${token}` });
    const strangers: Record<string, string>[] = [
      { "x-api-key": watched("a wrong key", canary()) },
      { authorization: `Bearer ${watched("a wrong bearer", canary())}` },
      { authorization: `Bearer ${token.slice(0, -2)}` },
      { "x-api-key": KEY, cookie: `session=${watched("a cookie", canary())}` },
      { "x-api-key": KEY, "x-unknown": watched("a header", canary()) },
    ];
    for (const headers of strangers) await ask("{ viewer { name } nothing }", {}, headers);
    // A vendor that fails in every way, and with the same, what is told of it.
    const kinds = engine === ENGINES[0] ? KINDS : KINDS.slice(0, 5);
    for (const kind of kinds) {
      test.jira.faults.add({ kind, times: 4, ...(kind === "delay" && { delayMs: 10 }) });
      await ask('{ searchTickets(connectionId: "jira", query: "project = PLAT", first: 2) { nodes { name } } }');
      await ask(CREATE_TICKET);
      if (kind === "auth-401" || kind === "html-200" || kind === "status") await ask(TEST_CONNECTION, { id: "jira" });
      test.jira.faults.clear();
    }
    await ask(
      "{ connections { id name state } apiKeys { nodes { name prefix } } auditLog(first: 100) { nodes { action actorName subject reason } } deliveries { nodes { idempotencyKey } } }",
    );
    const live = liveClient(test.app.url, key);
    told.push(
      JSON.stringify(
        await firstEvent(live, { query: 'subscription { ticketChanged(connectionId: "nowhere") { kind } }' }),
      ),
    );
    await live.dispose();
    const hook = await fetch(`${test.app.url}/webhooks/jira`, {
      method: "POST",
      headers: { "x-hub-signature": "sha256=00" },
      body: "{}",
    });
    told.push(await hook.text());
    const metrics = await (await fetch(`${test.app.url}/metrics`)).text();
    expect(metrics).toContain("ticketgraph_vendor_calls_total{");
    told.push(metrics);
    await test.close();
    expect(spans.length).toBeGreaterThan(30);
    told.push(...spans.map((span) => JSON.stringify(span)));

    expect(told.length).toBeGreaterThan(30);
    expect(told.flatMap((text) => tracesOf(secrets, text).map((name) => `${name}: ${text.slice(0, 300)}`))).toEqual([]);
    expect(logged.length).toBeGreaterThan(30);
    expect(logged.flatMap((line) => tracesOf(secrets, line).map((name) => `${name}: ${line.slice(0, 600)}`))).toEqual(
      [],
    );
  }, 60_000);

  it("is nowhere in the database as it is", async () => {
    const store = await openStore(place.where);
    const rows: string[] = [];
    const tables = await store.db.execute(sql`select table_schema, table_name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`);
    for (const { table_schema: schema, table_name: name } of rowsOf(tables)) {
      const table = `"${schema}"."${name}"`;
      const texts = rowsOf(await store.db.execute(sql.raw(`select t::text as text from ${table} as t`)));
      rows.push(...texts.map(({ text }) => `${table} ${text}`));
    }
    await store.close();
    expect(rows.filter((row) => row.includes("connections")).length).toBeGreaterThan(2);
    expect(rows.flatMap((row) => tracesOf(secrets, row).map((name) => `${name}: ${row.slice(0, 300)}`))).toEqual([]);
  });

  it("would be found: in every shape, wherever it begins", () => {
    for (const [name, shapes] of secrets)
      expect([name, shapes.every((shape) => shape.length >= 12)]).toEqual([name, true]);
    const secret = canary();
    const planted = new Map([["planted", shapesOf(secret)]]);
    const basic = (user: string) => Buffer.from(`${user}:${secret} and more`);
    const texts = [
      `{"level":50,"authorization":"${secret}"}`,
      ...["a", "ab", "abc"].flatMap((user) => [basic(user).toString("base64"), basic(user).toString("base64url")]),
      ...[basic("a").toString("hex"), `\\x${basic("b").toString("hex")}`, encodeURIComponent(secret)],
    ];
    for (const text of texts) expect([text, tracesOf(planted, text)]).toEqual([text, ["planted"]]);
    expect(tracesOf(planted, canary())).toEqual([]);
  });
});

function rowsOf(result: unknown): readonly Record<string, string>[] {
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Record<string, string>[];
}
