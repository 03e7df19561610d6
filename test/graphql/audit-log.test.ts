import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { KEY, READER_KEY, startTestApp, STRANGER_KEY, type TestApp } from "../support/app.js";
import { makeKey } from "../support/make-key.js";
import { until } from "../support/until.js";

const ENTRY = "at actorId actorName source action connectionId ticketId subject outcome reason";
const ISSUE = { project: { vendorId: "PLAT" }, type: { name: "Task" } };
const WORDS = "words-of-a-ticket";
const BACKEND = { actorId: "config:backend", actorName: "backend", source: "127.0.0.1" };

interface Entry {
  readonly at: string;
  readonly action: string;
  readonly ticketId: string | null;
  readonly subject: string | null;
  readonly outcome: string;
}

describe("the audit log", () => {
  let test: TestApp;
  let ticket: { readonly id: string; readonly key: string };
  beforeAll(async () => {
    test = await startTestApp({
      onUnknown: "review",
      timeoutSeconds: 3,
      delivery: { quietSeconds: 0.5, leaseSeconds: 2, waitSeconds: 3 },
    });
    ticket = (await run("createTicket", "CreateTicketInput!", { ...ISSUE, name: WORDS }, "ticket { id key }")).ticket;
  });
  afterAll(async () => {
    await test.app.close();
    // Not test.close(): Jira's description of itself can't be held against a form that carries a file.
    await test.jira.close();
  });

  const run = async (mutation: string, type: string, input: object, answer: string, key = KEY) => {
    const document = `mutation ($input: ${type}) { ${mutation}(input: $input) { ${answer} } }`;
    const { data, errors } = await test.query(document, { input }, key);
    if (errors) throw new Error(JSON.stringify(errors));
    return data[mutation];
  };
  const pageOf = async (filter: object = {}, key = KEY, page = "first: 100") => {
    const { data, errors } = await test.query(
      `query ($filter: AuditFilter) { auditLog(${page}, filter: $filter) { nodes { ${ENTRY} } pageInfo { hasNextPage endCursor } } }`,
      { filter },
      key,
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data.auditLog as { nodes: Entry[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  };
  const entries = async (filter: object = {}, key = KEY): Promise<Entry[]> => (await pageOf(filter, key)).nodes;
  const find = async (id: string | null | undefined) =>
    (await test.query(`query ($id: ID!) { node(id: $id) { ... on Ticket { key name } } }`, { id })).data.node;
  const DELIVERY = "delivery { idempotencyKey state } errors { code }";

  it("tells of those who tried what their key may not", async () => {
    const input = { ...ISSUE, name: WORDS };
    await expect(run("createTicket", "CreateTicketInput!", input, "ticket { id }", READER_KEY)).rejects.toThrow(
      "FORBIDDEN",
    );
    expect(await entries({ actorId: "config:reader" })).toMatchObject([
      { action: "createTicket", ticketId: null, outcome: "REFUSED", reason: "FORBIDDEN", source: "127.0.0.1" },
    ]);
  });

  it("tells who created a ticket, which one, where, from where, and that it was done", async () => {
    const [entry] = await entries({ ticketId: ticket.id });
    expect(entry).toMatchObject({
      ...BACKEND,
      action: "createTicket",
      connectionId: "jira",
      ticketId: ticket.id,
      outcome: "DELIVERED",
      reason: null,
    });
    expect(Math.abs(Date.now() - Date.parse(entry?.at ?? ""))).toBeLessThan(60_000);
    expect(await find(entry?.ticketId)).toEqual({ key: ticket.key, name: WORDS });
  });

  it("tells of each ticket of a bulk for itself, with why one was refused", async () => {
    const tickets = [
      { ...ISSUE, name: `${WORDS} 1`, idempotencyKey: "good" },
      { ...ISSUE, name: WORDS, type: { name: "No such type" }, idempotencyKey: "bad" },
    ];
    await run("bulkCreateTickets", "BulkCreateTicketsInput!", { tickets }, "results { errors { code } }");
    const [good] = await entries({ subject: "good" });
    expect(good).toMatchObject({ action: "createTicket", outcome: "DELIVERED", reason: null });
    expect(await find(good?.ticketId)).toMatchObject({ name: `${WORDS} 1` });
    expect(await entries({ subject: "bad" })).toMatchObject([
      { ...BACKEND, action: "createTicket", ticketId: null, outcome: "REJECTED", reason: "NOT_FOUND" },
    ]);
  });

  it("tells of changes, comments and files with the ticket that they belong to", async () => {
    const ref = { id: ticket.id };
    await run("updateTicket", "UpdateTicketInput!", { ticket: ref, name: `${WORDS} anew` }, DELIVERY);
    await run("addComment", "AddCommentInput!", { ticket: ref, body: WORDS }, DELIVERY);
    await run(
      "bulkUpdateTickets",
      "BulkUpdateTicketsInput!",
      { tickets: [{ ticket: ref, name: `${WORDS} again` }] },
      "results { errors { code } }",
    );
    const sent = await fetch(`${test.app.url}/attachments/${ticket.id}?name=${WORDS}.txt`, {
      method: "POST",
      headers: { "x-api-key": KEY, "content-type": "text/plain" },
      body: WORDS,
    });
    expect(sent.status).toBe(201);
    const told = await entries({ ticketId: ticket.id });
    expect(told.map(({ action }) => action)).toEqual([
      "addAttachment",
      "updateTicket",
      "addComment",
      "updateTicket",
      "createTicket",
    ]);
    for (const entry of told) expect(entry).toMatchObject({ ...BACKEND, outcome: "DELIVERED", connectionId: "jira" });
  });

  it("tells who began a job, and what it did, in the same person's name but from no address", async () => {
    const tickets = [{ ...ISSUE, name: WORDS, idempotencyKey: "of-a-job" }];
    const { job } = await run("startBulkCreateTickets", "BulkCreateTicketsInput!", { tickets }, "job { id }");
    const change = [{ ticket: { id: ticket.id }, name: `${WORDS} of a job`, idempotencyKey: "change-of-a-job" }];
    const input = { tickets: change };
    const update = (await run("startBulkUpdateTickets", "BulkUpdateTicketsInput!", input, "job { id }")).job;
    const cancel = `mutation ($id: ID!) { cancelBulkJob(id: $id) { id } }`;
    await until(async () => (await entries({ subject: "change-of-a-job" })).length > 0);
    await until(async () => (await entries({ subject: "of-a-job" })).length > 0);
    await test.query(cancel, { id: update.id });
    const log = await entries();
    const began = log.filter(({ action }) => /^startBulk|^cancelBulk/.test(action));
    expect(began).toMatchObject([
      { ...BACKEND, action: "cancelBulkJob", outcome: "DONE" },
      { ...BACKEND, action: "startBulkUpdateTickets", outcome: "DONE" },
      { ...BACKEND, action: "startBulkCreateTickets", outcome: "DONE" },
    ]);
    expect(began[0]?.subject).toBe(began[1]?.subject);
    expect(job.id).not.toBe(update.id);
    expect(await entries({ subject: "of-a-job" })).toMatchObject([
      { ...BACKEND, source: null, action: "createTicket", outcome: "DELIVERED" },
    ]);
    expect(await entries({ subject: "change-of-a-job" })).toMatchObject([{ source: null, action: "updateTicket" }]);
  });

  it("tells of keys, by their ids, and of what was refused", async () => {
    const { id } = await makeKey(test, "passing", ["tickets:read"]);
    const { errors } = await run(
      "createApiKey",
      "CreateApiKeyInput!",
      { name: "passing", scopes: ["tickets:read"] },
      "errors { code }",
    );
    expect(errors).toHaveLength(1);
    await test.query(`mutation ($id: ID!) { revokeApiKey(id: $id) { id } }`, { id });
    const log = (await entries()).filter(({ action }) => action.endsWith("ApiKey"));
    expect(log).toMatchObject([
      { ...BACKEND, action: "revokeApiKey", outcome: "DONE", reason: null },
      { ...BACKEND, action: "createApiKey", subject: null, outcome: "REFUSED", reason: errors[0].code },
      { ...BACKEND, action: "createApiKey", outcome: "DONE", reason: null },
    ]);
    expect(log[0]?.subject).toBe(log[2]?.subject);
    expect(log[0]?.subject).toBeTruthy();
  });

  it("tells who settled a write whose outcome nobody knew, and how", async () => {
    test.jira.faults.add({ kind: "status", status: 502, operation: "/createIssues?$/", times: 1 });
    const lost = await run("createTicket", "CreateTicketInput!", { ...ISSUE, name: WORDS }, DELIVERY);
    const { idempotencyKey } = lost.delivery;
    expect(["UNKNOWN", "NEEDS_REVIEW"]).toContain(lost.delivery.state);
    await run("resolveDelivery", "ResolveDeliveryInput!", { abandon: { idempotencyKey } }, "state");
    expect(await entries({ subject: idempotencyKey })).toMatchObject([
      { ...BACKEND, action: "resolveDelivery", connectionId: "jira", outcome: "REJECTED" },
      { ...BACKEND, action: "createTicket", outcome: lost.delivery.state },
    ]);
  });

  it("is filtered by each of its fields, and by several together", async () => {
    const all = await entries();
    const given = { actorId: "config:backend", action: "createTicket", connectionId: "jira", outcome: "DELIVERED" };
    for (const [name, value] of Object.entries(given)) {
      const expected = all.filter((entry) => entry[name as keyof Entry] === value);
      expect(expected.length).toBeGreaterThan(0);
      expect(await entries({ [name]: value })).toEqual(expected);
      expect(await entries({ [name]: "another" })).toEqual([]);
    }
    const matching = all.filter((entry) =>
      Object.entries(given).every(([name, value]) => entry[name as keyof Entry] === value),
    );
    expect(await entries(given)).toEqual(matching);
    const { id } = (await test.query(`{ connection(id: "jira") { id } }`)).data.connection;
    expect(await entries({ connectionId: id })).toEqual(await entries({ connectionId: "jira" }));
    const middle = all[Math.floor(all.length / 2)]?.at ?? "";
    expect(await entries({ from: middle })).toEqual(all.filter(({ at }) => at >= middle));
    expect(await entries({ to: middle })).toEqual(all.filter(({ at }) => at < middle));
    expect(await entries({ ticketId: "bm8gdGlja2V0" })).toEqual([]);
    const project = Buffer.from(Buffer.from(ticket.id, "base64url").toString().replace(/^T:/, "P:")).toString(
      "base64url",
    );
    expect(await entries({ ticketId: project })).toEqual([]);
    expect(await entries({ ticketId: ticket.id, connectionId: "another" })).toEqual([]);
  });

  it("is read page by page, the latest first, each entry once", async () => {
    const all = await entries();
    const read: Entry[] = [];
    for (let after: string | null = null; ;) {
      const page = await pageOf({}, KEY, `first: 3${after === null ? "" : `, after: "${after}"`}`);
      expect(page.nodes.length).toBeLessThanOrEqual(3);
      read.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(read).toEqual(all);
    const times = all.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((one, other) => other - one));
  });

  it("is for those who administer keys, and shows a tenant its own entries alone", async () => {
    const { key } = await makeKey(test, "writer", ["tickets:read", "tickets:write", "connections:admin"]);
    for (const one of [READER_KEY, key])
      expect((await test.query(`{ auditLog { nodes { at } } }`, {}, one)).errors?.[0]?.extensions).toMatchObject({
        code: "FORBIDDEN",
      });
    expect(await entries({}, STRANGER_KEY)).toEqual([]);
    expect(await entries({ connectionId: "jira" }, STRANGER_KEY)).toEqual([]);
    await run("createTicket", "CreateTicketInput!", { ...ISSUE, name: WORDS }, DELIVERY, STRANGER_KEY);
    expect(await entries({}, STRANGER_KEY)).toMatchObject([{ actorName: "stranger", connectionId: "stranger-jira" }]);
    expect(await entries({ connectionId: "stranger-jira" })).toEqual([]);
  });

  it("holds nothing of what tickets say", async () => {
    expect(JSON.stringify(await entries())).not.toContain(WORDS);
  });
});
