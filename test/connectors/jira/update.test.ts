import { describe, expect, it } from "@jest/globals";
import { openTestJira, type TestJira } from "./support.js";

const INTERACTIVE = { lane: "interactive" } as const;
const writes = ({ jira }: TestJira) =>
  jira.calls.filter(({ method, path }) => method === "PUT" || (method === "POST" && path.endsWith("/transitions")));
const nameOf = (test: TestJira, key: string) => String(test.jira.state.find(key)?.id);

describe("changing Jira's issues", () => {
  it("sends the fields in one call, and leaves alone what isn't named", async () => {
    const test = await openTestJira();
    const ticketId = nameOf(test, "PLAT-2");
    const before = await test.connection.ticket(ticketId);
    const [outcome] = await test.connection.updateTickets(
      [{ ticketId, name: "Another", priority: "low", tags: ["a"] }],
      INTERACTIVE,
    );
    expect(outcome).toMatchObject({ state: "done", value: { key: "PLAT-2" } });
    expect(writes(test).map(({ method, body }) => [method, body])).toEqual([
      ["PUT", { fields: { summary: "Another", priority: { id: expect.any(String) }, labels: ["a"] } }],
    ]);
    const after = await test.connection.ticket(ticketId);
    expect(after).toMatchObject({
      name: "Another",
      priority: "Low",
      tags: ["a"],
      status: before?.status,
      assigneeIds: before?.assigneeIds,
      dueDate: before?.dueDate,
    });
    expect(after?.description?.to("MARKDOWN")).toBe(before?.description?.to("MARKDOWN"));
  });

  it("finds the way to a status over several steps, and takes it only when it is known whole", async () => {
    const test = await openTestJira({ sandbox: { issues: 130 } });
    const { connection } = test;
    const { items } = await connection.searchTickets('project = SUP AND issuetype = Task AND status = "To Do"', {
      first: 1,
    });
    const ticketId = items[0]?.vendorId ?? "";
    const [outcome] = await connection.updateTickets([{ ticketId, statusCategory: "DONE" }], INTERACTIVE);
    expect(outcome).toMatchObject({ state: "done" });
    expect(writes(test).map(({ body }) => (body as { transition: { id: string } }).transition.id)).toEqual([
      "111",
      "121",
      "131",
    ]);
    expect(await connection.ticket(ticketId)).toMatchObject({ status: "Done", statusCategory: "DONE" });
  });

  it("says where the workflow leads when it doesn't lead there, with nothing written", async () => {
    const test = await openTestJira({ sandbox: { issues: 130 } });
    const { connection } = test;
    const { items } = await connection.searchTickets('project = SUP AND issuetype = Task AND status = "To Do"', {
      first: 1,
    });
    const change = { ticketId: items[0]?.vendorId ?? "", name: "Not this either" };
    const [outcome] = await connection.updateTickets([{ ...change, status: "Frozen" }], INTERACTIVE);
    expect(outcome).toMatchObject({
      state: "rejected",
      error: { code: "INVALID", path: ["status"], allowedValues: ["In Progress"] },
    });
    expect(writes(test)).toEqual([]);
  });

  it("says which fields a step demands, and gives them to the step", async () => {
    const test = await openTestJira({ sandbox: { issues: 130 } });
    const { connection } = test;
    const { items } = await connection.searchTickets('project = OPS AND issuetype = Incident AND status = "To Do"', {
      first: 10,
    });
    const open = items.find(({ data }) => data["customfield_10012"] == null);
    const ticketId = open?.vendorId ?? "";
    const [refused] = await connection.updateTickets([{ ticketId, status: "Done" }], INTERACTIVE);
    expect(refused).toMatchObject({
      state: "rejected",
      error: { path: ["customFields", "customfield_10012"], message: expect.stringContaining("demands") as unknown },
    });
    expect(writes(test)).toEqual([]);
    const customFields = { customfield_10012: "A lock was held." };
    const [done] = await connection.updateTickets([{ ticketId, status: "Done", customFields }], INTERACTIVE);
    expect(done).toMatchObject({ state: "done" });
    expect(await connection.ticket(ticketId)).toMatchObject({ status: "Done" });
  });

  it("keeps the labels that are the gateway's own", async () => {
    const test = await openTestJira({ settings: { options: { identifierAs: "label", markerLabel: true } } });
    const draft = {
      name: "x",
      projectId: "10000",
      typeId: "10002",
      assigneeIds: [],
      reporterIds: [],
      tags: ["old"],
      customFields: {},
    };
    const marker = "gw-abcdefghijklmnopqrstuvwxyz";
    const [made] = await test.connection.createTickets([{ ...draft, identifier: "order-7", marker }], INTERACTIVE);
    if (made?.state !== "done") throw made?.error;
    const ticketId = made.value.vendorId;
    await test.connection.updateTickets([{ ticketId, tags: ["new"] }], INTERACTIVE);
    expect(await test.connection.ticket(ticketId)).toMatchObject({ tags: ["new"], identifier: "order-7" });
    expect(test.jira.state.find(ticketId)?.labels).toEqual(expect.arrayContaining(["new", marker, "tg:order-7"]));
  });

  it("tells what was done and what wasn't when a later step fails", async () => {
    const test = await openTestJira();
    const ticketId = nameOf(test, "PLAT-2");
    test.jira.faults.add({ kind: "status", status: 400, operation: "doTransition" });
    const [outcome] = await test.connection.updateTickets(
      [{ ticketId, name: "Renamed", status: "In Review" }],
      INTERACTIVE,
    );
    expect(outcome).toMatchObject({ state: "done", faults: [{ path: ["status"] }] });
    test.jira.faults.clear();
    test.jira.faults.add({ kind: "commit-reset", operation: "doTransition" });
    const [lost] = await test.connection.updateTickets([{ ticketId, status: "In Review" }], INTERACTIVE);
    expect(lost).toMatchObject({ state: "unknown" });
  });

  it("gives each change its own outcome, in order", async () => {
    const test = await openTestJira();
    const [one, two] = ["PLAT-1", "PLAT-2"].map((key) => nameOf(test, key));
    const outcomes = await test.connection.updateTickets(
      [
        { ticketId: one ?? "", name: "First" },
        { ticketId: "999999", name: "Nobody" },
        { ticketId: two ?? "", priority: "Purple" },
        { ticketId: two ?? "", name: "Second" },
      ],
      INTERACTIVE,
    );
    expect(outcomes.map(({ state }) => state)).toEqual(["done", "rejected", "rejected", "done"]);
    expect(outcomes[1]).toMatchObject({ error: { code: "NOT_FOUND", path: ["ticket"] } });
    expect(outcomes[2]).toMatchObject({
      error: { path: ["priority"], allowedValues: expect.arrayContaining(["High"]) as unknown },
    });
  });
});
