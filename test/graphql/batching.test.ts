import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp } from "../support/app.js";

/** How long a vendor thinks while a crowd arrives: many times longer than a busy machine needs to let all of it in. */
const LONG_MS = 500;

describe("calls to the vendor", () => {
  let test: TestApp;
  beforeAll(async () => (test = await startTestApp({ jira: { issues: 120 } })));
  afterAll(() => test.close());
  let before: number;
  beforeEach(() => {
    before = test.jira.calls.length;
    // As far away as a vendor is: while it thinks, what others ask gathers.
    test.jira.setDelay(20);
  });
  const callsMade = (): string[] =>
    test.jira.calls.slice(before).map(({ method, path }) => `${method} ${path.replace("/rest/api/3/", "")}`);

  it("are at most one per kind for fifty tickets with all that hangs on them", async () => {
    const { searchTickets } = await test.sdk.SearchTickets({ query: "project = PLAT ORDER BY created DESC" });
    expect(searchTickets.nodes).toHaveLength(50);
    expect(searchTickets.nodes.some(({ parent }) => parent !== null)).toBe(true);
    expect(searchTickets.nodes.some(({ assignees }) => assignees.length > 0)).toBe(true);
    expect(callsMade()).toEqual(["POST search/jql", "POST issue/bulkfetch"]);
  });

  it("ask for no more of the tickets than the query reads", async () => {
    const asked = async (selection: string): Promise<readonly string[]> => {
      const from = test.jira.calls.length;
      const { errors } = await test.query(`{ searchTickets(query: "project = PLAT", first: 5) { ${selection} } }
        fragment Who on Ticket { assignees { name } }`);
      expect(errors).toBeUndefined();
      return (test.jira.calls[from]?.body as { fields: string[] }).fields;
    };
    expect(await asked("nodes { id ...Who }")).toEqual(["summary", "assignee"]);
    expect(await asked("edges { node { ... on Node { id } due: dueDate ...Who } }")).toEqual([
      "summary",
      "duedate",
      "assignee",
    ]);
    expect(await asked("nodes { type { name } active description ...Who }")).toEqual([
      "summary",
      "issuetype",
      "status",
      "description",
      "assignee",
    ]);
    expect(await asked("nodes { vendorAttributes { data } ...Who }")).toContain("*all");
  });

  it("ask for no more of a single ticket either, whichever way leads to it", async () => {
    const child = await test.query(`{ searchTickets(query: "parent is not EMPTY", first: 1) { nodes { id key } } }`);
    const [{ id, key }] = (child.data as { searchTickets: { nodes: [{ id: string; key: string }] } }).searchTickets
      .nodes;
    const asked = async (query: string): Promise<readonly (readonly string[])[]> => {
      const from = test.jira.calls.length;
      const { errors } = await test.query(query, { id, key });
      expect(errors).toBeUndefined();
      return test.jira.calls.slice(from).map(({ body }) => (body as { fields: string[] }).fields);
    };
    const byId = "query ($id: ID!)";
    expect(await asked(`${byId} { ticket(id: $id) { status } }`)).toEqual([["summary", "status"]]);
    expect(await asked(`${byId} { node(id: $id) { id ... on Ticket { dueDate } } }`)).toEqual([["summary", "duedate"]]);
    expect(await asked(`${byId} { nodes(ids: [$id]) { ... on Ticket { tags } } }`)).toEqual([["summary", "labels"]]);
    expect(
      await asked(`query ($key: String!) { connection(id: "jira") { ticket(ref: { vendorId: $key }) { priority } } }`),
    ).toEqual([["summary", "priority"]]);
    expect(await asked(`${byId} { ticket(id: $id) { parent { createdAt } } }`)).toEqual([
      ["summary", "parent"],
      ["summary", "created"],
    ]);
    const [all] = await asked(`${byId} { ticket(id: $id) { vendorAttributes { data } } }`);
    expect(all).toContain("*all");
  });

  it("ask for all that a ticket is read for where it is read for several things", async () => {
    const { searchTickets } = await test.sdk.SearchTickets({ query: "project = PLAT ORDER BY key", first: 3 });
    const [one, two, three] = searchTickets.nodes.map(({ id }) => id);
    before = test.jira.calls.length;
    const { data, errors } = await test.query(
      `query ($one: ID!, $two: ID!, $three: ID!) {
        a: ticket(id: $one) { name }
        b: ticket(id: $one) { status priorityLevel }
        c: ticket(id: $two) { updatedAt }
        d: node(id: $three) { ... on Ticket { name dueDate } }
      }`,
      { one, two, three },
    );
    expect(errors).toBeUndefined();
    expect(callsMade()).toEqual(["POST issue/bulkfetch"]);
    const [whole, other] = searchTickets.nodes;
    expect(data).toMatchObject({
      a: { name: whole?.name },
      b: { status: whole?.status, priorityLevel: whole?.priorityLevel },
      c: { updatedAt: other?.updatedAt },
    });
  });

  it("bring for each field that is read alone what they bring for it among all", async () => {
    const { data } = await test.query(`{ __type(name: "Ticket") { fields { name args { name } type { ...Of } } } }
      fragment Of on __Type { kind ofType { kind ofType { kind ofType { kind } } } }`);
    type Of = { kind: string; ofType: Of | null };
    const isLeaf = ({ kind, ofType }: Of): boolean => (ofType ? isLeaf(ofType) : kind === "SCALAR" || kind === "ENUM");
    const { fields } = (data as { __type: { fields: { name: string; type: Of }[] } }).__type;
    const leaves = fields.filter(({ type }) => isLeaf(type)).map(({ name }) => name);
    expect(leaves.length).toBeGreaterThan(18);
    const things = ["type", "project", "assignees", "createdBy", "reporters", "parent"].map((name) => `${name} { id }`);
    const { searchTickets } = await test.sdk.SearchTickets({ query: "parent is not EMPTY", first: 1 });
    const read = async (selection: string): Promise<object> => {
      const { data, errors } = await test.query(`query ($id: ID!) { ticket(id: $id) { ${selection} } }`, {
        id: searchTickets.nodes[0]?.id,
      });
      expect(errors).toBeUndefined();
      return (data as { ticket: object }).ticket;
    };
    const whole = await read(`${[...leaves, ...things].join(" ")} vendorAttributes { data }`);
    for (const field of [...leaves, ...things]) expect(whole).toMatchObject(await read(field));
  });

  it("join what separate requests ask at the same moment", async () => {
    const { searchTickets } = await test.sdk.SearchTickets({ query: "project = PLAT ORDER BY key", first: 40 });
    test.jira.setDelay(LONG_MS);
    before = test.jira.calls.length;
    const answers = await Promise.all(searchTickets.nodes.map(({ id }) => test.sdk.Ticket({ id })));
    expect(answers.map(({ ticket }) => ticket?.key)).toEqual(searchTickets.nodes.map(({ key }) => key));
    expect(callsMade().length).toBeLessThan(20);
    expect(new Set(callsMade())).toEqual(new Set(["POST issue/bulkfetch"]));
  });

  it("join creates of separate callers into bulk calls, the right answer to each, a bad one spoiling none", async () => {
    await test.query('{ issueTypes(project: {vendorId: "PLAT"}) { totalCount } }');
    const mutation = `mutation ($input: CreateTicketInput!) {
      createTicket(input: $input) { ticket { key name } errors { path message } }
    }`;
    const inputs = Array.from({ length: 120 }, (_, n) => ({
      project: { vendorId: "PLAT" },
      type: { name: "Task" },
      name: `Joined ${n}`,
      ...(n % 10 === 5 && { customFields: { customfield_99999: "no such field" } }),
    }));
    test.jira.setDelay(LONG_MS);
    before = test.jira.calls.length;
    const answers = await Promise.all(inputs.map((input) => test.query(mutation, { input })));
    answers.forEach(({ data, errors }, n) => {
      expect(errors).toBeUndefined();
      if (n % 10 === 5) expect(data.createTicket.errors[0].path).toEqual(["customFields", "customfield_99999"]);
      else expect(data.createTicket.ticket.name).toBe(`Joined ${n}`);
    });
    const creates = callsMade().filter((call) => /POST issue(\/bulk)?$/.test(call));
    // Three where all arrive at once; on a busy machine the callers themselves come one after another.
    expect(creates.length).toBeLessThanOrEqual(30);
    const sizes = test.jira.calls
      .slice(before)
      .filter(({ path }) => path.endsWith("/issue/bulk"))
      .map(({ body }) => (body as { issueUpdates: unknown[] }).issueUpdates.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
  });

  it("ask once for what many tickets share", async () => {
    const ids = (await test.sdk.SearchTickets({ query: "project = PLAT ORDER BY key", first: 30 })).searchTickets.nodes;
    before = test.jira.calls.length;
    const { nodes } = await test.sdk.Nodes({ ids: [...ids, ...ids].map(({ id }) => id) });
    expect(nodes).toHaveLength(60);
    expect(callsMade()).toEqual(["POST issue/bulkfetch"]);
  });
});
