import { describe, expect, it } from "@jest/globals";
import { BUG, openTestJira, PLAT } from "./support.js";

describe("reading from Jira", () => {
  it("gives tickets in the order asked for, null for what isn't there", async () => {
    const { connection, jira } = await openTestJira();
    const ids = ["10005", "99999", "10002", "10004"];
    const tickets = await Promise.all(ids.map((id) => connection.ticket(id)));
    expect(tickets.map((ticket) => ticket?.vendorId ?? null)).toEqual(["10005", null, "10002", "10004"]);
    expect(jira.calls.map(({ path }) => path)).toEqual(["/rest/api/3/issue/bulkfetch"]);
  });

  it("finds a ticket by its key, too", async () => {
    const { connection } = await openTestJira();
    expect((await connection.ticketNamed("PLAT-2"))?.vendorId).toBe("10002");
    expect(await connection.ticketNamed("PLAT-4711")).toBeNull();
    expect(await connection.ticketNamed("../../etc")).toBeNull();
  });

  it("reads a whole ticket", async () => {
    const { connection } = await openTestJira();
    const ticket = await connection.ticket("10003");
    expect(ticket).toMatchObject({
      key: "PLAT-3",
      projectId: PLAT,
      url: expect.stringMatching(/\/browse\/PLAT-3$/) as unknown as string,
    });
    expect(ticket?.createdAt).toBeInstanceOf(Date);
    expect(ticket?.data).toHaveProperty("summary", ticket?.name);
  });

  it("walks a search by its tokens, each ticket once", async () => {
    const { connection } = await openTestJira();
    const keys: (string | null)[] = [];
    let after: string | undefined;
    do {
      const page = await connection.searchTickets("project in (PLAT, SUP, OPS) ORDER BY key", {
        first: 7,
        ...(after && { after }),
      });
      keys.push(...page.items.map(({ key }) => key));
      after = page.next;
    } while (after !== undefined);
    expect(new Set(keys).size).toBe(30);
    expect(keys).toHaveLength(30);
  });

  it("passes on Jira's words for a query or a cursor that it refuses", async () => {
    const { connection } = await openTestJira();
    await expect(connection.searchTickets("project = NOPE", { first: 5 })).rejects.toMatchObject({
      code: "INVALID",
      message: "The value 'NOPE' does not exist for the field 'project'.",
    });
    await expect(connection.searchTickets("project = PLAT", { first: 5, after: "rubbish" })).rejects.toMatchObject({
      code: "INVALID",
    });
    await expect(connection.listProjects(undefined, { first: 5, after: "-1" })).rejects.toThrow(
      '"-1" is no cursor of this list',
    );
  });

  it("lists projects, types, fields and people", async () => {
    const { connection } = await openTestJira();
    const projects = await connection.listProjects(undefined, { first: 2 });
    expect(projects).toMatchObject({ total: 3, next: "2", items: [{ key: "OPS" }, { key: "PLAT" }] });
    expect((await connection.listProjects(undefined, { first: 2, after: "2" })).items.map(({ key }) => key)).toEqual([
      "SUP",
    ]);
    const types = await connection.issueTypesOf(PLAT);
    expect(types.map(({ name }) => name)).toEqual(["Epic", "Story", "Task", "Bug", "Sub-task"]);
    const fields = await connection.listFields(PLAT, BUG);
    expect(fields.find(({ id }) => id === "summary")).toMatchObject({ required: true, type: "TEXT" });
    const priorities = fields.find(({ id }) => id === "priority")?.allowedValues.map(({ name }) => name);
    expect(priorities).toEqual(["Highest", "High", "Medium", "Low", "Lowest"]);
    const people = await connection.listAssignableUsers(PLAT, "mia", { first: 10 });
    expect(people.items.map(({ name }) => name)).toEqual([expect.stringMatching(/^Mia/) as unknown as string]);
  });

  it("asks for many people in one call, and leaves out who is gone", async () => {
    const { connection, jira } = await openTestJira();
    const people = await Promise.all(
      ["5b10a2844c20165700ede21g", "557058:gone", "5b109f2e9729b51b54dc274d"].map((id) => connection.user(id)),
    );
    expect(people.map((user) => user?.vendorId ?? null)).toEqual([
      "5b10a2844c20165700ede21g",
      null,
      "5b109f2e9729b51b54dc274d",
    ]);
    expect(jira.calls).toHaveLength(1);
  });

  it.each([
    ["html-200", "BAD_RESPONSE"],
    ["truncated", "BAD_RESPONSE"],
    ["null-body", "BAD_RESPONSE"],
    ["empty", "BAD_RESPONSE"],
    ["auth-401", "AUTH"],
    ["html-404", "NOT_FOUND"],
    ["wrong-type", undefined],
  ] as const)("turns the answer %s into %s, without the vendor's HTML", async (kind, code) => {
    const { connection, jira } = await openTestJira();
    jira.faults.add({ kind });
    const read = connection.searchTickets("project = PLAT", { first: 1 });
    if (code === undefined) return expect((await read).items).toHaveLength(1);
    const error = await read.then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ name: "VendorError", code });
    expect(error?.message).not.toMatch(/<|DOCTYPE/);
  });

  it("waits out a limit and answers", async () => {
    const { connection, jira } = await openTestJira();
    jira.faults.add({ kind: "429", times: 1, retryAfter: 1, headers: { "ratelimit-reason": "jira-burst-based" } });
    expect((await connection.searchTickets("project = PLAT", { first: 1 })).items).toHaveLength(1);
    expect(jira.calls.map(({ status }) => status)).toEqual([429, 200]);
  });
});
