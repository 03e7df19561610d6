import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { getIntrospectionQuery } from "graphql";
import { KEY, READER_KEY, startTestApp, type TestApp } from "../support/app.js";
import { ask, startToy } from "../server/toy.js";
import { firstEvent, liveClient } from "./live-client.js";

const SCHEMA = getIntrospectionQuery();
const TYPE = '{ __type(name: "Ticket") { name } }';
const HIDDEN = "{ ... on Query { ...F } } fragment F on Query { x: __schema { queryType { name } } }";

describe("where the schema is for keys with another scope", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ config: { introspection: "connections:admin", federation: true } });
  });
  afterAll(() => test.close());

  it.each([
    ["the schema", SCHEMA],
    ["a type", TYPE],
    ["a part of it by an alias in a fragment", HIDDEN],
    ["it as routers ask for it", "{ x: _service { sdl } }"],
  ])("they see %s, and the others are told which scope it takes", async (_what, query) => {
    expect((await test.query(query, {}, KEY)).errors).toBeUndefined();
    const message =
      'The key "reader" lacks the scope connections:admin, which the schema is shown to. Use a key that has it; `__typename` is always there.';
    expect(await test.query(query, {}, READER_KEY)).toEqual({
      errors: [{ message, extensions: { code: "FORBIDDEN" } }],
    });
  });

  it("everybody sees __typename", async () => {
    const { data } = await test.query("{ __typename viewer { __typename } }", {}, READER_KEY);
    expect(data).toEqual({ __typename: "Query", viewer: { __typename: "Viewer" } });
  });

  it("the others see it as little over a WebSocket", async () => {
    const client = liveClient(test.app.url, READER_KEY);
    const { errors } = await firstEvent(client, { query: "subscription { __schema { queryType { name } } }" });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    const wrong = await firstEvent(client, { query: "subscription { ticketChangd { kind } }" });
    expect(wrong.errors?.[0]?.message).toBe('Cannot query field "ticketChangd" on type "Subscription".');
    await client.dispose();
  });

  it.each([
    ["a field", "{ viewer { nam } }", {}],
    ["a field of the root", "{ viewr { name } }", {}],
    ["an argument", '{ searchTickets(query: "", frst: 1) { totalCount } }', {}],
    ["a value", "{ tickets(filter: { statusCategories: [TOD] }) { totalCount } }", {}],
    [
      "a value among the variables",
      "query ($c: [StatusCategory!]) { tickets(filter: { statusCategories: $c }) { totalCount } }",
      { c: ["TOD"] },
    ],
  ])("the others aren't told which %s they may have meant", async (_what, query, variables) => {
    const told = await test.query(query, variables, KEY);
    const untold = await test.query(query, variables, READER_KEY);
    expect(told.errors?.[0]?.message).toContain("Did you mean");
    expect(untold.errors?.[0]?.message).toMatch(/\S/);
    expect(JSON.stringify(untold)).not.toContain("Did you mean");
  });

  it("all are told what they may have meant of their own", async () => {
    const { errors } = await test.query(
      '{ issueTypes(project: { vendorId: "PLATT" }) { totalCount } }',
      {},
      READER_KEY,
    );
    expect(errors?.[0]?.message).toContain('Did you mean "PLAT"');
  });
});

describe("the schema", () => {
  it("is shown to every key that may read unless told otherwise", async () => {
    const server = await startToy();
    for (const query of [SCHEMA, TYPE])
      expect(await (await ask(server.url, query)).json()).not.toHaveProperty("errors");
    await server.close();
  });

  it("is shown to nobody where it is off", async () => {
    const server = await startToy({ gate: { introspection: "off" } });
    const message =
      "This server shows its schema to nobody: take it from schema/schema.graphql. `__typename` is always there.";
    for (const query of [SCHEMA, TYPE])
      expect(await (await ask(server.url, query)).json()).toEqual({
        errors: [{ message, extensions: { code: "FORBIDDEN" } }],
      });
    expect(await (await ask(server.url, "{ __typename }")).json()).toEqual({ data: { __typename: "Query" } });
    await server.close();
  });
});
