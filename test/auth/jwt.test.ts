import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createHmac } from "node:crypto";
import { authenticateBy } from "../../src/auth/authenticate.js";
import { openApiKeys } from "../../src/auth/api-key.js";
import { openJwt, type JwtSettings } from "../../src/auth/jwt.js";
import { AUDIENCE, startIssuer, type Issuer } from "../support/issuer.js";

let issuer: Issuer;
beforeEach(async () => {
  issuer = await startIssuer();
});
afterEach(() => issuer.close());

function door(settings: Partial<JwtSettings> = {}, cooldownMs = 0) {
  const { issuer: name, jwksUrl } = issuer;
  const all = { issuer: name, audience: AUDIENCE, jwksUrl, tenantClaim: "tenant", scopeClaim: "scope", roles: {} };
  const jwt = openJwt({ ...all, ...settings }, { hasTenant: (id) => id === "acme", cooldownMs });
  const authenticate = authenticateBy({ keys: openApiKeys([]), jwt });
  return async (token: string, headers: Record<string, string> = {}) => {
    const known = await authenticate({ authorization: `Bearer ${token}`, ...headers });
    if ("caller" in known) return known.caller;
    const { status, message } = known.refused;
    return `${status} ${message}`;
  };
}
const inS = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

describe("a token of the issuer", () => {
  it("says who asks, for which tenant and what they may do", async () => {
    const token = await issuer.token({ scope: "openid tickets:read tickets:everything keys:admin" });
    expect(await door()(token)).toEqual({
      tenantId: "acme",
      name: "alice",
      keyId: "jwt:alice",
      scopes: new Set(["tickets:read", "keys:admin"]),
      connections: "all",
    });
  });

  it("may have its scopes in a list, and none of ours among them", async () => {
    const ask = door({ scopeClaim: "scp" });
    expect(await ask(await issuer.token({ scp: ["tickets:write", 7] }))).toMatchObject({
      scopes: new Set(["tickets:write"]),
    });
    expect(await ask(await issuer.token({ scope: "tickets:read" }))).toMatchObject({ scopes: new Set() });
  });

  it("has the scopes of its roles", async () => {
    const roles = { agent: ["tickets:read", "tickets:write"], admin: ["keys:admin"] } as const;
    const ask = door({ rolesClaim: "realm_access.roles", roles });
    const token = await issuer.token({ realm_access: { roles: ["agent", "constructor", "toString"] } });
    expect(await ask(token)).toMatchObject({ scopes: new Set(["tickets:read", "tickets:write"]) });
    expect(await ask(await issuer.token({ roles: ["admin"] }))).toMatchObject({ scopes: new Set() });
  });

  it("finds claims by their whole name before it takes a dot for a step", async () => {
    const ask = door({ tenantClaim: "https://acme.test/tenant" });
    const token = await issuer.token({ tenant: undefined, "https://acme.test/tenant": "acme" });
    expect(await ask(token)).toMatchObject({ tenantId: "acme" });
  });

  it("is bound to the connections that it names, and to none where it should name some", async () => {
    const ask = door({ connectionsClaim: "connections" });
    expect(await ask(await issuer.token({ connections: ["jira"] }))).toMatchObject({ connections: new Set(["jira"]) });
    expect(await ask(await issuer.token())).toMatchObject({ connections: new Set() });
  });

  it("may leave the header X-Tenant-Id say the same, and nothing else", async () => {
    const ask = door();
    const token = await issuer.token();
    expect(await ask(token, { "x-tenant-id": "acme" })).toMatchObject({ tenantId: "acme" });
    expect(await ask(token, { "x-tenant-id": "stranger" })).toMatch(/^403 The header X-Tenant-Id names another tenant/);
  });

  it("is checked once and then remembered, its keys fetched once", async () => {
    const ask = door();
    const token = await issuer.token();
    await ask(token);
    await issuer.rotate();
    expect(await ask(token)).toMatchObject({ name: "alice" });
    expect(issuer.fetches()).toBe(1);
  });
});

describe("a token that isn't good", () => {
  it.each([
    ["has expired", { exp: inS(-31) }, "401 The token has expired. Get a fresh one from its issuer."],
    ["is for later", { nbf: inS(60) }, "401 The token is not valid yet. Check its issuer's clock."],
    [
      "never expires",
      { exp: undefined },
      "401 The token's claim \"exp\" is missing or can't be read. Ask its issuer for one that has it.",
    ],
    [
      "is nobody's",
      { sub: undefined },
      "401 The token's claim \"sub\" is missing or can't be read. Ask its issuer for one that has it.",
    ],
    [
      "is for others",
      { aud: "others" },
      '401 The token is for another audience. Ask its issuer for one for "ticketgraph".',
    ],
    [
      "is for nobody",
      { aud: undefined },
      "401 The token's claim \"aud\" is missing or can't be read. Ask its issuer for one that has it.",
    ],
    [
      "names no tenant",
      { tenant: undefined },
      '401 The token names no tenant. Its issuer must write one into the claim "tenant".',
    ],
    [
      "names many tenants",
      { tenant: ["acme"] },
      '401 The token names no tenant. Its issuer must write one into the claim "tenant".',
    ],
    ["names a tenant that isn't there", { tenant: "nowhere" }, "401 The token names a tenant that is not served here."],
  ])("since it %s", async (_, claims, message) => {
    expect(await door()(await issuer.token(claims))).toBe(message);
  });

  it("since another made it", async () => {
    const token = await issuer.token({ iss: "https://evil.test" });
    expect(await door()(token)).toBe(
      `401 The token is from another issuer. Only those of "${issuer.issuer}" are taken here.`,
    );
  });

  it("though the clocks differ by half a minute, and no more", async () => {
    const ask = door();
    expect(await ask(await issuer.token({ exp: inS(-25), nbf: inS(25) }))).toMatchObject({ name: "alice" });
    expect(await ask(await issuer.token({ exp: inS(-35) }))).toMatch(/^401 The token has expired/);
  });

  it("since it is signed by the published key as if that were a password", async () => {
    const key = await issuer.publicKey();
    const sign = (text: string) => createHmac("sha256", key).update(text).digest("base64url");
    for (const alg of ["HS256", "HS512"])
      expect(await door()(issuer.forged({ alg }, sign))).toMatch(/^401 The token is signed in a way that isn't taken/);
  });

  it("since it is not signed at all", async () => {
    for (const alg of ["none", "None", "NONE", ""])
      for (const signature of ["", "x"])
        expect(await door()(issuer.forged({ alg }, () => signature))).toMatch(
          /^401 The token('s signature| is signed)/,
        );
  });

  it("since it brings its own key, or was changed", async () => {
    const token = await issuer.token({ tenant: "nowhere" });
    const [head, , signature] = token.split(".");
    const other = (await issuer.token()).split(".")[1];
    const damaged = /^401 The token's signature is not one of its issuer's, or the token is damaged\./;
    expect(await door()(`${head}.${other}.${signature}`)).toMatch(damaged);
    const stranger = await startIssuer();
    expect(await door()(await stranger.token({ iss: issuer.issuer }))).toMatch(damaged);
    expect(await door()(issuer.forged({ alg: "ES256", jku: stranger.jwksUrl }, () => "AAAA"))).toMatch(damaged);
    expect(stranger.fetches()).toBe(0);
    await stranger.close();
  });

  it("whatever is in it", async () => {
    for (const token of ["a.b.c", "..", "e30.e30.e30", "eyJhbGciOiJFUzI1NiJ9..", "a.b.c.d.e"])
      expect(await door()(token)).toMatch(/^401 /);
  });
});

describe("the issuer's keys", () => {
  it("may change: a new one is fetched when the first token of it comes", async () => {
    const ask = door();
    await ask(await issuer.token());
    await issuer.rotate();
    expect(await ask(await issuer.token({ sub: "bob" }))).toMatchObject({ name: "bob" });
    expect(issuer.fetches()).toBe(2);
  });

  it("are not fetched again and again for tokens of strangers", async () => {
    const ask = door({}, 30_000);
    await ask(await issuer.token());
    await issuer.rotate();
    for (let n = 0; n < 20; n += 1) expect(await ask(await issuer.token({ sub: `s${n}` }))).toMatch(/^401 /);
    expect(issuer.fetches()).toBe(1);
  });

  it("are found for a token that names none of them", async () => {
    const old = await issuer.token({}, { noKid: true });
    await issuer.rotate({ keepOld: true });
    const ask = door();
    expect(await ask(old)).toMatchObject({ name: "alice" });
    expect(await ask(await issuer.token({ sub: "bob" }, { noKid: true }))).toMatchObject({ name: "bob" });
    await issuer.rotate();
    expect(await ask(await issuer.token({ sub: "eve" }, { noKid: true }))).toMatch(/^401 The token's signature/);
  });

  it.each(["error", "garbage"] as const)(
    "don't come (%s): nobody can say, and those that came before go on",
    async (how) => {
      const message =
        "503 The keys of the token's issuer can't be fetched, so the token can't be checked. Ask again in a while.";
      const ask = door();
      issuer.misbehave(how);
      expect(await ask(await issuer.token())).toBe(message);
      issuer.misbehave("no");
      expect(await ask(await issuer.token())).toMatchObject({ name: "alice" });
      issuer.misbehave(how);
      expect(await ask(await issuer.token({ sub: "bob" }))).toMatchObject({ name: "bob" });
    },
  );
});
