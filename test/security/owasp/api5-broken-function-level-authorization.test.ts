import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createSchema } from "../../../src/graphql/schema.js";
import { KEY, READER_KEY, startTestApp, type TestApp } from "../../support/app.js";
import { callWith } from "../../support/id-places.js";
import { makeKey } from "../../support/make-key.js";
import { post } from "../../support/post.js";

const mutations = Object.values(createSchema().getMutationType()?.getFields() ?? {});
const type = createSchema().getMutationType();

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const codes = async (query: string, key: string) =>
  ((await test.query(query, {}, key)).errors ?? []).map(({ extensions }) => extensions?.["code"]);

describe("a key that may only read", () => {
  it("changes nothing: every mutation that there is refuses it, and nobody is asked", async () => {
    const calls = test.jira.calls.length;
    expect(mutations.length).toBeGreaterThan(10);
    const answers = await Promise.all(
      mutations.map(async (field) => {
        if (!type) throw new Error("There are no mutations.");
        const call = callWith({ name: field.name, type, field, path: [] }, "", {});
        return [field.name, await codes(`mutation { ${call} }`, READER_KEY)];
      }),
    );
    expect(answers).toEqual(mutations.map(({ name }) => [name, ["FORBIDDEN"]]));
    expect(test.jira.calls.length).toBe(calls);
  });

  it("doesn't come by a mutation beside a query, by another operation's name, or by GET", async () => {
    const both = 'query Read { viewer { name } } mutation Write { revokeApiKey(id: "x") { id } }';
    const send = (operationName: string, method = "POST") =>
      fetch(
        method === "GET"
          ? `${test.app.url}/graphql?operationName=${operationName}&query=${encodeURIComponent(both)}`
          : `${test.app.url}/graphql`,
        {
          method,
          headers: { "x-api-key": READER_KEY, "content-type": "application/json", "apollo-require-preflight": "1" },
          ...(method === "POST" && { body: JSON.stringify({ query: both, operationName }) }),
        },
      );
    expect(await (await send("Read")).json()).toMatchObject({ data: { viewer: { name: "reader" } } });
    expect(await (await send("Write")).json()).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
    expect((await send("Write", "GET")).status).toBe(405);
  });

  it("adds no file either", async () => {
    const { data } = await test.query('{ searchTickets(query: "project = PLAT", first: 1) { nodes { id } } }');
    const response = await fetch(`${test.app.url}/attachments/${data.searchTickets.nodes[0].id}?name=a.txt`, {
      method: "POST",
      headers: { "x-api-key": READER_KEY, "content-type": "text/plain" },
      body: "A file.",
    });
    expect(response.status).toBe(403);
    expect(test.jira.calls.some(({ path }) => path.endsWith("/attachments"))).toBe(false);
  });
});

describe("what administrators do", () => {
  it("is nothing for a key that writes tickets, and keys are nothing for one that manages connections", async () => {
    const writer = await makeKey(test, "writer", ["tickets:read", "tickets:write"]);
    const plumber = await makeKey(test, "plumber", ["connections:admin"]);
    for (const query of ["{ apiKeys { nodes { id } } }", "{ auditLog { nodes { at } } }"])
      for (const { key } of [writer, plumber]) expect(await codes(query, key)).toEqual(["FORBIDDEN"]);
    expect(await codes('mutation { deleteConnection(id: "jira") }', writer.key)).toEqual(["FORBIDDEN"]);
    expect(await codes("{ apiKeys { nodes { id } } }", KEY)).toEqual([]);
  });

  it("is nobody's outside the schema: there are no other doors", async () => {
    for (const path of ["/admin", "/debug", "/graphql/admin", "/api/keys", "/.env", "/internal"]) {
      const response = await fetch(test.app.url + path, { headers: { "x-api-key": KEY } });
      expect([path, response.status]).toEqual([path, 404]);
    }
    // The metrics are for the machine itself, or for who has their token: no API key opens them from elsewhere.
    const headers = { "x-api-key": KEY, "x-forwarded-for": "203.0.113.7" };
    expect((await fetch(`${test.app.url}/metrics`, { headers })).status).toBe(403);
    expect((await post(test, "{ __typename }")).status).toBe(200);
  });
});
