import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startApp, type App } from "../../src/app.js";
import { SCOPES } from "../../src/domain/caller.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { createLogger } from "../../src/server/logger.js";
import { KEY, STRANGER_KEY, type Answer } from "../support/app.js";
import { ENGINES, newFolder, newPlace, type Place } from "../support/databases.js";
import { testExecutor } from "../support/executor.js";
import { configOf, LIMITS } from "../support/gateway.js";
import { until } from "../support/until.js";

const PAYLOAD = "connection { id state } authorizeUrl errors { code message path }";
const CREATE = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { ${PAYLOAD} } }`;
const AUTHORIZE = `mutation ($id: ID!) { authorizeConnection(id: $id) { ${PAYLOAD} } }`;
/** So short that a token is asked for anew after half a second. */
const LIFE_MS = 1_000;

describe.each(ENGINES)("a connection for which somebody signs in, on %s", (engine) => {
  let jira: JiraSandbox;
  let place: Place;
  let apps: App[];
  const start = () => {
    const key = (name: string, value: string) => ({
      name,
      key: value,
      scopes: [...SCOPES],
      connections: "all" as const,
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
          { id: "acme", apiKeys: [key("backend", KEY)], connections: [] },
          { id: "stranger", apiKeys: [key("stranger", STRANGER_KEY)], connections: [] },
        ],
      },
    });
  };
  const startAll = async (): Promise<App[]> => [await start(), ...(engine === "postgres" ? [await start()] : [])];
  beforeAll(async () => {
    jira = await startJiraSandbox({ issues: 20, accessTokenLifeMs: LIFE_MS });
    place = engine === "postgres" ? await newPlace(engine) : await newFolder();
    apps = await startAll();
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
  const create = async (name: string, more: object = {}) => {
    const { clientId, clientSecret } = jira.oauth;
    const oauth = { clientId, clientSecret, authUrl: jira.url, apiUrl: jira.url, ...more };
    const settings = { jira: { baseUrl: jira.url, credentials: { oauth } } };
    const { data, errors } = await ask(CREATE, { input: { name, settings } });
    expect(errors).toBeUndefined();
    return data.createConnection;
  };
  const ticketOn = (id: string, replica = 0) =>
    ask(
      `query ($id: ID!) { connection(id: $id) { state ticket(ref: { vendorId: "PLAT-1" }) { key } } }`,
      { id },
      KEY,
      replica,
    );
  const reads = async (id: string, replica: number) =>
    (await ticketOn(id, replica)).data.connection?.ticket?.key === "PLAT-1";

  const visit = (url: string, cookie = "") => fetch(url, { redirect: "manual", headers: { cookie } });
  const target = (response: Response): string => response.headers.get("location") ?? "";
  /** As a browser goes: to the gateway, to Jira, where the person agrees, and back. */
  async function signIn(url: string): Promise<Response> {
    const sent = await visit(url);
    const cookie = (sent.headers.get("set-cookie") ?? "").split(";")[0];
    return visit(target(await visit(target(sent))), cookie);
  }
  const words = async (response: Response) => /<p>(.*)<\/p>/.exec(await response.text())?.[1];

  it("can be used on every replica once that is done, and not before", async () => {
    const made = await create("signed-in");
    expect(made).toMatchObject({ connection: null, errors: [] });
    expect(made.authorizeUrl).toMatch(new RegExp(`^${apps[0]?.url}/oauth/jira/start\\?ticket=[\\w-]{43}$`));
    expect(await reads("signed-in", 0)).toBe(false);
    const done = await signIn(made.authorizeUrl);
    expect(done.status).toBe(200);
    expect(await words(done)).toContain("The connection may now use your account at acme");
    expect((await ticketOn("signed-in")).data.connection).toEqual({ state: "ACTIVE", ticket: { key: "PLAT-1" } });
    await until(() => reads("signed-in", 1));
    const { data } = await ask(
      `{ auditLog(filter: { connectionId: "signed-in" }) { nodes { actorId action outcome } } }`,
    );
    expect(data.auditLog.nodes).toEqual([
      { actorId: "oauth:jira", action: "signIn", outcome: "DONE" },
      { actorId: "config:backend", action: "createConnection", outcome: "DONE" },
    ]);
  });

  it("is begun and ended on whichever replica the browser comes to", async () => {
    const { authorizeUrl } = await create("elsewhere");
    const { pathname, search } = new URL(authorizeUrl);
    expect((await signIn(`${apps.at(-1)?.url}${pathname}${search}`)).status).toBe(200);
    await until(() => reads("elsewhere", 0));
  });

  it("goes on when its access tokens end, on all replicas by the same chain of refresh tokens, and after a restart", async () => {
    const { authorizeUrl } = await create("lasting");
    await signIn(authorizeUrl);
    await until(() => reads("lasting", 1));
    // More than once only where the machine is so busy that a token ends between being got and being used.
    const bothRead = async () => (await Promise.all([reads("lasting", 0), reads("lasting", 1)])).every(Boolean);
    const used = new Set<string | undefined>();
    for (let round = 0; round < 4; round += 1) {
      await until(bothRead);
      used.add(jira.oauth.refreshToken);
      await new Promise((resolve) => setTimeout(resolve, LIFE_MS * 0.6));
    }
    expect(used.size).toBeGreaterThanOrEqual(3);
    await Promise.all(apps.map((app) => app.close()));
    apps = await startAll();
    await until(bothRead);
    expect(jira.calls.filter(({ path, status }) => path === "/oauth/token" && status !== 200)).toEqual([]);
  });

  it("is signed in for anew by another link, as after Jira took its permission back", async () => {
    const { authorizeUrl } = await create("again");
    await signIn(authorizeUrl);
    expect(await reads("again", 0)).toBe(true);
    (jira.oauth as { refreshToken: string }).refreshToken = "taken back";
    await until(async () => !(await reads("again", 0)));
    const { data, errors } = await ask(AUTHORIZE, { id: "again" });
    expect(errors).toBeUndefined();
    expect(data.authorizeConnection).toMatchObject({ connection: { state: "UNAUTHORIZED" }, errors: [] });
    expect(data.authorizeConnection.authorizeUrl).not.toBe(authorizeUrl);
    expect((await signIn(data.authorizeConnection.authorizeUrl)).status).toBe(200);
    expect(await reads("again", 0)).toBe(true);
    await until(() => reads("again", 1));
  });

  it("takes a link once, and says so", async () => {
    const { authorizeUrl } = await create("once");
    await visit(authorizeUrl);
    const second = await visit(authorizeUrl);
    expect(second.status).toBe(400);
    expect(await words(second)).toBe(
      "This link has been used already, or is older than ten minutes. Ask for a new one and open it once.",
    );
  });

  it("is gone for a browser that comes back after somebody deleted it", async () => {
    const { authorizeUrl } = await create("gone");
    const sent = await visit(authorizeUrl);
    const back = target(await visit(target(sent)));
    await ask(`mutation { deleteConnection(id: "gone") }`);
    const late = await visit(back, (sent.headers.get("set-cookie") ?? "").split(";")[0]);
    expect(late.status).toBe(400);
    expect(await words(late)).toMatch(/Ask for a new link|was deleted meanwhile/);
    expect((await ask(`{ connection(id: "gone") { id } }`)).data).toEqual({ connection: null });
  });

  it("is nothing to another tenant", async () => {
    await create("mine");
    const [theirs, nobodys] = [
      await ask(AUTHORIZE, { id: "mine" }, STRANGER_KEY),
      await ask(AUTHORIZE, { id: "nobodys" }, STRANGER_KEY),
    ];
    expect(theirs.errors?.[0]).toMatchObject({ extensions: { code: "NOT_FOUND" } });
    expect(JSON.stringify(theirs.errors).replaceAll("mine", "nobodys")).toBe(JSON.stringify(nobodys.errors));
  });

  it("tells who asks for a link what has no sign-in", async () => {
    const { email, apiToken } = jira;
    const settings = { jira: { baseUrl: jira.url, credentials: { basic: { email, apiToken } } } };
    await ask(CREATE, { input: { name: "basic", settings } });
    expect((await ask(AUTHORIZE, { id: "basic" })).errors?.[0]?.message).toBe(
      'The connection "basic" doesn\'t sign in by OAuth. Give it other credentials by updateConnection.',
    );
  });
});
