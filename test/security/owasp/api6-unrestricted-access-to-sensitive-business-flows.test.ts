import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp } from "../../support/app.js";
import { makeKey } from "../../support/make-key.js";
import { post } from "../../support/post.js";

const CREATE = `mutation ($input: CreateTicketInput!) { createTicket(input: $input) {
  ticket { key } errors { code } delivery { state } } }`;
const input = (more: object = {}) => ({ name: "One", project: { vendorId: "PLAT" }, type: { name: "Task" }, ...more });

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ limits: { requestsPerMinute: 200, bulkSyncMax: 3, bulkJobMax: 5 } });
});
afterAll(() => test.close());

const named = (name: string) => [...test.jira.state.all()].filter(({ summary }) => summary === name).length;

describe("making tickets, the flow that floods a help desk", () => {
  it("makes one ticket however often it is asked for with one key", async () => {
    const name = "Asked for twenty times";
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => test.query(CREATE, { input: input({ name, idempotencyKey: "twenty" }) })),
    );
    expect(new Set(answers.map(({ data }) => data.createTicket.ticket.key)).size).toBe(1);
    expect(named(name)).toBe(1);
  });

  it("comes to an end by the key's requests, and by tickets at once and in a job", async () => {
    const bulk = (field: string, type: string, count: number) =>
      test.query(`mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, {
        input: { tickets: Array.from({ length: count }, () => input({ name: "Flood" })) },
      });
    expect((await bulk("bulkCreateTickets", "BulkCreateTicketsInput", 4)).errors).toHaveLength(1);
    const job = await test.query(
      "mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { id } errors { code } } }",
      { input: { tickets: Array.from({ length: 6 }, () => input({ name: "Flood" })) } },
    );
    expect(job.data?.startBulkCreateTickets?.job ?? null).toBeNull();
    const { key } = await makeKey(test, "flood", ["tickets:write", "tickets:read"]);
    const tries = Array.from({ length: 260 }, () => post(test, "mutation { __typename }", {}, { "x-api-key": key }));
    expect((await Promise.all(tries)).filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expect(named("Flood")).toBe(0);
  });

  it("can't be had by aliases: each is a write that costs, and the sum is refused before the first", async () => {
    const many = Array.from(
      { length: 60 },
      (_, n) =>
        `a${n}: createTicket(input: { name: "Alias" project: { vendorId: "PLAT" } type: { name: "Task" } }) { __typename }`,
    );
    expect((await post(test, `mutation { ${many.join(" ")} }`)).status).toBe(400);
    expect(named("Alias")).toBe(0);
  });
});

describe("making keys and connections, the flow that outlives a stolen key", () => {
  it("is written down with who did it, from where and how it ended", async () => {
    await makeKey(test, "written down", ["tickets:read"]);
    const { data } = await test.query("{ auditLog(first: 5) { nodes { action actorName source outcome } } }");
    expect(data.auditLog.nodes[0]).toEqual({
      action: "createApiKey",
      actorName: "backend",
      source: "127.0.0.1",
      outcome: "DONE",
    });
  });
});
