import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { until } from "../support/until.js";
import { startVendorsApp, type VendorsApp } from "../support/vendors-app.js";

const CREATE = `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id key revision } errors { message } } }`;
const UPDATE = `mutation ($input: UpdateTicketInput!) {
  updateTicket(input: $input) {
    ticket { key name status priority tags dueDate assignees { name } description }
    errors { code message path allowedValues retryable }
    delivery { state guarantee attempts reconciledBy }
  }
}`;
const JIRA = { connectionId: "demo-jira", project: { vendorId: "PLAT" }, type: { name: "Task" } };

describe("updateTicket", () => {
  let test: VendorsApp;
  beforeAll(async () => {
    test = await startVendorsApp({ quietSeconds: 1, leaseSeconds: 30, waitSeconds: 5 });
  });
  afterEach(() => {
    for (const { faults } of [test.jira, test.leen, test.rezolve, test.stackone]) faults.clear();
  });
  afterAll(() => test.close());

  const create = async (input: object) =>
    (await test.query(CREATE, { input })).data.createTicket.ticket as {
      id: string;
      key: string;
      revision: string | null;
    };
  const update = async (input: object) => {
    const { data, errors } = await test.query(UPDATE, { input });
    expect(errors).toBeUndefined();
    return data.updateTicket;
  };
  const puts = () => test.jira.calls.filter(({ method }) => method === "PUT").length;

  it("leaves alone what is absent, and clears what is null", async () => {
    const dueDate = "2026-12-31";
    const { id, key } = await create({
      ...JIRA,
      name: "Old",
      description: "Kept",
      tags: ["a"],
      dueDate,
      assignees: [{ vendorId: "5b10ac8d82e05b22cc7d4ef5" }],
    });
    const ticket = { id };
    const {
      ticket: changed,
      errors,
      delivery,
    } = await update({ connectionId: "demo-jira", ticket, name: "New", dueDate: null, status: "in review" });
    expect(errors).toEqual([]);
    expect(changed).toMatchObject({
      key,
      name: "New",
      status: "In Review",
      description: "Kept",
      tags: ["a"],
      dueDate: null,
      assignees: [{ name: "Emma Richards" }],
    });
    expect(delivery).toMatchObject({ state: "DELIVERED", guarantee: "EFFECTIVELY_ONCE", attempts: 1 });
    const cleared = await update({
      connectionId: "demo-jira",
      ticket: { vendorId: key },
      assignees: null,
      tags: [],
      description: null,
    });
    expect(cleared.ticket).toMatchObject({ assignees: [], tags: [], description: null, name: "New" });
  });

  it("changes nothing twice for the same key, and refuses the key for another change", async () => {
    const { id } = await create({ ...JIRA, name: "Once" });
    const input = { connectionId: "demo-jira", ticket: { id }, name: "Changed", idempotencyKey: "change-1" };
    const before = puts();
    const [one, two] = await Promise.all([update(input), update(input)]);
    expect([one.delivery.state, two.delivery.state]).toEqual(["DELIVERED", "DELIVERED"]);
    expect(puts() - before).toBe(1);
    expect((await update({ ...input, name: "Other" })).errors).toMatchObject([{ code: "IDEMPOTENCY_KEY_REUSED" }]);
    const { data } = await test.query(
      '{ delivery(idempotencyKey: "change-1", connectionId: "demo-jira") { state ticket { name } } }',
    );
    expect(data.delivery).toEqual({ state: "DELIVERED", ticket: { name: "Changed" } });
  });

  it("refuses what a vendor can't change before any call, and says where the last write wins", async () => {
    const count = () => [test.jira, test.leen, test.rezolve, test.stackone].map(({ calls }) => calls.length);
    const before = count();
    const ticket = { vendorId: "X-1" };
    const refused: [input: object, path: string][] = [
      [{ connectionId: "demo-leen", ticket, tags: ["a"] }, "tags"],
      [{ connectionId: "demo-leen", ticket, dueDate: null }, "dueDate"],
      [{ connectionId: "demo-rezolve", ticket, name: "x", revision: "1" }, "name"],
      [{ connectionId: "demo-stackone", ticket, dueDate: "2026-12-31" }, "dueDate"],
      [{ connectionId: "demo-jira", ticket, name: "x", revision: "1" }, "revision"],
    ];
    for (const [input, path] of refused)
      expect((await update(input)).errors).toMatchObject([{ code: "UNSUPPORTED", path: [path] }]);
    expect(count()).toEqual(before);
    const { errors } = await update({ connectionId: "demo-jira", ticket, name: "x", revision: "1" });
    expect(errors[0].message).toContain("the last write wins");
  });

  it("tells every mistake with its place", async () => {
    const base = { connectionId: "demo-jira", ticket: { vendorId: "PLAT-1" } };
    expect((await update(base)).errors).toMatchObject([
      { code: "INVALID_INPUT", path: [], message: expect.stringContaining("Nothing is to be changed") as unknown },
    ]);
    const wrong = {
      name: " ",
      status: "Done",
      statusCategory: "DONE",
      customFields: "x",
      tags: [""],
      assignees: [{ vendorId: "a" }, { vendorId: "b" }],
    };
    const { errors } = await update({ ...base, ...wrong });
    expect(errors.map(({ path }: { path: string[] }) => path.join(".")).sort()).toEqual(
      ["assignees", "assignees.0", "assignees.1", "customFields", "name", "statusCategory", "tags.0"].sort(),
    );
    expect((await update({ ...base, ticket: { vendorId: "PLAT-99999" }, name: "x" })).errors).toMatchObject([
      { code: "NOT_FOUND", path: ["ticket"] },
    ]);
    expect((await update({ ...base, priority: "Urgent" })).errors).toMatchObject([
      { path: ["priority"], allowedValues: expect.arrayContaining(["High"]) as unknown },
    ]);
  });

  it("guards Rezolve's tickets by their revision", async () => {
    const rezolve = { connectionId: "demo-rezolve" };
    const { id, revision } = await create({
      ...rezolve,
      project: { vendorId: "james" },
      type: { name: "Hardware Request" },
      name: "Guarded",
      vendor: { rezolve: { offerId: "23629" } },
    });
    const change = { ...rezolve, ticket: { id }, priority: "High" };
    expect((await update(change)).errors).toMatchObject([{ code: "INVALID_INPUT", path: ["revision"] }]);
    const done = await update({ ...change, revision });
    expect(done).toMatchObject({ ticket: { priority: "High" }, delivery: { guarantee: "EXACTLY_ONCE" } });
    const current = test.rezolve.state.tickets.at(-1)?.etag;
    expect((await update({ ...change, revision, priority: "Low" })).errors).toMatchObject([
      { code: "CONFLICT", path: ["revision"], allowedValues: [current], retryable: false },
    ]);
  });

  it("reads the ticket when an answer was lost, and sends again only what surely overwrites nobody's", async () => {
    const { id } = await create({ ...JIRA, name: "Lost" });
    const change = { connectionId: "demo-jira", ticket: { id } };
    test.jira.faults.add({ kind: "commit-reset", operation: "editIssue", times: 1 });
    expect((await update({ ...change, name: "Found" })).delivery).toMatchObject({
      state: "DELIVERED",
      reconciledBy: "read",
      attempts: 1,
    });
    const before = puts();
    test.jira.faults.add({ kind: "reset", operation: "editIssue", times: 1 });
    const lost = await update({ ...change, name: "Sent again", idempotencyKey: "again" });
    expect(lost.delivery.state).toMatch(/UNKNOWN|PENDING/);
    await until(async () => {
      const { data } = await test.query(
        '{ delivery(idempotencyKey: "again", connectionId: "demo-jira") { state attempts } }',
      );
      return data.delivery.state === "DELIVERED" && data.delivery.attempts === 2;
    });
    expect(puts() - before).toBe(2);
    test.jira.faults.add({ kind: "reset", operation: "editIssue", times: 1 });
    await update({ ...change, name: "Overtaken", idempotencyKey: "overtaken" });
    await update({ ...change, priority: "Low" });
    await until(async () => {
      const { data } = await test.query(
        '{ delivery(idempotencyKey: "overtaken", connectionId: "demo-jira") { state } }',
      );
      return data.delivery.state === "NEEDS_REVIEW";
    });
  });

  it("changes many at once, each to its own values, on several connections", async () => {
    const made = await Promise.all(["a", "b"].map((name) => create({ ...JIRA, name })));
    const stackone = await create({ connectionId: "demo-stackone", name: "c" });
    const tickets = [
      { connectionId: "demo-jira", ticket: { id: made[0]?.id }, name: "a2" },
      { connectionId: "demo-stackone", ticket: { id: stackone.id }, statusCategory: "DONE" },
      { connectionId: "demo-jira", ticket: { id: made[1]?.id }, priority: "Purple" },
      { connectionId: "demo-jira", ticket: { id: made[1]?.id }, name: "b2" },
    ];
    const { data, errors } = await test.query(
      `mutation ($input: BulkUpdateTicketsInput!) {
        bulkUpdateTickets(input: $input) { total succeeded failed pending results { success ticket { name status } errors { path } } }
      }`,
      { input: { tickets } },
    );
    expect(errors).toBeUndefined();
    expect(data.bulkUpdateTickets).toMatchObject({
      total: 4,
      succeeded: 3,
      failed: 1,
      pending: 0,
      results: [
        { success: true, ticket: { name: "a2" } },
        { success: true, ticket: { name: "c", status: "Solved" } },
        { success: false, ticket: null, errors: [{ path: ["tickets", "2", "priority"] }] },
        { success: true, ticket: { name: "b2" } },
      ],
    });
  });

  it("reads from each ticket what became of a bulk operation whose answer was lost", async () => {
    const made = await Promise.all(Array.from({ length: 12 }, (_, n) => create({ ...JIRA, name: `Alike ${n}` })));
    const before = puts();
    test.jira.faults.add({ kind: "commit-reset", operation: "submitBulkEdit", times: 1 });
    const tickets = made.map(({ id }, n) => ({
      connectionId: "demo-jira",
      ticket: { id },
      priority: "Lowest",
      idempotencyKey: `alike-${n}`,
    }));
    const { errors } = await test.query(
      "mutation ($input: BulkUpdateTicketsInput!) { bulkUpdateTickets(input: $input) { total } }",
      { input: { tickets } },
    );
    expect(errors).toBeUndefined();
    await until(async () => {
      const fields = "{ state attempts reconciledBy ticket { priority } }";
      const asked = tickets.map(
        ({ idempotencyKey: key }, n) =>
          `d${n}: delivery(idempotencyKey: "${key}", connectionId: "demo-jira") ${fields}`,
      );
      const { data } = await test.query(`{ ${asked.join(" ")} }`);
      const settled = { state: "DELIVERED", attempts: 1, reconciledBy: "read", ticket: { priority: "Lowest" } };
      return Object.values(data as object).every((one) => JSON.stringify(one) === JSON.stringify(settled));
    });
    expect(puts()).toBe(before);
    expect(test.jira.calls.filter(({ path }) => path.endsWith("/bulk/issues/fields"))).toHaveLength(1);
  });

  it("changes hundreds in a job, which tells of each", async () => {
    const input = { tickets: Array.from({ length: 60 }, (_, n) => ({ ...JIRA, name: `Job ${n}` })).slice(0, 50) };
    const bulk = await test.query(
      "mutation ($input: BulkCreateTicketsInput!) { bulkCreateTickets(input: $input) { results { ticketId } } }",
      { input },
    );
    const ids = bulk.data.bulkCreateTickets.results.map(({ ticketId }: { ticketId: string }) => ticketId) as string[];
    const tickets = Array.from({ length: 200 }, (_, n) => ({
      connectionId: "demo-jira",
      ticket: { id: ids[n % 50] },
      ...(n === 7 ? { priority: "Purple" } : { tags: [`round-${n}`] }),
    }));
    const started = await test.query(
      "mutation ($input: BulkUpdateTicketsInput!) { startBulkUpdateTickets(input: $input) { job { id kind total } errors { message } } }",
      { input: { tickets } },
    );
    expect(started.data.startBulkUpdateTickets).toMatchObject({ job: { kind: "UPDATE", total: 200 }, errors: [] });
    const { id } = started.data.startBulkUpdateTickets.job;
    const read = async () =>
      (
        await test.query(
          `{ bulkJob(id: "${id}") { state succeeded failed pending results(first: 100, failedOnly: true) { nodes { requestIndex errors { path } } } } }`,
        )
      ).data.bulkJob;
    await until(async () => (await read()).state === "DONE");
    expect(await read()).toMatchObject({
      succeeded: 199,
      failed: 1,
      pending: 0,
      results: { nodes: [{ requestIndex: 7, errors: [{ path: ["priority"] }] }] },
    });
  });
});
