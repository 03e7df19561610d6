import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { openApiKeys, type ApiKeyEntry } from "../../src/auth/api-key.js";
import { authenticateBy, presentedKey } from "../../src/auth/authenticate.js";
import { hashKey, makeDemoKey, makeKey } from "../../src/auth/key-format.js";

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
  const find = (presented: string) => keys.find(hashKey(presented));

  it("finds the caller that a key stands for", () => {
    expect(find(backend.key)).toEqual({
      tenantId: "acme",
      name: "backend",
      keyId: "config:backend",
      scopes: new Set(["tickets:read", "tickets:write"]),
      connections: new Set(["acme-jira"]),
    });
    expect(find(admin.key)?.connections).toBe("all");
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
          expect(find(other)).toBeUndefined();
        },
      ),
    );
    expect(find(`${backend.key} `)).toBeUndefined();
    expect(find(backend.key.toUpperCase())).toBeUndefined();
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
  const authenticate = authenticateBy({ keys: openApiKeys([backend]) });
  const callerOf = async (headers: IncomingHttpHeaders) => {
    const known = await authenticate(headers);
    return "caller" in known ? known.caller : known.refused.reason;
  };

  it("takes the default connection from X-Connection-Id", async () => {
    const headers = { "x-api-key": backend.key, "x-connection-id": " acme-jira " };
    expect(await callerOf(headers)).toMatchObject({ name: "backend", defaultConnection: "acme-jira" });
  });

  it("leaves it out where the header is absent or empty", async () => {
    expect(await callerOf({ "x-api-key": backend.key })).not.toHaveProperty("defaultConnection");
    expect(await callerOf({ "x-api-key": backend.key, "x-connection-id": " " })).not.toHaveProperty(
      "defaultConnection",
    );
  });

  it("does not let one request's connection stay for the next", async () => {
    await callerOf({ "x-api-key": backend.key, "x-connection-id": "other" });
    expect(await callerOf({ "x-api-key": backend.key })).not.toHaveProperty("defaultConnection");
  });

  it("knows nobody without a key, or with a wrong one", async () => {
    expect(await callerOf({})).toBe("missing");
    expect(await callerOf({ "x-api-key": "wrong", "x-connection-id": "acme-jira" })).toBe("unknown");
    expect(await callerOf({ "x-api-key": "tg_live_wrong" })).toBe("mistyped");
    expect(await callerOf({ authorization: "Bearer a.b.c" })).toBe("unknown");
    expect(await callerOf({ "x-api-key": makeKey() })).toBe("unknown");
  });

  it("lets a tenant header say what the key says, and nothing else", async () => {
    expect(await callerOf({ "x-api-key": backend.key, "x-tenant-id": "acme" })).toMatchObject({ tenantId: "acme" });
    const other = await authenticate({ "x-api-key": backend.key, "x-tenant-id": "stranger" });
    expect(other).toMatchObject({
      refused: {
        status: 403,
        code: "FORBIDDEN",
        message:
          'The header X-Tenant-Id names another tenant than the key or token is for, which is "acme". Leave the header out, or send the other tenant\'s key.',
      },
    });
    expect(await callerOf({ "x-api-key": "wrong", "x-tenant-id": "stranger" })).toBe("unknown");
  });
});
