import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { isWellFormed } from "../../src/auth/key-format.js";
import { type Answer, KEY, READER_KEY, startTestApp, STRANGER_KEY, type TestApp } from "../support/app.js";
import { makeKey } from "../support/make-key.js";
import { until } from "../support/until.js";

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const CREATE = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  key errors { code path message allowedValues }
  apiKey { id name source state prefix scopes isCurrent createdBy expiresAt lastUsedAt revokedAt revokedBy
    connections { id } defaultConnection { id } } } }`;
const REVOKE = "mutation ($id: ID!) { revokeApiKey(id: $id) { id state revokedAt revokedBy isCurrent } }";
const LIST = `query ($first: Int, $after: String) { apiKeys(first: $first, after: $after) {
  nodes { id name source state isCurrent prefix scopes createdBy } pageInfo { hasNextPage endCursor } } }`;
const WHO = "{ viewer { name scopes connections { name } } }";

const create = async (input: object, key = KEY) => (await test.query(CREATE, { input }, key)).data.createApiKey;
const status = async (key: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${test.app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": key, ...headers },
    body: JSON.stringify({ query: WHO }),
  });
  return { status: response.status, ...((await response.json()) as { data?: unknown; errors?: unknown }) };
};
const refusal = (message: string) => ({ errors: [{ message, extensions: { code: "UNAUTHENTICATED" } }] });

describe("createApiKey", () => {
  it("makes a key that opens the API at once, and is told once", async () => {
    const made = await create({ name: " reports ", scopes: ["tickets:read"], defaultConnectionId: "jira" });
    expect(isWellFormed(made.key)).toBe(true);
    expect(made).toMatchObject({
      errors: [],
      apiKey: {
        name: "reports",
        source: "API",
        state: "ACTIVE",
        prefix: made.key.slice(0, 12),
        scopes: ["tickets:read"],
        isCurrent: false,
        createdBy: "backend",
        expiresAt: null,
        lastUsedAt: null,
        revokedAt: null,
        connections: null,
        defaultConnection: { id: expect.any(String) },
      },
    });
    expect(await status(made.key)).toMatchObject({
      status: 200,
      data: { viewer: { name: "reports", scopes: ["tickets:read"], connections: [{ name: "Acme Jira" }] } },
    });
    expect(JSON.stringify(await test.query(LIST))).not.toContain(made.key);
    const node = "query ($id: ID!) { node(id: $id) { ... on ApiKey { name lastUsedAt } } }";
    await until(async () => (await test.query(node, { id: made.apiKey.id })).data.node.lastUsedAt !== null);
  });

  it("binds a key to connections, and to no more than these", async () => {
    const { key } = await makeKey(test, "bound", ["tickets:read", "keys:admin"], { connectionIds: ["jira"] });
    expect(await status(key)).toMatchObject({ data: { viewer: { connections: [{ name: "Acme Jira" }] } } });
    const heir = await create({ name: "heir", scopes: ["tickets:read"] }, key);
    expect(heir.apiKey).toMatchObject({ createdBy: "bound", connections: [{ id: expect.any(String) }] });
  });

  it("says all that is wrong, each in its place, and makes nothing", async () => {
    const wrong = { scopes: ["tickets:reed", "tickets:read"], connectionIds: ["stranger-jira", "jira"] };
    const made = await create({ name: "", ...wrong, defaultConnectionId: "nowhere", expiresAt: "2020-01-01" });
    const all = ["tickets:read", "tickets:write", "connections:admin", "keys:admin"];
    const invalid = (path: string[], message: string, allowedValues: string[] = []) => ({
      ...{ code: "INVALID_INPUT", path, message, allowedValues },
    });
    const none = (id: string) => `There is no connection "${id}" that your key can use, so it can give none.`;
    expect(made).toMatchObject({
      key: null,
      apiKey: null,
      errors: [
        invalid(["name"], "The name must have 1 to 100 characters, in one line."),
        invalid(["expiresAt"], "The key would have expired already. Give a moment in the future, or none."),
        invalid(["scopes", "0"], 'There is no scope "tickets:reed". Did you mean "tickets:read"?', all),
        invalid(["connectionIds", "0"], none("stranger-jira"), ["jira"]),
        invalid(["defaultConnectionId"], none("nowhere"), ["jira"]),
      ],
    });
    for (const name of ["x".repeat(101), "two\nlines", " "])
      expect((await create({ name, scopes: [] })).errors.map(({ path }: { path: string[] }) => path)).toEqual([
        ["name"],
        ["scopes"],
      ]);
    const empty = await create({ name: "empty", scopes: ["tickets:read"], connectionIds: [] });
    expect(empty.errors).toMatchObject([{ message: "Name at least one connection, or leave the list out." }]);
  });

  it("gives nothing that the caller's own key doesn't have", async () => {
    const { key } = await makeKey(test, "keeper", ["keys:admin", "tickets:read"]);
    const made = await create({ name: "more", scopes: ["tickets:read", "tickets:write"] }, key);
    expect(made).toMatchObject({
      key: null,
      errors: [
        {
          code: "FORBIDDEN",
          path: ["scopes", "1"],
          message: 'The key "keeper" has no scope tickets:write itself, so it can give none.',
          allowedValues: ["tickets:read", "keys:admin"],
        },
      ],
    });
  });

  it("gives no name twice, unless the one before was revoked", async () => {
    const { id } = await makeKey(test, "one of a kind", ["tickets:read"]);
    for (const name of ["one of a kind", "backend"])
      expect((await create({ name, scopes: ["tickets:read"] })).errors).toEqual([
        {
          code: "CONFLICT",
          path: ["name"],
          message: `There is a key "${name}" already. Choose another name, or revoke that one first.`,
          allowedValues: [],
        },
      ]);
    await test.query(REVOKE, { id });
    expect((await create({ name: "one of a kind", scopes: ["tickets:read"] })).errors).toEqual([]);
    expect((await create({ name: "backend", scopes: ["tickets:read"] }, STRANGER_KEY)).errors).toEqual([]);
  });
});

/** Before a key that was looked up would be looked up anew of itself, after three seconds: it is the news that are in time. */
const AT_ONCE_MS = 2_500;

describe("a key that doesn't open anything", () => {
  it("was mistyped", async () => {
    const { key } = await makeKey(test, "typed", ["tickets:read"]);
    const typo = key.slice(0, 20) + (key[20] === "x" ? "y" : "x") + key.slice(21);
    expect(await status(typo)).toEqual({
      status: 401,
      ...refusal(
        "This API key was mistyped or cut: its last characters don't fit the others. Check the header X-API-Key (or Authorization: Bearer), and copy the key anew.",
      ),
    });
  });

  it("has expired", async () => {
    const expiresAt = new Date(Date.now() + 1_000).toISOString();
    const { key, id } = await makeKey(test, "short", ["tickets:read"], { expiresAt });
    expect(await status(key)).toMatchObject({ status: 200 });
    await until(async () => (await status(key)).status === 401);
    expect(await status(key)).toMatchObject(
      refusal("This API key has expired. Ask an administrator of your tenant for another."),
    );
    const { nodes } = (await test.query(LIST, { first: 100 })).data.apiKeys;
    expect(nodes).toContainEqual(expect.objectContaining({ id, state: "EXPIRED" }));
  });

  it("is another tenant's by its header", async () => {
    const { key } = await makeKey(test, "of acme", ["tickets:read"]);
    expect(await status(key, { "x-tenant-id": "stranger" })).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: "FORBIDDEN" } }],
    });
    expect(await status(key, { "x-tenant-id": "acme" })).toMatchObject({ status: 200 });
  });
});

describe("revokeApiKey", () => {
  it("takes a key away at once, for good", async () => {
    const { key, id } = await makeKey(test, "gone", ["tickets:read"]);
    expect(await status(key)).toMatchObject({ status: 200 });
    const { data } = await test.query(REVOKE, { id });
    expect(data.revokeApiKey).toEqual({
      ...{ id, state: "REVOKED", revokedAt: expect.any(String), revokedBy: "backend", isCurrent: false },
    });
    await until(async () => (await status(key)).status === 401, AT_ONCE_MS);
    expect(await status(key)).toMatchObject(
      refusal("This API key was revoked. Ask an administrator of your tenant for another."),
    );
    const { key: other } = await makeKey(test, "second", ["keys:admin"]);
    const again = await test.query(REVOKE, { id }, other);
    expect(again.data.revokeApiKey).toEqual(data.revokeApiKey);
  });

  it("lets a key revoke itself, and says so", async () => {
    const { key, id } = await makeKey(test, "tired", ["keys:admin"]);
    const { data } = await test.query(REVOKE, { id }, key);
    expect(data.revokeApiKey).toMatchObject({ state: "REVOKED", revokedBy: "tired", isCurrent: true });
    await until(async () => (await status(key)).status === 401, AT_ONCE_MS);
  });

  it("leaves the operator's keys to the operator", async () => {
    const { nodes } = (await test.query(LIST)).data.apiKeys;
    const reader = nodes.find(({ name }: { name: string }) => name === "reader");
    expect(await test.query(REVOKE, { id: reader.id })).toMatchObject({
      errors: [
        {
          message: 'The key "reader" is in the configuration file. Take it out there and start the gateway anew.',
          extensions: { code: "BAD_USER_INPUT" },
        },
      ],
    });
  });

  it("knows no key of another tenant: it is as if it weren't there", async () => {
    const { id, key } = await makeKey(test, "ours", ["tickets:read"]);
    const made = await create({ name: "no more", scopes: ["tickets:read"] });
    const never = made.apiKey.id.slice(0, -4) + "AAAA";
    const { nodes } = (await test.query(LIST)).data.apiKeys;
    const configured = nodes.find(({ name }: { name: string }) => name === "reader").id;
    for (const other of [id, never, configured, "nonsense"]) {
      const answer = await test.query(REVOKE, { id: other }, STRANGER_KEY);
      expect(answer.errors).toMatchObject([
        { message: `There is no API key "${other}".`, extensions: { code: "NOT_FOUND" } },
      ]);
      const node = await test.query("query ($id: ID!) { node(id: $id) { id } }", { id: other }, STRANGER_KEY);
      expect(node).toMatchObject({ data: { node: null } });
    }
    expect(await status(key)).toMatchObject({ status: 200 });
    const theirs = (await test.query(LIST, { first: 100 }, STRANGER_KEY)).data.apiKeys.nodes;
    expect(theirs.map(({ name }: { name: string }) => name)).not.toContain("ours");
  });
});

describe("apiKeys", () => {
  it("lists those of the configuration and then the latest, page by page", async () => {
    const names = async (key: string, first: number) => {
      const found: string[] = [];
      for (let after: string | null = null; ;) {
        const answer: Answer = await test.query(LIST, { first, after }, key);
        const { nodes, pageInfo } = answer.data.apiKeys;
        expect(nodes.length).toBeLessThanOrEqual(first);
        found.push(...nodes.map(({ name }: { name: string }) => name));
        if (!pageInfo.hasNextPage) return found;
        after = pageInfo.endCursor;
      }
    };
    for (const name of ["a", "b", "c"]) await makeKey(test, name, ["tickets:read"]);
    const all = await names(KEY, 100);
    expect(all.slice(0, 5)).toEqual(["backend", "reader", "c", "b", "a"]);
    for (const first of [1, 2, 3, 7]) expect(await names(KEY, first)).toEqual(all);
  });

  it("shows which key is the caller's, and of the operator's no more than there is", async () => {
    const { nodes } = (await test.query(LIST, { first: 2 })).data.apiKeys;
    expect(nodes[0]).toEqual({
      ...{ id: expect.any(String), name: "backend", source: "CONFIGURATION", state: "ACTIVE", isCurrent: true },
      ...{
        prefix: null,
        scopes: ["tickets:read", "tickets:write", "connections:admin", "keys:admin"],
        createdBy: null,
      },
    });
    expect(nodes[1]).toMatchObject({ name: "reader", isCurrent: false });
  });

  it("is nothing for a key without the scope, by whatever way", async () => {
    const { id } = await makeKey(test, "seen by few", ["tickets:read"]);
    expect(await test.query(LIST, {}, READER_KEY)).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
    expect(await test.query("query ($id: ID!) { node(id: $id) { id } }", { id }, READER_KEY)).toMatchObject({
      data: { node: null },
    });
  });
});
