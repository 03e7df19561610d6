import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startVendorsApp, type VendorsApp } from "../support/vendors-app.js";
import { until } from "../support/until.js";

const SYNC = `mutation ($id: ID!, $full: Boolean!) { syncConnection(id: $id, full: $full) { id sync { state } } }`;
const STATE = `query ($id: ID!) { connection(id: $id) { lastSyncedAt sync { state mode tickets error startedAt finishedAt } } }`;
const TICKETS = `query ($filter: TicketFilter, $orderBy: TicketOrder, $first: Int! = 100, $after: String) {
  tickets(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id key name status statusCategory priorityLevel tags identifier syncedAt createdAt updatedAt description
      connection { id name } project { id key name } type { name } assignees { id name } createdBy { name } reporters { name } parent { key project { name } }
      vendorAttributes { data }
    }
  }
}`;

describe("the synced store", () => {
  let test: VendorsApp;
  beforeAll(async () => {
    test = await startVendorsApp({ quietSeconds: 1, leaseSeconds: 30, waitSeconds: 5 });
    for (const vendor of ["jira", "leen", "rezolve", "stackone"]) await synced(`demo-${vendor}`);
  });
  afterAll(() => test.close());

  const sync = async (id: string) => (await test.query(STATE, { id })).data.connection;
  const synced = async (id: string, full = false) => {
    const before = (await sync(id)).lastSyncedAt;
    const { errors } = await test.query(SYNC, { id, full });
    expect(errors).toBeUndefined();
    await until(async () => {
      const { sync: state, lastSyncedAt } = await sync(id);
      if (state.state === "FAILED") throw new Error(state.error);
      return state.state === "IDLE" && lastSyncedAt !== before;
    }, 10_000);
    return (await sync(id)).sync;
  };
  const tickets = async (variables: object = {}) => {
    const { data, errors } = await test.query(TICKETS, variables as Record<string, unknown>);
    expect(errors).toBeUndefined();
    return data.tickets;
  };
  const callsOf = () => [test.jira, test.leen, test.rezolve, test.stackone].map(({ calls }) => calls.length);

  it("gives tickets of every connection with what they speak of, without asking any vendor", async () => {
    const before = callsOf();
    const { nodes, totalCount } = await tickets();
    expect(callsOf()).toEqual(before);
    expect(nodes).toHaveLength(100);
    expect(totalCount).toBeGreaterThan(100);
    const jira = nodes.find(({ connection }: { connection: { name: string } }) => connection.name === "Demo Jira");
    expect(jira).toMatchObject({ project: { name: expect.any(String) }, type: { name: expect.any(String) } });
    expect(new Date(jira.syncedAt).getTime()).toBeGreaterThan(Date.now() - 60_000);
    const live = await test.query(`query ($id: ID!) { ticket(id: $id) { syncedAt name description } }`, {
      id: jira.id,
    });
    expect(live.data.ticket).toEqual({ syncedAt: null, name: jira.name, description: jira.description });
  });

  it("finds by every part of the filter, all of them together, and counts when asked", async () => {
    const all = [];
    for (let after: string | null = null; ;) {
      const page = await tickets({ after });
      all.push(...page.nodes);
      expect(page.totalCount).toBeGreaterThanOrEqual(all.length);
      if (!page.pageInfo.hasNextPage) {
        expect(all).toHaveLength(page.totalCount);
        break;
      }
      after = page.pageInfo.endCursor;
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const someone = all.find(({ assignees }) => assignees.length > 0).assignees[0].id;
    const project = all.find(({ project: one }) => one?.key === "PLAT").project.id;
    const tag = all.find(({ tags }) => tags.length > 0).tags[0];
    const middle = new Date("2026-06-01T00:00:00Z");
    type One = (typeof all)[number];
    const filters: [filter: object, fits: (ticket: One) => boolean][] = [
      [{ connectionIds: ["demo-jira"] }, ({ connection }) => connection.name === "Demo Jira"],
      [{ vendors: ["LEEN", "STACKONE"] }, ({ connection }) => /Leen|StackOne/.test(connection.name)],
      [{ projectIds: [project] }, ({ project: one }) => one?.id === project],
      [{ statusCategories: ["DONE"] }, ({ statusCategory }) => statusCategory === "DONE"],
      [{ statuses: ["In Progress", "To Do"] }, ({ status }) => ["In Progress", "To Do"].includes(status)],
      [{ priorityLevels: ["HIGH", "HIGHEST"] }, ({ priorityLevel }) => ["HIGH", "HIGHEST"].includes(priorityLevel)],
      [{ assigneeIds: [someone] }, ({ assignees }) => assignees.some(({ id }: { id: string }) => id === someone)],
      [{ tags: [tag, "no such tag"] }, ({ tags }) => tags.includes(tag)],
      [{ createdAt: { from: middle.toISOString() } }, ({ createdAt }) => createdAt && new Date(createdAt) >= middle],
      [{ updatedAt: { to: middle.toISOString() } }, ({ updatedAt }) => updatedAt && new Date(updatedAt) < middle],
      [{ connectionIds: [] }, () => false],
      [{ identifier: "nobody's" }, ({ identifier }) => identifier === "nobody's"],
      [
        { projectIds: [project], statusCategories: ["TODO"], priorityLevels: ["MEDIUM"] },
        (one) => one.project?.id === project && one.statusCategory === "TODO" && one.priorityLevel === "MEDIUM",
      ],
    ];
    for (const [filter, fits] of filters) {
      const { nodes, totalCount } = await tickets({ filter });
      const expected = all.filter(fits).map(({ id }) => id);
      expect([filter, totalCount]).toEqual([filter, expected.length]);
      if (expected.length <= 100)
        expect([filter, nodes.map(({ id }: { id: string }) => id).sort()]).toEqual([filter, expected.sort()]);
    }
  });

  it("finds words in names and descriptions as a search box does", async () => {
    const named = async (text: string) =>
      (await tickets({ filter: { text, connectionIds: ["demo-jira"] } })).nodes.map(({ key }: { key: string }) => key);
    const { nodes } = await tickets({ filter: { connectionIds: ["demo-jira"] }, first: 1 });
    const [{ name, key }] = nodes;
    expect(await named(`"${name}"`)).toContain(key);
    expect(await named(key)).toContain(key);
    expect(await named(`"${name}" -${name.split(" ")[0]}`)).not.toContain(key);
    for (const odd of ["'", '"', "&|!", "a:*", "\\", "<->", "(((", "🐌", "x".repeat(5_000)])
      expect(Array.isArray(await named(odd))).toBe(true);
  });

  it("finds the words of a marked-up text, and not its markup", async () => {
    const input = {
      connectionId: "demo-stackone",
      project: { vendorId: "project-001" },
      name: "A visitor",
      description: "Frau **M&uuml;ller** waits at the [desk](https://acme.example/quixotic).",
    };
    const made = await test.query(
      `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id } errors { message } } }`,
      { input },
    );
    expect(made.data.createTicket.errors).toEqual([]);
    const found = async (text: string) =>
      (await tickets({ filter: { text, connectionIds: ["demo-stackone"] } })).nodes.map(
        ({ name }: { name: string }) => name,
      );
    expect(await found("müller desk")).toEqual(["A visitor"]);
    for (const markup of ["strong", "href"]) expect(await found(markup)).toEqual([]);
  });

  it("orders by each field in each direction, the same way on every page", async () => {
    for (const field of ["CREATED_AT", "UPDATED_AT", "PRIORITY"])
      for (const direction of ["ASC", "DESC"]) {
        const seen: { id: string; value: number }[] = [];
        for (let after: string | null = null; ;) {
          const page = await tickets({ orderBy: { field, direction }, first: 37, after });
          const valueOf = (one: Record<string, string | null>): number =>
            field === "PRIORITY"
              ? ["LOWEST", "LOW", "MEDIUM", "HIGH", "HIGHEST"].indexOf(one["priorityLevel"] ?? "")
              : Date.parse(one[field === "CREATED_AT" ? "createdAt" : "updatedAt"] ?? "1970-01-01T00:00:00Z");
          seen.push(...page.nodes.map((one: Record<string, string>) => ({ id: one["id"], value: valueOf(one) })));
          if (!page.pageInfo.hasNextPage) break;
          after = page.pageInfo.endCursor;
        }
        expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
        const values = seen.map(({ value }) => value);
        const sorted = [...values].sort((a, b) => (direction === "ASC" ? a - b : b - a));
        expect([field, direction, values]).toEqual([field, direction, sorted]);
      }
  });

  it("holds what the gateway writes at once", async () => {
    const created = await test.query(
      `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id name status syncedAt } errors { message } } }`,
      { input: { connectionId: "demo-jira", project: { vendorId: "PLAT" }, type: { name: "Task" }, name: "Zanzibar" } },
    );
    const { id } = created.data.createTicket.ticket;
    expect((await tickets({ filter: { text: "zanzibar" } })).nodes).toMatchObject([{ id, name: "Zanzibar" }]);
    const reads = test.jira.calls.filter(({ path }) => path.endsWith("/bulkfetch")).length;
    const updated = await test.query(
      `mutation ($input: UpdateTicketInput!) { updateTicket(input: $input) { ticket { id name status description } errors { message } } }`,
      { input: { connectionId: "demo-jira", ticket: { id }, name: "Zanzibar in June", status: "In Progress" } },
    );
    expect(updated.data.updateTicket).toMatchObject({ ticket: { name: "Zanzibar in June" }, errors: [] });
    expect((await tickets({ filter: { text: "zanzibar june" } })).nodes).toMatchObject([{ id, status: "In Progress" }]);
    expect((await tickets({ filter: { text: "zanzibar -june" } })).nodes).toEqual([]);
    // One read to find the ticket, one for the store; the payload needs none of its own.
    expect(test.jira.calls.filter(({ path }) => path.endsWith("/bulkfetch")).length - reads).toBeLessThanOrEqual(3);
  });

  it("learns what changed, and only a full run notices what is gone", async () => {
    const issue = test.jira.state.find("PLAT-3");
    if (!issue) throw new Error("There is no PLAT-3.");
    test.jira.state.put({ ...issue, summary: "Changed behind our back", updated: Date.now() });
    const gone = test.jira.state.find("PLAT-5");
    test.jira.state.remove(gone?.id ?? 0);
    const keys = async (text: string) =>
      (await tickets({ filter: { text, connectionIds: ["demo-jira"] } })).nodes.map(({ key }: { key: string }) => key);
    expect((await synced("demo-jira")).mode).toBe("CHANGES");
    expect(await keys("behind our back")).toEqual(["PLAT-3"]);
    expect(await keys("PLAT-5")).toContain("PLAT-5");
    expect((await synced("demo-jira", true)).mode).toBe("FULL");
    expect(await keys('"PLAT-5"')).not.toContain("PLAT-5");
    const { totalCount } = await tickets({ filter: { connectionIds: ["demo-jira"] } });
    expect(totalCount).toBe(test.jira.state.size);
  });

  it("says what is wrong", async () => {
    const wrong = async (variables: object) =>
      (await test.query(TICKETS, variables as Record<string, unknown>)).errors?.[0];
    expect(await wrong({ first: 101 })).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
    expect(await wrong({ after: "nonsense" })).toMatchObject({ message: expect.stringContaining("cursor") });
    const { pageInfo } = await tickets({ first: 1 });
    const other = { orderBy: { field: "CREATED_AT", direction: "ASC" }, after: pageInfo.endCursor };
    expect(await wrong(other)).toMatchObject({ message: expect.stringContaining("another order") });
    expect(await wrong({ filter: { projectIds: ["PLAT"] } })).toMatchObject({
      message: expect.stringContaining("projectIds"),
    });
    expect(await wrong({ filter: { text: "\u0000" } })).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
    const nowhere = await test.query(SYNC, { id: "nowhere", full: false });
    expect(nowhere.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });
});
