import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { makeDemoKey, openApiKeys, type ApiKeyEntry } from "../../src/auth/api-key.js";
import { authenticateBy, presentedKey } from "../../src/auth/authenticate.js";

const backend: ApiKeyEntry = {
  tenantId: "acme",
  name: "backend",
  key: "acme_key_of_the_backend_0001",
  scopes: ["tickets:read", "tickets:write"],
  connections: ["acme-jira"],
};
const admin: ApiKeyEntry = { ...backend, name: "admin", key: "acme_key_of_the_admins_0002", connections: "all" };

describe("openApiKeys", () => {
  const keys = openApiKeys([backend, admin]);

  it("finds the caller that a key stands for", () => {
    expect(keys.find(backend.key)).toEqual({
      tenantId: "acme",
      name: "backend",
      scopes: new Set(["tickets:read", "tickets:write"]),
      connections: new Set(["acme-jira"]),
    });
    expect(keys.find(admin.key)?.connections).toBe("all");
  });

  it("finds nobody for any other text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat(backend.key.length - 1).map((end) => backend.key.slice(0, end)),
        ),
        (other) => {
          fc.pre(other !== backend.key && other !== admin.key);
          expect(keys.find(other)).toBeUndefined();
        },
      ),
    );
    expect(keys.find(`${backend.key} `)).toBeUndefined();
    expect(keys.find(backend.key.toUpperCase())).toBeUndefined();
  });

  it("refuses two entries with the same key, without printing it", () => {
    const open = () => openApiKeys([backend, { ...admin, key: backend.key }]);
    expect(open).toThrow('The API keys "backend" and "admin" are the same. Give each its own.');
  });
});

describe("makeDemoKey", () => {
  it("makes a key that says what it is, of letters and digits", () => {
    expect(makeDemoKey()).toMatch(/^tg_demo_[0-9A-Za-z]{32}$/);
    expect(makeDemoKey()).not.toBe(makeDemoKey());
  });

  it("takes chance as an argument", () => {
    let next = 0;
    expect(makeDemoKey((below) => next++ % below)).toBe("tg_demo_0123456789ABCDEFGHIJKLMNOPQRSTUV");
    expect(makeDemoKey((below) => below - 1)).toBe(`tg_demo_${"z".repeat(32)}`);
  });
});

describe("presentedKey", () => {
  it.each([
    [{ "x-api-key": "one" }, "one"],
    [{ "x-api-key": " one " }, "one"],
    [{ authorization: "Bearer two" }, "two"],
    [{ authorization: "bearer   two " }, "two"],
    [{ "x-api-key": "one", authorization: "Bearer two" }, "one"],
    [{ "x-api-key": "", authorization: "Bearer two" }, "two"],
    [{ authorization: "Basic dXNlcjpwYXNz" }, undefined],
    [{ authorization: "Bearer" }, undefined],
    [{}, undefined],
  ])("reads %j as %j", (headers, expected) => {
    expect(presentedKey(headers)).toBe(expected);
  });
});

describe("authenticateBy", () => {
  const authenticate = authenticateBy(openApiKeys([backend]));

  it("takes the default connection from X-Connection-Id", () => {
    const headers = { "x-api-key": backend.key, "x-connection-id": " acme-jira " };
    expect(authenticate(headers)).toMatchObject({ name: "backend", defaultConnection: "acme-jira" });
  });

  it("leaves it out where the header is absent or empty", () => {
    expect(authenticate({ "x-api-key": backend.key })).not.toHaveProperty("defaultConnection");
    expect(authenticate({ "x-api-key": backend.key, "x-connection-id": " " })).not.toHaveProperty("defaultConnection");
  });

  it("does not let one request's connection stay for the next", () => {
    authenticate({ "x-api-key": backend.key, "x-connection-id": "other" });
    expect(authenticate({ "x-api-key": backend.key })).not.toHaveProperty("defaultConnection");
  });

  it("knows nobody without a key, or with a wrong one", () => {
    expect(authenticate({})).toBeUndefined();
    expect(authenticate({ "x-api-key": "wrong", "x-connection-id": "acme-jira" })).toBeUndefined();
  });
});
