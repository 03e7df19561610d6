import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type GraphQLUnionType, parse } from "graphql";
import { createSchema } from "../../src/graphql/schema.js";
import { ENTITIES_MAX } from "../../src/graphql/federation/entities.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { KEY, READER_KEY, startTestApp, STRANGER_KEY, type TestApp } from "../support/app.js";
import { startSupergraph, type Supergraph } from "../support/supergraph.js";
import { until } from "../support/until.js";

let jira: JiraSandbox;
let test: TestApp;
let ticketIds: string[];
let ids: Record<string, string>;
beforeAll(async () => {
  // Its own, since the description of Jira's API that a sandbox is held to leaves out files.
  jira = await startJiraSandbox({ issues: 120 });
  test = await startTestApp({ over: jira, config: { federation: true } });
  const found = await test.query('{ searchTickets(query: "project = PLAT ORDER BY key", first: 50) { nodes { id } } }');
  ticketIds = found.data.searchTickets.nodes.map(({ id }: { id: string }) => id);
  ids = await oneOfEach();
});
afterAll(async () => {
  await test.close();
  await jira.close();
});

/** An id of each kind of thing that has one. */
async function oneOfEach(): Promise<Record<string, string>> {
  const [ticket = ""] = ticketIds;
  const file = await fetch(`${test.app.url}/attachments/${ticket}?name=a.txt`, {
    method: "POST",
    headers: { "x-api-key": KEY, "content-type": "text/plain" },
    body: "A file.",
  });
  const { attachments } = (await file.json()) as { attachments: { id: string }[] };
  const { data } =
    await test.query(`mutation { addComment(input: { ticket: { id: "${ticket}" } body: "One." }) { comment { id } }
    startBulkCreateTickets(input: { tickets: [{ name: "One" project: { vendorId: "PLAT" } type: { name: "Task" } }] }) { job { id } } }`);
  // What the job does at Jira would be counted among the calls.
  await until(async () => {
    const { bulkJobs } = (await test.query("{ bulkJobs { nodes { finishedAt } } }")).data;
    return bulkJobs.nodes[0].finishedAt !== null;
  });
  const read = await test.query(`{ connections { id } apiKeys { nodes { id } }
    projects(query: "PLAT") { nodes { id issueTypes { nodes { id } } assignableUsers { nodes { id } } } } }`);
  const [project] = read.data.projects.nodes;
  return {
    Ticket: ticket,
    Project: project.id,
    IssueType: project.issueTypes.nodes[0].id,
    User: project.assignableUsers.nodes[0].id,
    VendorConnection: read.data.connections[0].id,
    ApiKey: read.data.apiKeys.nodes[0].id,
    BulkJob: data.startBulkCreateTickets.job.id,
    Comment: data.addComment.comment.id,
    Attachment: attachments[0]?.id ?? "",
  };
}

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { __typename ... on Node { id } ... on Ticket { key project { name } } } }`;

/** Asked three times: interpreted, compiled and as compiled before. */
async function entities(representations: readonly unknown[], key = KEY) {
  const ask = async () => {
    const { extensions, ...answer } = await test.query(ENTITIES, { representations }, key);
    return { ...answer, cost: extensions?.cost.vendorCalls };
  };
  const first = await ask();
  expect(await ask()).toEqual(first);
  expect(await ask()).toEqual(first);
  return first;
}

describe("a supergraph of the gateway and a subgraph that has Node and PageInfo too", () => {
  let supergraph: Supergraph;
  beforeAll(async () => {
    const { data } = await test.query("{ _service { sdl } }");
    supergraph = await startSupergraph(`${test.app.url}/graphql`, data._service.sdl, ticketIds);
  });
  afterAll(() => supergraph.stop());

  it("is composed without a hint, and asks the vendor once for the tickets of fifty incidents", async () => {
    expect(supergraph.hints).toEqual([]);
    const before = jira.calls.length;
    const { data, errors } = await supergraph.query(
      "{ incidents { nodes { id opened ticket { key name status slaBreaches project { name } } } pageInfo { hasNextPage } } }",
    );
    expect(errors).toBeUndefined();
    expect(data.incidents.nodes).toHaveLength(50);
    data.incidents.nodes.forEach((incident: object, n: number) =>
      expect(incident).toEqual({
        id: `incident-${n}`,
        opened: "2026-03-01T09:30:00.000Z",
        ticket: {
          key: expect.stringMatching(/^PLAT-\d+$/),
          name: expect.any(String),
          status: expect.any(String),
          slaBreaches: n + 1,
          project: { name: expect.any(String) },
        },
      }),
    );
    expect(jira.calls.slice(before).map(({ path }) => path)).toEqual(["/rest/api/3/issue/bulkfetch"]);
    expect(jira.calls[before]?.body).toMatchObject({ fields: ["summary", "status", "project"] });
    const keys = await test.query("query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Ticket { key } } }", {
      ids: ticketIds,
    });
    expect(data.incidents.nodes.map(({ ticket }: { ticket: { key: string } }) => ({ key: ticket.key }))).toEqual(
      keys.data.nodes,
    );
  });

  it("joins the other way too, fills in pages from both, and finds the nodes of the one that offers them", async () => {
    const query = (after: string) => `{ searchTickets(query: "project = PLAT ORDER BY key", first: 2${after}) {
      nodes { id slaBreaches } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
      incidents { pageInfo { hasPreviousPage startCursor } } node(id: "incident-7") { id ... on Incident { ticket { slaBreaches } } } }`;
    const { data, errors } = await supergraph.query(query(""));
    expect(errors).toBeUndefined();
    const { nodes, edges, pageInfo } = data.searchTickets;
    expect(nodes).toEqual([
      { id: ticketIds[0], slaBreaches: 1 },
      { id: ticketIds[1], slaBreaches: 2 },
    ]);
    const [startCursor, endCursor] = edges.map(({ cursor }: { cursor: string }) => cursor);
    expect(pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, startCursor, endCursor });
    expect(data.incidents.pageInfo).toEqual({ hasPreviousPage: false, startCursor: null });
    expect(data.node).toEqual({ id: "incident-7", ticket: { slaBreaches: 8 } });
    const next = await supergraph.query(query(`, after: "${endCursor}"`));
    expect(next.data.searchTickets.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it("does what the caller's own key may, and no more", async () => {
    const query = "{ incidents { nodes { id ticket { key } } } }";
    const stranger = await supergraph.query(query, STRANGER_KEY);
    expect(stranger.errors).toBeUndefined();
    expect(stranger.data.incidents.nodes[0]).toEqual({ id: "incident-0", ticket: { key: null } });
    const nobody = await supergraph.query(query, "no key");
    expect(nobody.errors?.[0]?.message).toContain("401");
  });
});

describe("_entities", () => {
  it("finds a thing of every kind that is a Node", async () => {
    const union = createSchema({ federation: true }).getType("_Entity") as GraphQLUnionType;
    const kinds = union.getTypes().map(({ name }) => name);
    expect([...kinds].sort()).toEqual(Object.keys(ids).sort());
    const { data, errors } = await entities(kinds.map((kind) => ({ __typename: kind, id: ids[kind] })));
    expect(errors).toBeUndefined();
    expect(data._entities).toMatchObject(kinds.map((kind) => ({ __typename: kind, id: ids[kind] })));
  });

  it("is null for what isn't there, is another's or is of another kind, and asks no vendor for it", async () => {
    const theirs = await test.query(
      '{ searchTickets(query: "project = PLAT", first: 1) { nodes { id } } }',
      {},
      STRANGER_KEY,
    );
    const before = jira.calls.length;
    const { data, errors } = await entities([
      { __typename: "Ticket", id: "nothing" },
      { __typename: "Ticket", id: theirs.data.searchTickets.nodes[0].id },
      { __typename: "Ticket", id: ids["Project"] },
      { __typename: "User", id: ids["Ticket"] },
    ]);
    expect([data, errors]).toEqual([{ _entities: [null, null, null, null] }, undefined]);
    expect(jira.calls.length).toBe(before);
    const keyless = await entities([{ __typename: "ApiKey", id: ids["ApiKey"] }], READER_KEY);
    expect(keyless.data).toEqual({ _entities: [null] });
  });

  it("says in its place what is wrong with a representation, and answers the others", async () => {
    const wrong = [
      null,
      "Ticket",
      [],
      {},
      { __typename: "PageInfo" },
      { __typename: "Query" },
      { __typename: "Ticket" },
    ];
    const { data, errors } = await entities([
      { __typename: "Ticket", id: ticketIds[1] },
      ...wrong.slice(1),
      { __typename: "Ticket", id: { toString: 1 } },
      { __typename: { toString: 1 }, id: "x" },
    ]);
    expect(data._entities.map((one: unknown) => one !== null)).toEqual([true, ...Array(8).fill(false)]);
    expect(errors?.map(({ path, extensions }) => [path, extensions?.["code"]])).toEqual(
      Array.from({ length: 8 }, (_, n) => [["_entities", n + 1], "BAD_USER_INPUT"]),
    );
    expect(errors?.[4]?.message).toBe(
      'A representation is an object such as {"__typename": "Ticket", "id": "…"}: its `__typename` must be one of ' +
        'ApiKey, Attachment, BulkJob, Comment, IssueType, Project, Ticket, User, VendorConnection; "Query" was given.',
    );
    expect(errors?.[5]?.message).toBe(
      'A representation is an object such as {"__typename": "Ticket", "id": "…"}: its `id` must be a text that this API gave; nothing was given.',
    );
    expect((await entities(wrong)).errors?.[0]?.extensions?.["code"]).toBe("BAD_USER_INPUT");
  });

  it("tells of a vendor that is away beside what depends on it, and answers the others", async () => {
    jira.faults.add({ kind: "status", operation: "/bulkfetch/" });
    const kinds = ["Ticket", "Project", "VendorConnection"];
    const { data, errors } = await test.query(ENTITIES, {
      representations: kinds.map((kind) => ({ __typename: kind, id: ids[kind] })),
    });
    jira.faults.clear();
    expect(data._entities).toMatchObject([null, { id: ids["Project"] }, { id: ids["VendorConnection"] }]);
    expect(errors).toMatchObject([{ path: ["_entities", 0], extensions: { code: "VENDOR_UNAVAILABLE" } }]);
  });

  it("takes a thousand, which are read a hundred at a time, and says so of more", async () => {
    const many = (count: number) => Array.from({ length: count }, () => ({ __typename: "Ticket", id: ticketIds[0] }));
    const { data, errors, cost } = await entities(many(ENTITIES_MAX));
    expect(errors).toBeUndefined();
    expect(data._entities).toHaveLength(ENTITIES_MAX);
    expect(cost.estimated).toBe(30 + 10);
    expect((await entities(many(ENTITIES_MAX + 1))).errors).toMatchObject([
      {
        message:
          "_entities takes at most 1000 representations; 1001 were given. Ask for smaller pages in the operation that leads here.",
        path: ["_entities"],
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
  });
});

describe("the subgraph's schema", () => {
  it("says of each type what it is, and is the gateway's own but for what routers ask for", async () => {
    const { data } = await test.query("{ _service { sdl } }");
    const { sdl } = data._service;
    expect(sdl).toContain(
      '"""\nA ticket, issue, request or incident, as the vendor tells it at this moment.\n"""\ntype Ticket',
    );
    const keyed = parse(sdl).definitions.flatMap((one) =>
      one.kind === "ObjectTypeDefinition" && one.directives?.some(({ name }) => name.value === "key")
        ? [one.name.value]
        : [],
    );
    expect(keyed.sort()).toEqual(Object.keys(ids).sort());
    // Callers of the gateway itself have them still.
    expect(sdl).not.toMatch(/^ {2}nodes?\(/m);
    expect((await test.query(`{ node(id: "${ticketIds[0]}") { id } }`)).data.node).toEqual({ id: ticketIds[0] });
  });

  it("is all that a router is told: no traces of each field, which cost much and hold what is nobody's business", async () => {
    const response = await fetch(`${test.app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": KEY, "apollo-federation-include-trace": "ftv1" },
      body: JSON.stringify({ query: "{ viewer { name } }" }),
    });
    const { extensions } = (await response.json()) as { extensions: object };
    expect(Object.keys(extensions)).toEqual(["cost"]);
  });

  it("is there only where it is asked for", () => {
    const fields = (federation: boolean) =>
      Object.keys(createSchema({ federation }).getQueryType()?.getFields() ?? {}).filter((name) =>
        name.startsWith("_"),
      );
    expect(fields(false)).toEqual([]);
    expect(fields(true).sort()).toEqual(["_entities", "_service"]);
  });
});
