import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { OAuthClient } from "../../src/connectors/oauth.js";
import { vendorsByName } from "../../src/connectors/registry.js";
import { beginAuthorization, finishAuthorization, issueTicket } from "../../src/operations/oauth/authorize.js";
import type { Grant, OAuthKernel } from "../../src/operations/oauth/kernel.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import type { RunningServer } from "../../src/server/http.js";
import { connect } from "../support/connect.js";
import { pendingInMemory } from "../support/pending.js";
import { startToy } from "./toy.js";

const jira = vendorsByName.get("jira");
if (!jira?.oauth) throw new Error("Jira has no OAuth.");
const { client: Client } = jira.oauth;
const applicant = { tenantId: "acme", connectionId: "acme-jira", vendor: "jira" };

describe("OAuth's code flow", () => {
  let sandbox: JiraSandbox;
  let server: RunningServer;
  let kernel: OAuthKernel;
  let client: OAuthClient;
  let grants: (readonly [applicant: object, grant: Grant])[];
  let now = Date.now();
  const pending = pendingInMemory(() => now);
  let isSecure = false;

  beforeAll(async () => {
    sandbox = await startJiraSandbox({ issues: 3 });
    server = await startToy({
      oauth: {
        begin: (vendor, ticket) => beginAuthorization(kernel, vendor, ticket),
        finish: (vendor, brought) => finishAuthorization(kernel, vendor, brought),
        get isSecure() {
          return isSecure;
        },
      },
    });
  });
  beforeEach(() => {
    grants = [];
    now = Date.now();
    const { clientId, clientSecret } = sandbox.oauth;
    const { url } = sandbox;
    client = Client.parse({ clientId, clientSecret, baseUrl: url, authUrl: url, apiUrl: url });
    kernel = {
      pending,
      vendors: vendorsByName,
      redirectUri: (vendor) => `${server.url}/oauth/${vendor}/callback`,
      hosts: { allow: [], allowPrivate: ["127.0.0.1"] },
      granted: async (...granted) => void grants.push(granted),
    };
  });
  afterEach(() => {
    isSecure = false;
    sandbox.setConsent({});
    sandbox.reset();
    pending.kept.clear();
  });
  afterAll(async () => {
    await server.close();
    await sandbox.close();
  });

  const visit = (url: string, cookie = ""): Promise<Response> =>
    fetch(url, { redirect: "manual", headers: { cookie } });
  const target = (response: Response): string => response.headers.get("location") ?? "";
  const cookieIn = (response: Response): string => (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const start = async (asker = client): Promise<Response> =>
    visit(`${server.url}/oauth/jira/start?ticket=${await issueTicket(kernel, applicant, asker)}`);
  /** As far as the vendor's answer: where it sends the browser, and the browser's cookie. */
  async function agree(asker = client): Promise<{ readonly back: string; readonly cookie: string }> {
    const sent = await start(asker);
    expect(sent.status).toBe(302);
    return { back: target(await visit(target(sent))), cookie: cookieIn(sent) };
  }
  async function refusal(response: Response): Promise<string> {
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const page = await response.text();
    expect(page).toContain("<h1>Not connected</h1>");
    return /<p>(.*)<\/p>/.exec(page)?.[1] ?? "";
  }

  it("leads to credentials by which the connection works", async () => {
    const { back, cookie } = await agree();
    const done = await visit(back, cookie);
    expect(done.status).toBe(200);
    expect(await done.text()).toContain(
      `<p>The connection may now use your account at acme (${sandbox.url}). You can close this page.</p>`,
    );
    expect(grants).toHaveLength(1);
    const [whose, { credentials, token, site }] = grants[0] as (typeof grants)[number];
    expect(whose).toEqual(applicant);
    expect(site).toMatchObject({ id: sandbox.cloudId, url: sandbox.url });
    const { clientId, clientSecret, refreshToken } = sandbox.oauth;
    const { cloudId, url } = sandbox;
    expect(credentials).toEqual({
      oauth: { clientId, clientSecret, refreshToken, cloudId, authUrl: url, apiUrl: url },
    });
    expect(token).toMatchObject({ refreshToken, expiresInMs: 3_600_000 });
    const connection = connect(jira, { baseUrl: sandbox.url, credentials: credentials as object });
    expect(await connection.ticket("10001")).toMatchObject({ vendorId: "10001" });
    await connection.close();
  });

  it("asks the vendor as its documentation says", async () => {
    const sent = await start();
    const { origin, pathname, searchParams } = new URL(target(sent));
    expect(origin + pathname).toBe(`${sandbox.url}/authorize`);
    expect(Object.fromEntries(searchParams)).toEqual({
      audience: "api.atlassian.com",
      client_id: sandbox.oauth.clientId,
      scope: "read:jira-work write:jira-work read:jira-user offline_access",
      redirect_uri: `${server.url}/oauth/jira/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      response_type: "code",
      prompt: "consent",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as unknown,
      code_challenge_method: "S256",
    });
    expect(Client.parse({ clientId: "a", clientSecret: "b", baseUrl: "https://acme.atlassian.net" })).toMatchObject({
      authUrl: "https://auth.atlassian.com",
      apiUrl: "https://api.atlassian.com",
    });
  });

  it("binds the browser by a cookie that no script and no other site gets at", async () => {
    expect((await start()).headers.get("set-cookie")).toMatch(
      /^ticketgraph-oauth=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
    isSecure = true;
    expect((await start()).headers.get("set-cookie")).toMatch(
      /^__Host-ticketgraph-oauth=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  it("keeps none of the secrets that it hands out, and answers with pages that load, keep and tell nothing", async () => {
    const ticket = await issueTicket(kernel, applicant, client);
    const sent = await visit(`${server.url}/oauth/jira/start?ticket=${ticket}`);
    const state = new URL(target(sent)).searchParams.get("state") ?? "";
    const [, browser = "?"] = cookieIn(sent).split("=");
    for (const secret of [ticket, state, browser]) expect(JSON.stringify([...pending.kept])).not.toContain(secret);
    const page = await visit(`${server.url}/oauth/jira/callback?state=x`);
    for (const { headers } of [sent, page]) {
      expect(headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      );
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect(await page.text()).not.toMatch(/<script|https?:\/\/|src=|href=/);
  });

  it("takes a ticket once, and only in its time", async () => {
    const ticket = await issueTicket(kernel, applicant, client);
    const url = `${server.url}/oauth/jira/start?ticket=${ticket}`;
    expect((await visit(url)).status).toBe(302);
    const words = "This link has been used already, or is older than ten minutes. Ask for a new one and open it once.";
    expect(await refusal(await visit(url))).toBe(words);
    const late = await issueTicket(kernel, applicant, client);
    now += 600_001;
    expect(await refusal(await visit(`${server.url}/oauth/jira/start?ticket=${late}`))).toBe(words);
    for (const query of ["", "?ticket=", "?ticket=a&ticket=b", "?ticket=%00", `?ticket=${"x".repeat(5_000)}`])
      expect(await refusal(await visit(`${server.url}/oauth/jira/start${query}`))).toBe(words);
    expect(
      await refusal(
        await visit(`${server.url}/oauth/stackone/start?ticket=${await issueTicket(kernel, applicant, client)}`),
      ),
    ).toBe(words);
  });

  it("doesn't let what only looks at links use a ticket up", async () => {
    const url = `${server.url}/oauth/jira/start?ticket=${await issueTicket(kernel, applicant, client)}`;
    for (const method of ["HEAD", "OPTIONS", "POST"]) expect((await fetch(url, { method })).status).toBe(405);
    expect((await visit(url)).status).toBe(302);
  });

  it("takes an answer once: neither its state nor its code works again", async () => {
    const { back, cookie } = await agree();
    expect((await visit(back, cookie)).status).toBe(200);
    expect(await refusal(await visit(back, cookie))).toBe(
      "This answer has been used already, or took longer than ten minutes. Ask for a new link and start again.",
    );
    // The old code under a state that is good: the vendor refuses it.
    const fresh = await agree();
    const url = new URL(fresh.back);
    url.searchParams.set("code", new URL(back).searchParams.get("code") ?? "");
    expect(await refusal(await visit(url.href, fresh.cookie))).toBe(
      "Jira Cloud doesn&#39;t take the code. Check the app&#39;s client id, its secret and its callback address, and start again.",
    );
    expect(grants).toHaveLength(1);
  });

  it("takes one of many answers that come at once", async () => {
    const { back, cookie } = await agree();
    const answers = await Promise.all(Array.from({ length: 10 }, () => visit(back, cookie)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 400)]);
    expect(grants).toHaveLength(1);
  });

  it("takes no answer after ten minutes", async () => {
    const { back, cookie } = await agree();
    now += 600_001;
    expect(await refusal(await visit(back, cookie))).toContain("took longer than ten minutes");
  });

  it("takes no answer from another browser, and none again from the right one then", async () => {
    const other = await agree();
    for (const cookie of ["", "ticketgraph-oauth=", other.cookie, `${other.cookie}; ${other.cookie}`]) {
      const mine = await agree();
      expect(await refusal(await visit(mine.back, cookie))).toContain("This is not the browser that started.");
      expect(await refusal(await visit(mine.back, mine.cookie))).toContain("has been used already");
    }
    expect(grants).toHaveLength(0);
    expect(sandbox.calls.filter(({ path }) => path === "/oauth/token")).toHaveLength(0);
  });

  it("is of no use to who has stolen a code without the verifier", async () => {
    const { back } = await agree();
    const { clientId: client_id, clientSecret: client_secret } = sandbox.oauth;
    const code = new URL(back).searchParams.get("code") ?? "";
    const exchange = (more: object): Promise<Response> =>
      fetch(`${sandbox.url}/oauth/token`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          grant_type: "authorization_code",
          client_id,
          client_secret,
          code,
          redirect_uri: `${server.url}/oauth/jira/callback`,
          ...more,
        }),
      });
    expect((await exchange({ code_verifier: "x".repeat(43) })).status).toBe(403);
  });

  it("tells who didn't agree what to do", async () => {
    sandbox.setConsent({ isGiven: false });
    const { back, cookie } = await agree();
    expect(new URL(back).searchParams.get("error")).toBe("access_denied");
    expect(await refusal(await visit(back, cookie))).toBe(
      "Jira Cloud says that access was denied. Ask for a new link and agree, as somebody who may use the site.",
    );
  });

  it("shows nothing of what the address says", async () => {
    const { back, cookie } = await agree();
    const url = new URL(back);
    url.searchParams.delete("code");
    url.searchParams.set("error", "<script>alert(1)</script>");
    url.searchParams.set("error_description", "<img src=x onerror=alert(1)>");
    const words = await refusal(await visit(url.href, cookie));
    expect(words).toContain("Jira Cloud gave no code.");
    expect(words).not.toMatch(/alert|script|img/);
  });

  it("tells of access to another site than the connection's", async () => {
    const { back, cookie } = await agree({ ...client, baseUrl: "http://127.0.0.1:1" });
    expect(await refusal(await visit(back, cookie))).toBe(
      `Access was given to ${sandbox.url}, but this connection is to http://127.0.0.1:1. Start again and choose that site, or change the connection&#39;s base URL.`,
    );
    expect(grants).toHaveLength(0);
  });

  it("tells of a scope that the app lacks", async () => {
    sandbox.setConsent({ scopes: ["read:jira-work", "read:jira-user"] });
    const { back, cookie } = await agree();
    expect(await refusal(await visit(back, cookie))).toBe(
      "The app lacks write:jira-work. Add that to its permissions in Jira Cloud, and start again.",
    );
  });

  it("tells of a wrong secret of the app, and of a vendor that is away", async () => {
    const wrong = await agree({ ...client, clientSecret: "wrong" });
    expect(await refusal(await visit(wrong.back, wrong.cookie))).toContain("doesn&#39;t take the code");
    const away = await agree();
    sandbox.faults.add({ kind: "status", status: 503, operation: "oauthToken" });
    expect(await refusal(await visit(away.back, away.cookie))).toBe(
      "Jira has a problem of its own (HTTP 503). Start again later.",
    );
  });

  it("asks for tokens only where the operator lets connections lead", async () => {
    kernel = { ...kernel, hosts: { allow: [], allowPrivate: [] } };
    const { back, cookie } = await agree();
    expect(await refusal(await visit(back, cookie))).toContain("127.0.0.1 must be spoken to by https");
    expect(sandbox.calls.filter(({ path }) => path === "/oauth/token")).toHaveLength(0);
  });

  it("leads nowhere but to the vendor, whatever the address says", async () => {
    for (const more of ["redirect_uri=https://evil.example", "next=//evil.example", "authUrl=https://evil.example"]) {
      const ticket = await issueTicket(kernel, applicant, client);
      const sent = await visit(`${server.url}/oauth/jira/start?ticket=${ticket}&${more}`);
      expect(new URL(target(sent)).origin).toBe(sandbox.url);
      expect(target(sent)).not.toContain("evil.example");
      const back = target(await visit(target(sent)));
      const done = await visit(`${back}&${more}`, cookieIn(sent));
      expect(done.status).toBe(200);
      expect(done.headers.get("location")).toBeNull();
      expect(await done.text()).not.toContain("evil.example");
    }
  });

  it("tells nobody of success before what was granted is kept", async () => {
    kernel = { ...kernel, granted: () => Promise.reject(new Error("The store is away.")) };
    const { back, cookie } = await agree();
    const answer = await visit(back, cookie);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("The store is away");
  });

  it("is served nowhere else", async () => {
    for (const path of [
      "/oauth",
      "/oauth/jira",
      "/oauth/jira/other",
      "/oauth/jira/start/x",
      "/oauth/../start",
      "/oauth/JIRA/start",
    ])
      expect((await visit(`${server.url}${path}`)).status).toBe(404);
  });
});
