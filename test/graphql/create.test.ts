import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { globalId } from "../../src/domain/global-id.js";
import type { CreateTicketInput } from "../generated/sdk.js";
import { READER_KEY, startTestApp, type TestApp } from "../support/app.js";

const PRIORITIES = ["Highest", "High", "Medium", "Low", "Lowest"];

describe("creating tickets", () => {
  let test: TestApp;
  beforeAll(async () => (test = await startTestApp()));
  afterAll(() => test.close());
  beforeEach(() => test.jira.faults.clear());

  const input = (change: Partial<CreateTicketInput> = {}): CreateTicketInput => ({
    name: "The printer is on fire",
    project: { vendorId: "PLAT" },
    type: { name: "Bug" },
    ...change,
  });
  const create = async (change: Partial<CreateTicketInput> = {}) =>
    (await test.sdk.CreateTicket({ input: input(change) })).createTicket;
  const errorsOf = async (change: Partial<CreateTicketInput>) => (await create(change)).errors;
  const writes = () =>
    test.jira.calls.filter(({ method, path }) => method === "POST" && /\/issue(\/bulk)?$/.test(path));

  it("makes a ticket with all that was given, references mixed", async () => {
    const mia = "5b10a2844c20165700ede21g";
    const parent = await create({ type: { name: "epic" }, name: "All printers" });
    const { ticket, errors } = await create({
      name: "🔥 الطابعة تحترق",
      project: { id: globalId("Project", "jira", "10000") },
      type: { vendorId: "10003" },
      description: "It **burns**, again:\n\n- floor 1\n- floor 2\n\nمرحبا 🎉",
      priority: "high",
      assignees: [{ vendorId: mia }],
      reporters: [{ id: globalId("User", "jira", mia) }],
      parent: { vendorId: parent.ticket?.key ?? "" },
      tags: ["fire", "قسم"],
      dueDate: "2027-02-03T00:00:00Z",
      identifier: "acme-17",
      status: "In Progress",
      customFields: { customfield_10010: "S2", customfield_10011: 3, customfield_10012: "A **spark**" },
    });
    expect(errors).toEqual([]);
    expect(ticket).toMatchObject({ name: "🔥 الطابعة تحترق", status: "In Progress", identifier: "acme-17" });
    const { ticket: read } = await test.sdk.Ticket({ id: ticket?.id ?? "" });
    expect(read).toMatchObject({
      description: "It **burns**, again:\n\n- floor 1\n- floor 2\n\nمرحبا 🎉",
      plain: expect.stringContaining("It burns, again:"),
      statusCategory: "IN_PROGRESS",
      priority: "High",
      priorityLevel: "HIGH",
      tags: ["fire", "قسم"],
      dueDate: "2027-02-03T00:00:00.000Z",
      assignees: [{ name: "Mia Krystof" }],
      reporters: [{ name: "Mia Krystof" }],
      url: expect.stringMatching(/\/browse\/PLAT-\d+$/),
      vendorAttributes: { vendor: "JIRA", type: "Bug" },
    });
    const data = read?.vendorAttributes.data as Record<string, { value?: string }>;
    expect(data.customfield_10010?.value).toBe("S2");
    expect(data.customfield_10011).toBe(3);
  });

  it("generates an identifier from project and type where none is given", async () => {
    const { ticket } = await create();
    expect(ticket?.identifier).toMatch(/^PLAT-Bug-[0-9a-f]{8}$/);
  });

  it("reads nothing back that nobody asked for", async () => {
    const before = test.jira.calls.length;
    const { data } = await test.query(
      "mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id key url } errors { message } } }",
      { input: input() },
    );
    expect(data.createTicket.ticket.key).toMatch(/^PLAT-\d+$/);
    expect(test.jira.calls.slice(before).map(({ path }) => path)).not.toContain("/rest/api/3/issue/bulkfetch");
  });

  it("says which types the project has when the type is missing or wrong", async () => {
    const types = ["Epic", "Story", "Task", "Bug", "Sub-task"];
    expect(await errorsOf({ type: { name: "Incident" } })).toEqual([
      {
        code: "NOT_FOUND",
        message: `The project PLAT has no issue type "Incident". It has: ${types.join(", ")}.`,
        path: ["type", "name"],
        allowedValues: types,
        retryable: false,
      },
    ]);
    expect(await errorsOf({ type: null })).toMatchObject([
      { code: "INVALID_INPUT", path: ["type"], allowedValues: types, message: expect.stringContaining("Epic, Story") },
    ]);
  });

  it("says which projects there are when the project is missing or wrong", async () => {
    for (const project of [{ vendorId: "NOPE" }, { id: globalId("Project", "jira", "99999") }])
      expect(await errorsOf({ project })).toMatchObject([
        { code: "NOT_FOUND", path: ["project"], allowedValues: ["OPS", "PLAT", "SUP"] },
      ]);
    expect(await errorsOf({ project: null })).toMatchObject([
      { code: "INVALID_INPUT", path: ["project"], allowedValues: ["OPS", "PLAT", "SUP"] },
    ]);
  });

  it("tells what an id is really of", async () => {
    const user = globalId("User", "jira", "10000");
    expect(await errorsOf({ project: { id: user } })).toMatchObject([
      { code: "INVALID_INPUT", path: ["project", "id"], message: "This is the id of a user, not of a project." },
    ]);
    const elsewhere = globalId("Project", "another", "10000");
    expect(await errorsOf({ project: { id: elsewhere } })).toMatchObject([{ path: ["project", "id"] }]);
  });

  it("lists what could have been given for a priority, a status, an option", async () => {
    expect(await errorsOf({ priority: "Urgent" })).toEqual([
      {
        code: "INVALID_INPUT",
        message: `There is no priority "Urgent" here. There are: ${PRIORITIES.join(", ")}.`,
        path: ["priority"],
        allowedValues: PRIORITIES,
        retryable: false,
      },
    ]);
    expect(await errorsOf({ status: "Nearly done" })).toMatchObject([
      { path: ["status"], allowedValues: ["To Do", "In Progress", "In Review", "Done"] },
    ]);
    expect(await errorsOf({ customFields: { customfield_10010: "S9" } })).toMatchObject([
      { path: ["customFields", "customfield_10010"], allowedValues: ["S1", "S2", "S3", "S4"] },
    ]);
    const incident = { project: { vendorId: "OPS" }, type: { name: "Incident" } };
    expect(await errorsOf(incident)).toMatchObject([
      {
        path: ["customFields", "customfield_10010"],
        message: 'Jira wants the field "Severity" for this type. Give a value.',
        allowedValues: ["S1", "S2", "S3", "S4"],
      },
    ]);
  });

  it("refuses bad input with words to act on, and sends nothing", async () => {
    const before = writes().length;
    const bad: [Partial<CreateTicketInput>, string[], string][] = [
      [{ name: "" }, ["name"], "The name is empty. Give the ticket a name."],
      [{ name: "x".repeat(256) }, ["name"], "The name has 256 characters; Jira Cloud takes at most 255."],
      [{ name: "a\0b" }, ["name"], "This text holds a NUL character, which no vendor keeps. Take it out."],
      [{ name: "a\nb" }, ["name"], "The name holds a line break. Jira's summary is one line."],
      [
        { description: "x".repeat(1_048_576) },
        ["description"],
        "The description has 1048576 characters; Jira Cloud takes at most 32767.",
      ],
      [{ priority: " " }, ["priority"], "This text is empty. Give a value, or leave the field out."],
      [{ tags: ["a b"] }, ["tags", "0"], "The tag \"a b\" holds a space, which Jira's labels can't."],
      [{ project: { vendorId: "" } }, ["project", "vendorId"], "The vendorId is empty. Give a value."],
      [{ type: { name: "Sub-task" } }, ["parent"], "A Sub-task needs a parent. Give the ticket that it is a part of."],
      [
        { customFields: "S2" },
        ["customFields"],
        'customFields takes an object by field id, as in {"customfield_10010": "S2"}.',
      ],
    ];
    for (const [change, path, message] of bad) expect(await errorsOf(change)).toMatchObject([{ path, message }]);
    for (const id of ["../../x", "%2e%2e", "a\r\nb", '" OR 1=1'])
      expect(await errorsOf({ assignees: [{ vendorId: id }] })).toMatchObject([
        { code: "NOT_FOUND", path: ["assignees", "0"] },
      ]);
    expect(writes()).toHaveLength(before);
    expect(test.jira.calls.every(({ path }) => !path.includes(".."))).toBe(true);
  });

  it("takes a day for a moment, and says how to write one", async () => {
    const due = async (dueDate: unknown) =>
      test.query(
        `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { dueDate } errors { message } } }`,
        { input: { ...input(), dueDate } },
      );
    expect((await due("2027-02-03")).data.createTicket.ticket.dueDate).toBe("2027-02-03T00:00:00.000Z");
    for (const wrong of ["2027-02-30", "tomorrow", "", 20270203]) {
      const [error] = (await due(wrong)).errors ?? [];
      expect(error?.message).toContain(`${JSON.stringify(wrong)} is no moment. Write one as 2026-03-01T09:30:00Z`);
    }
    const literal = `mutation { createTicket(input: {project: {vendorId: "PLAT"}, type: {name: "Bug"}, name: "Due",
      dueDate: "2027-02-03"}) { ticket { dueDate } errors { message } } }`;
    expect((await test.query(literal)).data.createTicket.ticket.dueDate).toBe("2027-02-03T00:00:00.000Z");
  });

  it("takes exactly one way of naming a thing", async () => {
    for (const project of [{}, { id: "a", vendorId: "b" }, { vendorId: null }]) {
      const { errors } = await test.query(
        "mutation ($input: CreateTicketInput!) { createTicket(input: $input) { errors { message } } }",
        { input: { ...input(), project } },
      );
      expect(errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT");
    }
  });

  it("moves a new ticket through a strict workflow as far as one step goes, and tells where it ends", async () => {
    const support = { project: { vendorId: "SUP" }, type: { name: "Task" } };
    const first = await create({ ...support, status: "In Progress" });
    expect(first).toMatchObject({ ticket: { status: "In Progress" }, errors: [] });
    const before = test.jira.calls.length;
    const second = await create({ ...support, status: "in progress" });
    expect(second).toMatchObject({ ticket: { status: "In Progress" }, errors: [] });
    expect(test.jira.calls.slice(before).filter(({ path }) => path.endsWith("/transitions"))).toEqual([]);
    const third = await create({ ...support, status: "Done" });
    expect(third.ticket).toMatchObject({ status: "To Do" });
    expect(third.errors).toMatchObject([
      {
        path: ["status"],
        message: 'The ticket was created in the status "To Do": its workflow has no way from there to "Done".',
        allowedValues: ["To Do", "In Progress"],
      },
    ]);
    expect(await create({ ...support, status: "To Do" })).toMatchObject({ ticket: { status: "To Do" }, errors: [] });
  });

  it("waits and sends again what the vendor surely didn't take", async () => {
    test.jira.faults.add({ kind: "429", retryAfter: 0, operation: "POST /rest/api/3/issue", times: 1 });
    expect(await create()).toMatchObject({ errors: [] });
  });

  it("needs the scope to write", async () => {
    const { errors } = await test.query(
      "mutation ($input: CreateTicketInput!) { createTicket(input: $input) { errors { message } } }",
      { input: input() },
      READER_KEY,
    );
    expect(errors).toMatchObject([
      {
        message: 'The key "reader" lacks the scope tickets:write. Use a key that has it.',
        extensions: { code: "FORBIDDEN" },
      },
    ]);
  });

  describe("many at once", () => {
    const bulk = async (tickets: CreateTicketInput[]) =>
      (await test.sdk.BulkCreateTickets({ input: { connectionId: "jira", tickets } })).bulkCreateTickets;

    it("gives each its own result in request order, and a bad one spoils none", async () => {
      const before = writes().length;
      const tickets = Array.from({ length: 50 }, (_, n) => input({ name: `Ticket ${n}`, identifier: `bulk-${n}` }));
      tickets[3] = input({ priority: "Urgent" });
      tickets[7] = input({ name: "" });
      const { total, succeeded, failed, pending, results } = await bulk(tickets);
      expect({ total, succeeded, failed, pending }).toEqual({ total: 50, succeeded: 48, failed: 2, pending: 0 });
      expect(results.map(({ requestIndex }) => requestIndex)).toEqual(tickets.map((_, n) => n));
      expect(results[3]?.errors).toMatchObject([{ path: ["tickets", "3", "priority"], allowedValues: PRIORITIES }]);
      expect(results[7]?.errors).toMatchObject([{ path: ["tickets", "7", "name"] }]);
      expect(
        writes()
          .slice(before)
          .map(({ path }) => path),
      ).toEqual(["/rest/api/3/issue/bulk"]);
      const { nodes } = await test.sdk.Nodes({ ids: results.flatMap(({ ticketId }) => ticketId ?? []) });
      expect(nodes).toHaveLength(48);
      const read = await test.sdk.Ticket({ id: results[49]?.ticketId ?? "" });
      expect(read.ticket).toMatchObject({ name: "Ticket 49", identifier: "bulk-49", key: results[49]?.vendorTicketId });
    });

    it("maps the vendor's own partial failures to the right tickets", async () => {
      test.jira.faults.add({ kind: "partial", operation: "POST /rest/api/3/issue/bulk", share: 0.4, times: 3 });
      for (let round = 0; round < 3; round += 1) {
        const names = Array.from({ length: 20 }, (_, n) => `Round ${round} ticket ${n}`);
        const { results } = await bulk(names.map((name) => input({ name })));
        const made = results.filter(({ success }) => success);
        expect(made.length).toBeLessThan(20);
        for (const { requestIndex, ticketId } of made) {
          const { ticket } = await test.sdk.Ticket({ id: ticketId ?? "" });
          expect(ticket?.name).toBe(names[requestIndex]);
        }
        for (const { success, errors, requestIndex } of results)
          if (!success) expect(errors[0]?.path.slice(0, 2)).toEqual(["tickets", String(requestIndex)]);
      }
    });

    it("takes 1 to 50", async () => {
      for (const count of [0, 51]) {
        const { errors } = await test.query(
          "mutation ($input: BulkCreateTicketsInput!) { bulkCreateTickets(input: $input) { total } }",
          { input: { tickets: Array.from({ length: count }, () => input()) } },
        );
        expect(errors).toMatchObject([
          {
            message: `tickets takes 1 to 50; ${count} were given.${count > 50 ? " Send them in several calls." : ""}`,
            extensions: { code: "BAD_USER_INPUT" },
          },
        ]);
      }
    });
  });
});
