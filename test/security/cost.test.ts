import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  parse,
  type OperationDefinitionNode,
} from "graphql";
import { planCalls } from "../../src/graphql/call-plan.js";
import { createSchema } from "../../src/graphql/schema.js";
import { VENDOR_CALLS } from "../../src/graphql/vendor-calls.js";
import { KEY, startTestApp, type TestApp } from "../support/app.js";
import { firstEvent, liveClient } from "./live-client.js";

const schema = createSchema({ federation: true });
const fields = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type))
  .filter(({ name }) => !name.startsWith("__"))
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })));

describe("the table of vendor calls", () => {
  it("has every field that takes arguments or gives objects", () => {
    const missing = fields
      .filter(({ field }) => field.args.length > 0 || isCompositeType(getNamedType(field.type)))
      .filter(({ name }) => !(name in VENDOR_CALLS));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it("has no field that the schema hasn't", () => {
    const names = new Set(fields.map(({ name }) => name));
    expect(Object.keys(VENDOR_CALLS).filter((name) => !names.has(name))).toEqual([]);
  });

  it("says of every list how long it is, and of every page by `first`", () => {
    const vague = fields
      .filter(({ field }) => isCompositeType(getNamedType(field.type)))
      .filter(({ name, field }) => {
        const items = VENDOR_CALLS[name]?.items;
        if (field.args.some((arg) => arg.name === "first"))
          return typeof items !== "function" || items((arg) => (arg === "first" ? 7 : null), { connections: 1 }) !== 7;
        return isListType(getNullableType(field.type)) && items === undefined;
      });
    expect(vague.map(({ name }) => name)).toEqual([]);
  });
});

describe("an estimate", () => {
  const estimate = (text: string, variables: Record<string, unknown> = {}, connections = 1): number => {
    const document = parse(text);
    return planCalls(schema, document, document.definitions[0] as OperationDefinitionNode).estimate(variables, {
      connections,
    });
  };

  it.each([
    ["nothing for what the gateway knows", "{ viewer { name } connections { name capabilities { search } } }", 0],
    [
      "nothing for the synced store",
      "{ tickets(first: 100) { nodes { key comments(first: 1) { pageInfo { hasNextPage } } } } }",
      200,
    ],
    ["a page, however many tickets it has", '{ searchTickets(query: "", first: 100) { nodes { key } } }', 3],
    [
      "what is read together once",
      '{ searchTickets(query: "") { nodes { project { name } type { name } assignees { name } } } }',
      3 + 1 + 1 + 3,
    ],
    [
      "what is the same thing under nodes and edges as often as it is read",
      '{ searchTickets(query: "") { nodes { type { name } } edges { node { type { name } } } } }',
      3 + 2,
    ],
    [
      "what is asked of each ticket for each of them",
      '{ searchTickets(query: "", first: 10) { nodes { attachments { name } comments { nodes { body } } } } }',
      3 + 10 + 20,
    ],
    ["a page of its default size", '{ searchTickets(query: "") { nodes { attachments { name } } } }', 3 + 50],
    [
      "a page within pages for each of them",
      '{ searchTickets(query: "", first: 3) { nodes { children(first: 4) { nodes { attachments { name } } } } } }',
      3 + 3 * 3 + 12,
    ],
    [
      "what comes in separate answers separately",
      '{ searchTickets(query: "", first: 3) { nodes { comments(first: 4) { nodes { author { name } } } } } }',
      3 + 3 * 2 + 3,
    ],
    [
      "a field that is asked for twice once",
      '{ searchTickets(query: "") { nodes { ...A ...B project { key } } } } fragment A on Ticket { project { name } } fragment B on Ticket { project { url } }',
      3 + 1,
    ],
    ["an alias again", '{ searchTickets(query: "") { nodes { project { key } again: project { name } } } }', 3 + 2],
    [
      "fragments on other kinds together",
      '{ node(id: "x") { ... on Ticket { attachments { name } } ... on Project { issueTypes { totalCount } } } }',
      3 + 1 + 1,
    ],
    [
      "bulk writes by their tickets",
      'mutation { bulkCreateTickets(input: { tickets: [{ name: "a" }, { name: "b" }] }) { results { ticket { name } } } }',
      12 + 4 + 3,
    ],
    ["jobs nothing", 'mutation { startBulkCreateTickets(input: { tickets: [{ name: "a" }] }) { job { id } } }', 0],
    [
      "what a router refers to by kind, a hundred at a time",
      `{ _entities(representations: [${'{ __typename: "Ticket" id: "x" }'.repeat(101)}${'{ __typename: "Comment" id: "x" }'.repeat(7)}
        { __typename: "BulkJob" id: "x" } { __typename: { a: 1 } } null]) { ... on Ticket { type { name } } } }`,
      2 * 3 + 7 * 2 + 2,
    ],
    ["what isn't in the schema nothing", "{ nothing { at { all } } ...Nowhere }", 0],
  ])("counts %s", (_what, text, calls) => {
    expect(estimate(text)).toBe(calls);
  });

  it("goes by variables, by their defaults, and by the longest page for what is no number", () => {
    const text = 'query ($n: Int! = 7) { searchTickets(query: "", first: $n) { nodes { attachments { name } } } }';
    expect(estimate(text, { n: 5 })).toBe(8);
    expect(estimate(text)).toBe(10);
    expect(estimate(text, { n: "many" })).toBe(103);
    expect(estimate(text, { n: 1e9 })).toBe(103);
    expect(estimate(text, { n: -5 })).toBe(3);
  });

  it("goes by how many connections there are", () => {
    expect(estimate("{ connections { projects { nodes { name } } } }", {}, 4)).toBe(4);
    expect(estimate("{ tickets { nodes { project { name } } } }", {}, 4)).toBe(4);
    expect(
      estimate(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Ticket { type { name } } } }",
        { ids: Array(50).fill("x") },
        2,
      ),
    ).toBe(52);
  });
});

describe("at the gateway", () => {
  let test: TestApp;
  let id: string;
  beforeAll(async () => {
    test = await startTestApp({ jira: { issues: 120 } });
    id = (await test.query('{ searchTickets(query: "project = PLAT", first: 1) { nodes { id } } }')).data.searchTickets
      .nodes[0].id;
  });
  afterAll(() => test.close());

  const example = (name: string): string =>
    readFileSync(new URL(`../../schema/examples/${name}.graphql`, import.meta.url), "utf8");
  const draft = {
    project: { vendorId: "PLAT" },
    type: { name: "Bug" },
    name: "The printer is on fire",
    priority: "Low",
  };
  const calls: readonly (readonly [string, string, () => Record<string, unknown>])[] = [
    ["search-tickets", example("search-tickets"), () => ({ query: "project = PLAT", first: 50 })],
    ["ticket", example("ticket"), () => ({ id })],
    ["ticket-parts", example("ticket-parts"), () => ({ id })],
    ["connections", example("connections"), () => ({})],
    ["create-form", example("create-form"), () => ({ project: { vendorId: "PLAT" } })],
    ["validate-ticket", example("validate-ticket"), () => ({ input: { ...draft, customFields: { Severity: "S2" } } })],
    ["create-ticket", example("create-ticket"), () => ({ input: draft })],
    [
      "create-ticket, all of it wrong",
      example("create-ticket"),
      () => ({
        input: {
          ...draft,
          type: { name: "Buk" },
          assignees: [{ vendorId: "nobody" }],
          parent: { vendorId: "PLAT-99999" },
        },
      }),
    ],
    [
      "update-ticket",
      example("update-ticket"),
      () => ({ input: { ticket: { id }, statusCategory: "DONE", priority: "Low" } }),
    ],
    ["add-comment", example("add-comment"), () => ({ input: { ticket: { id }, body: "Seen." } })],
    [
      "bulk-create-tickets",
      example("bulk-create-tickets"),
      () => ({
        input: {
          tickets: Array.from({ length: 50 }, (_, n) => ({
            ...draft,
            name: `No. ${n}`,
            type: { name: n % 2 ? "Bug" : "Task" },
          })),
        },
      }),
    ],
    [
      "bulk-update-tickets",
      example("bulk-update-tickets"),
      () => ({ input: { tickets: [{ ticket: { id }, tags: ["seen"] }] } }),
    ],
    ["tickets", example("tickets"), () => ({ filter: { text: "printer" } })],
    ["deliveries", example("deliveries"), () => ({})],
    [
      "all that hangs on forty tickets",
      '{ searchTickets(query: "project = PLAT", first: 40) { nodes { parent { key children(first: 2) { nodes { key } } } attachments { name } comments(first: 3) { nodes { author { name } } } children(first: 1) { nodes { assignees { name } } } } } }',
      () => ({}),
    ],
    [
      "nodes",
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Ticket { key project { name issueTypes { nodes { name } } } } } }",
      () => ({ ids: [id, id, "nothing"] }),
    ],
  ];

  it.each(calls)("makes no more calls than it told: %s", async (_name, query, variables) => {
    const before = test.jira.calls.length;
    const { data, errors, extensions } = await test.query(query, variables());
    expect(errors).toBeUndefined();
    expect(data).toBeTruthy();
    expect(test.jira.calls.length - before).toBeLessThanOrEqual(extensions.cost.vendorCalls.estimated);
  });

  it("tells the same cost whoever runs the query: interpreted first, then compiled", async () => {
    for (const first of [5, 6, 7]) {
      const query =
        'query Cost($first: Int!) { searchTickets(query: "project = PLAT", first: $first) { nodes { attachments { name } } } }';
      const { extensions } = await test.query(query, { first });
      expect(extensions.cost.vendorCalls).toEqual({ estimated: 3 + first, limit: 500 });
    }
  });

  it("tells what is left of the key's requests", async () => {
    const left = async () => (await test.query("{ __typename }")).extensions.cost.requests;
    const before = await left();
    expect(before).toMatchObject({ limit: 1_000_000, resetsAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(before.left - (await left()).left).toBe(1);
  });

  it("tells it beside errors too", async () => {
    const { errors, extensions } = await test.query('{ searchTickets(query: "x = ") { totalCount } }');
    expect(errors).toHaveLength(1);
    expect(extensions.cost.vendorCalls.estimated).toBe(3);
  });

  it("refuses what could need more than the ceiling, and asks nobody", async () => {
    const before = test.jira.calls.length;
    const query =
      'query ($first: Int!) { searchTickets(query: "project = PLAT", first: $first) { nodes { children(first: 10) { nodes { attachments { name } } } } } }';
    const { data, errors } = await test.query(query, { first: 100 });
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message:
          "This operation could need 1,303 calls to vendors; 500 are allowed. Ask for smaller pages (`first`), or for comments, attachments and children of fewer tickets at a time.",
        extensions: { code: "LIMIT_EXCEEDED", cost: { vendorCalls: { estimated: 1303, limit: 500 } } },
      },
    ]);
    expect(test.jira.calls.length).toBe(before);
    expect((await test.query(query, { first: 3 })).errors).toBeUndefined();
  });

  it("holds for the operation that is named, and only for that", async () => {
    const query =
      'query Small { viewer { name } } query Large { searchTickets(query: "project = PLAT", first: 100) { nodes { children(first: 100) { nodes { attachments { name } } } } } }';
    const ask = async (operationName: string): Promise<unknown> => {
      const headers = { "content-type": "application/json", "x-api-key": KEY };
      return (
        await fetch(`${test.app.url}/graphql`, {
          method: "POST",
          headers,
          body: JSON.stringify({ query, operationName }),
        })
      ).json();
    };
    expect(await ask("Small")).toMatchObject({ data: { viewer: { name: "backend" } } });
    expect(await ask("Large")).toMatchObject({ errors: [{ extensions: { code: "LIMIT_EXCEEDED" } }] });
  });

  it("holds for each event of a subscription, and is told with it", async () => {
    const { data } = await test.query(
      "mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { id } } }",
      { input: { tickets: [draft] } },
    );
    const job = data.startBulkCreateTickets.job.id;
    const client = liveClient(test.app.url, KEY);
    const watch = (selection: string) =>
      firstEvent(client, {
        query: `subscription ($id: ID!) { bulkJobProgress(id: $id) { results(first: 100) { nodes { ticket { ${selection} } } } } }`,
        variables: { id: job },
      });
    expect(await watch("key")).toMatchObject({
      data: {},
      extensions: { cost: { vendorCalls: { estimated: 3, limit: 500 } } },
    });
    expect(await watch("attachments { name } children { nodes { attachments { name } } }")).toMatchObject({
      errors: [{ extensions: { code: "LIMIT_EXCEEDED" } }],
    });
    await client.dispose();
  });
});
