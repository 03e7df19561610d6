import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startApp } from "../../src/app.js";
import { SCOPES, type Scope } from "../../src/domain/caller.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { createLogger } from "../../src/server/logger.js";
import { openStore } from "../../src/store/open.js";
import { KEY, READER_KEY, STRANGER_KEY, type Answer } from "../support/app.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { testExecutor } from "../support/executor.js";
import { configOf, connectionTo, LIMITS } from "../support/gateway.js";
import { until } from "../support/until.js";

const CREATE = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) {
  connection { id name vendor state } authorizeUrl errors { code message path } } }`;
const UPDATE = `mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) {
  connection { id name } errors { code message path } } }`;

describe.each(ENGINES)("connections over the API, on %s", (engine) => {
  let jira: JiraSandbox;
  let place: Place;
  let apps: Awaited<ReturnType<typeof startApp>>[];
  const start = () => {
    const key = (name: string, value: string, scopes: readonly Scope[], connections: "all" | string[] = "all") => ({
      name,
      key: value,
      scopes: [...scopes],
      connections,
    });
    return startApp({
      ...testExecutor(),
      config: configOf(),
      log: createLogger("silent"),
      store: place.where,
      sampleQuery: "",
      settings: {
        limits: LIMITS,
        hosts: { allow: ["127.0.0.1"], allowPrivate: ["127.0.0.1"] },
        tenants: [
          {
            id: "acme",
            apiKeys: [
              key("backend", KEY, SCOPES),
              key("reader", READER_KEY, ["tickets:read"]),
              key("bound", "bound_key_0123456789abcdefghij", SCOPES, ["configured"]),
            ],
            connections: [connectionTo(jira, "configured")],
          },
          { id: "stranger", apiKeys: [key("stranger", STRANGER_KEY, SCOPES)], connections: [] },
        ],
      },
    });
  };
  beforeAll(async () => {
    jira = await startJiraSandbox();
    place = await newPlace(engine);
    apps = [await start()];
    if (engine === "postgres") apps.push(await start());
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await place.drop();
    await jira.close();
  });

  const ask = async (query: string, variables: object = {}, key = KEY, replica = 0): Promise<Answer> => {
    const response = await fetch(`${apps[replica % apps.length]?.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": key },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };
  const settings = (credentials: object = { email: jira.email, apiToken: jira.apiToken }) => ({
    jira: { baseUrl: jira.url, credentials: { basic: credentials } },
  });
  const create = async (name: string, more: object = {}) => {
    const { data, errors } = await ask(CREATE, { input: { name, settings: settings(), ...more } });
    expect(errors).toBeUndefined();
    return data.createConnection;
  };
  const ticketOn = (connectionId: string, key = KEY, replica = 0) =>
    ask(
      `query ($id: ID!) { connection(id: $id) { name ticket(ref: { vendorId: "PLAT-1" }) { key } } }`,
      { id: connectionId },
      key,
      replica,
    );

  it("makes one that works at once, on every replica", async () => {
    expect(await create("Acme: Jira (EU)")).toMatchObject({
      connection: { name: "Acme: Jira (EU)", vendor: "JIRA", state: "ACTIVE" },
      authorizeUrl: null,
      errors: [],
    });
    expect((await ticketOn("acme-jira-eu")).data.connection).toMatchObject({ ticket: { key: "PLAT-1" } });
    await until(async () => (await ticketOn("acme-jira-eu", KEY, 1)).data.connection?.ticket?.key === "PLAT-1");
  });

  it("is another tenant's never, nor anybody's without the scope or bound to others", async () => {
    await create("mine");
    expect((await ticketOn("mine", STRANGER_KEY)).data).toEqual({ connection: null });
    for (const key of [READER_KEY, "bound_key_0123456789abcdefghij"]) {
      const { errors } = await ask(CREATE, { input: { name: "no", settings: settings() } }, key);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN" });
    }
    const gone = await ask(`mutation { deleteConnection(id: "mine") }`, {}, STRANGER_KEY);
    const never = await ask(`mutation { deleteConnection(id: "never") }`, {}, STRANGER_KEY);
    expect(JSON.stringify(gone.errors).replaceAll("mine", "never")).toBe(JSON.stringify(never.errors));
  });

  it("tells everything that is wrong with an input at its place, and no word of its secrets", async () => {
    const webhook = { secret: "too short" };
    const sync = { everyMinutes: 0, fullEveryHours: 24 };
    const { data } = await ask(CREATE, {
      input: {
        name: " ",
        id: "no spaces",
        timeoutSeconds: -1,
        sync,
        webhook,
        settings: settings({ email: "", apiToken: "s3cr3t-t0ken" }),
      },
    });
    const { connection, errors } = data.createConnection;
    expect(connection).toBeNull();
    expect(errors.map(({ path }: { path: string[] }) => path.join("."))).toEqual([
      "id",
      "name",
      "settings.jira.credentials.email",
      "timeoutSeconds",
      "sync",
      "webhook.secret",
    ]);
    expect(JSON.stringify(data)).not.toMatch(/s3cr3t|too short/);
  });

  it.each([
    ["http://169.254.169.254", /public internet|https/],
    ["https://jira.example.com", /Jira Cloud lives at/],
    ["https://10.0.0.1", /public internet|lives at/],
  ])("leads to no place like %s", async (baseUrl, message) => {
    const { data } = await ask(CREATE, {
      input: {
        name: "elsewhere",
        settings: { jira: { baseUrl, credentials: { basic: { email: "a", apiToken: "b" } } } },
      },
    });
    expect(data.createConnection).toMatchObject({
      connection: null,
      errors: [{ code: "INVALID_INPUT", message: expect.stringMatching(message) }],
    });
  });

  it("has one of each id", async () => {
    await create("twice");
    expect(await create("Twice")).toMatchObject({ connection: null, errors: [{ code: "CONFLICT", path: ["id"] }] });
    expect(await create("x", { id: "configured" })).toMatchObject({ errors: [{ code: "CONFLICT" }] });
  });

  it("says in plain words whether it works", async () => {
    const test = `mutation ($id: ID!) { testConnection(id: $id) { ok checks { name state message } } }`;
    const { connection } = await create("tested");
    const good = (await ask(test, { id: connection.id })).data.testConnection;
    expect(good).toMatchObject({ ok: true });
    await create("wrong-token", { settings: settings({ email: jira.email, apiToken: "wrong" }) });
    const bad = (await ask(test, { id: "wrong-token" })).data.testConnection;
    expect(bad.ok).toBe(false);
    expect(bad.checks.find(({ name }: { name: string }) => name === "SIGN_IN")).toMatchObject({
      state: "FAILED",
      message: expect.stringMatching(/token/),
    });
  });

  it("changes what is given and leaves the rest, on every replica", async () => {
    await create("changing", { settings: settings({ email: jira.email, apiToken: "wrong" }) });
    expect((await ticketOn("changing")).errors?.[0]?.extensions).toMatchObject({ code: "VENDOR_UNAUTHORIZED" });
    const renamed = await ask(UPDATE, { input: { id: "changing", name: "Renamed" } });
    expect(renamed.data.updateConnection).toMatchObject({ connection: { name: "Renamed" }, errors: [] });
    expect((await ticketOn("changing")).errors?.[0]?.extensions).toMatchObject({ code: "VENDOR_UNAUTHORIZED" });
    await ask(UPDATE, { input: { id: "changing", settings: settings() } });
    expect((await ticketOn("changing")).data.connection).toEqual({ name: "Renamed", ticket: { key: "PLAT-1" } });
    await until(async () => (await ticketOn("changing", KEY, 1)).data.connection?.ticket?.key === "PLAT-1");
  });

  it("stays with its vendor, and what the operator wrote stays the operator's", async () => {
    await create("faithful");
    const leen = { leen: { credentials: { apiKey: "a", connectionId: "b" } } };
    const { data } = await ask(UPDATE, { input: { id: "faithful", settings: leen } });
    expect(data.updateConnection.errors).toMatchObject([
      { path: ["settings", "leen"], message: expect.stringMatching(/stays with its vendor/) },
    ]);
    const configured = await ask(UPDATE, { input: { id: "configured", name: "Mine" } });
    expect(configured.errors?.[0]).toMatchObject({
      message: expect.stringMatching(/configuration file/),
      extensions: { code: "FORBIDDEN" },
    });
  });

  it("is gone once it was deleted, and may come again with other credentials", async () => {
    const { connection } = await create("passing");
    expect((await ask(`mutation ($id: ID!) { deleteConnection(id: $id) }`, { id: connection.id })).data).toEqual({
      deleteConnection: connection.id,
    });
    expect((await ticketOn("passing")).data).toEqual({ connection: null });
    await until(async () => (await ticketOn("passing", KEY, 1)).data.connection === null);
    await create("passing");
    await until(async () => (await ticketOn("passing", KEY, 1)).data.connection?.ticket?.key === "PLAT-1");
    expect((await ask(`mutation { deleteConnection(id: "never") }`)).errors?.[0]).toMatchObject({
      extensions: { code: "NOT_FOUND" },
    });
  });

  it("can be taken away even where its secrets can't be decrypted any more", async () => {
    await create("broken");
    if (engine === "postgres") {
      const store = await openStore(place.where);
      await store.db.execute("update connections set sealed = 'AAAA' || sealed where id = 'broken'");
      await store.close();
    }
    expect((await ask(`mutation { deleteConnection(id: "broken") }`)).data).toEqual({ deleteConnection: "broken" });
  });

  it("leaves no ticket of a job in the dark when it is taken away amid it", async () => {
    await create("amid");
    const tickets = Array.from({ length: 3 }, (_, n) => ({
      name: `amid ${n}`,
      project: { vendorId: "PLAT" },
      type: { name: "Task" },
    }));
    const start = `mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { id } errors { message } } }`;
    const { data } = await ask(start, { input: { connectionId: "amid", tickets } });
    await ask(`mutation { deleteConnection(id: "amid") }`);
    const state = `query ($id: ID!) { bulkJob(id: $id) { state succeeded failed pending } }`;
    const job = async () => (await ask(state, { id: data.startBulkCreateTickets.job.id })).data.bulkJob;
    await until(async () => (await job()).state === "DONE");
    expect(await job()).toMatchObject({ pending: 0 });
  });

  it("keeps its secrets encrypted, and tells what was done", async () => {
    const apiToken = "a-token-that-nobody-reads-again";
    const secret = "a-webhook-secret-that-nobody-reads";
    await create("secretive", { settings: settings({ email: jira.email, apiToken }), webhook: { secret } });
    if (engine === "postgres") {
      const store = await openStore(place.where);
      const dump = JSON.stringify(
        await store.db.execute(
          "select c.*, d.* from connections c left join data_keys d on d.tenant_id = c.tenant_id and d.connection_id = c.id",
        ),
      );
      await store.close();
      expect(dump).toContain("secretive");
      expect(dump).not.toMatch(/nobody-reads/);
    }
    const { data } = await ask(
      `{ auditLog(first: 3, filter: { connectionId: "secretive" }) { nodes { at actorId actorName source action connectionId outcome } } }`,
    );
    expect(data.auditLog.nodes).toMatchObject([
      {
        actorId: "config:backend",
        actorName: "backend",
        source: "127.0.0.1",
        action: "createConnection",
        connectionId: "secretive",
        outcome: "DONE",
      },
    ]);
    const schema = await ask(`{ __schema { types { name fields { name } } } }`);
    expect(JSON.stringify(schema)).not.toMatch(/"(apiToken|credentials|clientSecret)"/);
  });
});
