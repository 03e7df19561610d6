import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createHmac } from "node:crypto";
import { KEY, startTestApp, type TestApp } from "../../support/app.js";
import { AUDIENCE, startIssuer, type Issuer } from "../../support/issuer.js";
import { makeKey } from "../../support/make-key.js";
import { post } from "../../support/post.js";

const WHO = "{ viewer { tenantId name } }";

let test: TestApp;
let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
  const { issuer: name, jwksUrl } = issuer;
  test = await startTestApp({
    jwt: { issuer: name, audience: AUDIENCE, jwksUrl, tenantClaim: "tenant", scopeClaim: "scope", roles: {} },
  });
});
afterAll(async () => {
  await test.close();
  await issuer.close();
});

const as = (headers: Record<string, string>) => post(test, WHO, {}, headers);

describe("who isn't known", () => {
  it.each([
    ["no key", {}],
    ["an empty key", { "x-api-key": "" }],
    ["a wrong key", { "x-api-key": `${KEY}x` }],
    ["a key in another's form", { authorization: `Basic ${Buffer.from(`:${KEY}`).toString("base64")}` }],
    ["a session", { cookie: `x-api-key=${KEY}` }],
  ])("with %s gets no further than the door", async (_what, headers: Record<string, string>) => {
    const calls = test.jira.calls.length;
    const { status, headers: answered, body } = await as(headers);
    expect([status, answered.get("www-authenticate")]).toEqual([401, 'Bearer realm="ticketgraph"']);
    expect(body).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: "UNAUTHENTICATED" } }],
    });
    // What is wrong with the document is nobody's to learn who isn't known.
    const broken = await post(test, "{ nothing {", {}, headers);
    expect(broken).toMatchObject({ status: 401, body });
    expect(test.jira.calls.length).toBe(calls);
  });

  it("isn't told which of its guesses was nearer", async () => {
    const { key } = await makeKey(test, "nearly", ["tickets:read"]);
    const otherThan = (character: string | undefined): string => (character === "a" ? "b" : "a");
    const guesses = [
      `${key.slice(0, -1)}${otherThan(key.at(-1))}`,
      `${key.slice(0, 12)}${otherThan(key[12])}${key.slice(13)}`,
    ];
    const answers = await Promise.all(guesses.map((guess) => as({ "x-api-key": guess })));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
  });

  it("doesn't come in by a key in the address, which logs and histories keep", async () => {
    for (const name of ["api_key", "apiKey", "x-api-key", "access_token", "token"]) {
      const response = await fetch(`${test.app.url}/graphql?query={__typename}&${name}=${KEY}`, {
        headers: { "apollo-require-preflight": "1" },
      });
      expect(response.status).toBe(401);
    }
  });
});

describe("a token", () => {
  it("is taken as its issuer made it, and in no other way", async () => {
    const good = await issuer.token({ scope: "tickets:read" });
    expect(await as({ authorization: `Bearer ${good}` })).toMatchObject({
      status: 200,
      body: { data: { viewer: { tenantId: "acme", name: "alice" } } },
    });
    const publicKey = await issuer.publicKey();
    const bad = [
      issuer.forged({ alg: "none" }, () => ""),
      issuer.forged({ alg: "HS256" }, (signed) => createHmac("sha256", publicKey).update(signed).digest("base64url")),
      await issuer.token({ aud: "another service" }),
      await issuer.token({ iss: "https://issuer.evil.example" }),
      await issuer.token({ exp: Math.floor(Date.now() / 1_000) - 3_600 }),
      await issuer.token({ tenant: "nobody" }),
    ];
    for (const token of bad) expect(await as({ authorization: `Bearer ${token}` })).toMatchObject({ status: 401 });
  });

  it("speaks for its own tenant, whatever a header says", async () => {
    const token = await issuer.token({ scope: "tickets:read" });
    const said = await as({ authorization: `Bearer ${token}`, "x-tenant-id": "stranger" });
    expect(said.status).toBe(403);
    expect(said.body.data).toBeUndefined();
  });
});

describe("a key", () => {
  it("ends when it is revoked and when it expires, at once", async () => {
    const revoked = await makeKey(test, "to be revoked", ["tickets:read"]);
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const expiring = await makeKey(test, "to expire", ["tickets:read"], { expiresAt });
    const status = async (key: string) => (await as({ "x-api-key": key })).status;
    expect([await status(revoked.key), await status(expiring.key)]).toEqual([200, 200]);
    await test.query("mutation ($id: ID!) { revokeApiKey(id: $id) { id } }", { id: revoked.id });
    expect(await status(revoked.key)).toBe(401);
    await new Promise((resolve) => setTimeout(resolve, Date.parse(expiresAt) - Date.now() + 5));
    expect(await status(expiring.key)).toBe(401);
  });
});
