import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { globalId } from "../../src/domain/global-id.js";
import { KEY, STRANGER_KEY, startTestApp, type TestApp } from "../support/app.js";

describe("reading", () => {
  let test: TestApp;
  beforeAll(async () => (test = await startTestApp()));
  afterAll(() => test.close());

  it("finds whatever an id names, in the order of the ids, null where there is nothing", async () => {
    const user = "5b10a2844c20165700ede21g";
    const { searchTickets } = await test.sdk.SearchTickets({ query: "project = OPS", first: 1 });
    const ids = [
      globalId("User", "jira", user),
      "nonsense",
      globalId("Project", "jira", "10001"),
      globalId("Ticket", "jira", "999999999"),
      searchTickets.nodes[0]?.id ?? "",
      globalId("IssueType", "jira", "10005"),
      globalId("VendorConnection", "jira", ""),
      globalId("Ticket", "elsewhere", "1"),
      globalId("Ticket", "jira", "../../x"),
    ];
    const { nodes } = await test.sdk.Nodes({ ids });
    expect(nodes.map((node) => node?.__typename ?? null)).toEqual([
      "User",
      null,
      "Project",
      null,
      "Ticket",
      "IssueType",
      "VendorConnection",
      null,
      null,
    ]);
    expect(nodes.flatMap((node) => node?.id ?? [])).toEqual([ids[0], ids[2], ids[4], ids[5], ids[6]]);
  });

  it("pages through a search without gaps or doubles, from any item on", async () => {
    const seen: string[] = [];
    let after: string | null | undefined;
    do {
      const { searchTickets } = await test.sdk.SearchTickets({ query: "project = PLAT ORDER BY key", first: 7, after });
      seen.push(...searchTickets.nodes.map(({ id }) => id));
      after = searchTickets.pageInfo.hasNextPage ? searchTickets.pageInfo.endCursor : null;
    } while (after);
    const { data } = await test.query(
      '{ searchTickets(query: "project = PLAT ORDER BY key", first: 100) { edges { cursor node { id } } } }',
    );
    const all = data.searchTickets.edges as { cursor: string; node: { id: string } }[];
    expect(seen).toEqual(all.map(({ node }) => node.id));
    const { searchTickets } = await test.sdk.SearchTickets({
      query: "project = PLAT ORDER BY key",
      first: 2,
      after: all[4]?.cursor,
    });
    expect(searchTickets.nodes.map(({ id }) => id)).toEqual([all[5]?.node.id, all[6]?.node.id]);
  });

  it("passes on the vendor's words for a query that it refuses", async () => {
    const { data, errors } = await test.query('{ searchTickets(query: "project = NOPE") { nodes { id } } }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        message: "The value 'NOPE' does not exist for the field 'project'. (connection \"jira\")",
        extensions: { code: "BAD_USER_INPUT", vendorStatus: 400, connectionId: "jira" },
      },
    ]);
    const empty = await test.query('{ searchTickets(query: " ") { nodes { id } } }');
    expect(empty.errors).toMatchObject([{ message: "The query is empty. Give one in JQL." }]);
  });

  it("gives a form what its dropdowns need", async () => {
    const { issueTypes, assignableUsers } = await test.sdk.CreateForm({ project: { vendorId: "OPS" } });
    const incident = issueTypes.nodes.find(({ name }) => name === "Incident");
    expect(incident?.fields.find(({ id }) => id === "customfield_10010")).toEqual({
      id: "customfield_10010",
      name: "Severity",
      type: "OPTION",
      required: true,
      allowedValues: ["S1", "S2", "S3", "S4"].map((name, n) => ({ vendorId: String(20020 + n), name })),
    });
    const types = Object.fromEntries(incident?.fields.map(({ id, type }) => [id, type]) ?? []);
    expect(types).toMatchObject({
      description: "RICH_TEXT",
      customfield_10012: "RICH_TEXT",
      customfield_10013: "TEXT",
      customfield_10014: "OPTIONS",
      customfield_10015: "DATETIME",
      duedate: "DATE",
    });
    expect(assignableUsers.nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(["Mia Krystof", "佐藤 花子"]));
    expect(assignableUsers.nodes.map(({ name }) => name)).not.toContain("Tom Becker");
  });

  it("lists projects, found by words, page by page", async () => {
    const all = await test.sdk.Projects({ first: 2 });
    expect(all.projects).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const rest = await test.sdk.Projects({ first: 2, after: all.projects.pageInfo.endCursor });
    const keys = [...all.projects.nodes, ...rest.projects.nodes].map(({ key }) => key);
    expect(keys).toEqual(["OPS", "PLAT", "SUP"]);
    const found = await test.sdk.Projects({ query: "plat" });
    expect(found.projects.nodes.map(({ key }) => key)).toEqual(["PLAT"]);
  });

  it("tells who asks and what each connection can do", async () => {
    const { viewer, connections } = await test.sdk.Connections();
    expect(viewer).toEqual({
      tenantId: "acme",
      name: "backend",
      scopes: ["tickets:read", "tickets:write", "connections:admin", "keys:admin"],
    });
    expect(connections).toMatchObject([
      {
        name: "Acme Jira",
        vendor: "JIRA",
        state: "ACTIVE",
        capabilities: {
          bulkCreate: "NATIVE",
          bulkCreateMax: 50,
          search: "JQL",
          statusAtCreation: true,
          richText: "ADF",
        },
      },
    ]);
    const { data } = await test.query(`{
      connection(id: "jira") {
        project(ref: {vendorId: "SUP"}) { name }
        ticket(ref: {vendorId: "PLAT-1"}) { key }
        nothing: ticket(ref: {vendorId: "PLAT-99999"}) { key }
      }
      absent: connection(id: "stranger-jira") { name }
    }`);
    expect(data).toEqual({
      connection: { project: { name: "Customer Support" }, ticket: { key: "PLAT-1" }, nothing: null },
      absent: null,
    });
  });

  it("answers another tenant's ids exactly as ids of nothing", async () => {
    const { searchTickets } = await test.sdk.SearchTickets({ query: "project = PLAT", first: 1 });
    const id = searchTickets.nodes[0]?.id ?? "";
    const ask = "query ($id: ID!) { node(id: $id) { id } ticket(id: $id) { key } }";
    const strange = await test.query(ask, { id }, STRANGER_KEY);
    const nothing = await test.query(ask, { id: globalId("Ticket", "no-such", "1") }, STRANGER_KEY);
    expect([strange.data, strange.errors]).toEqual([nothing.data, nothing.errors]);
    const search = '{ searchTickets(connectionId: "jira", query: "project = PLAT") { nodes { id } } }';
    const { errors } = await test.query(search, {}, STRANGER_KEY);
    expect(errors).toMatchObject([
      { message: 'There is no connection "jira". This key can use: stranger-jira.', extensions: { code: "NOT_FOUND" } },
    ]);
  });

  it("takes the connection from the header, and says so when that names none", async () => {
    const header = test.sdkAs({ "x-api-key": KEY, "x-connection-id": "jira" });
    expect((await header.Projects()).projects.totalCount).toBe(3);
    const wrong = test.sdkAs({ "x-api-key": KEY, "x-connection-id": "nope" });
    await expect(wrong.Projects()).rejects.toThrow('There is no connection "nope". This key can use: jira.');
  });

  it("tells of a vendor that is down, by code, and goes on when it is up", async () => {
    test.jira.faults.add({ kind: "auth-401" });
    const refused = await test.query('{ searchTickets(query: "project = SUP") { nodes { id } } }');
    expect(refused.errors).toMatchObject([{ extensions: { code: "VENDOR_UNAUTHORIZED" } }]);
    expect((await test.query("{ connections { state } }")).data.connections[0].state).toBe("UNAUTHORIZED");
    test.jira.faults.clear();
    test.jira.faults.add({ kind: "html-200", times: 1 });
    const page = await test.query('{ searchTickets(query: "project = SUP") { nodes { id } } }');
    expect(page.errors).toMatchObject([{ extensions: { code: "VENDOR_BAD_RESPONSE" } }]);
    expect(JSON.stringify(page)).not.toContain("<html");
    test.jira.faults.clear();
    const { data } = await test.query(
      '{ searchTickets(query: "project = SUP") { nodes { id } } connections { state } }',
    );
    expect(data.searchTickets.nodes.length).toBeGreaterThan(0);
  });
});
