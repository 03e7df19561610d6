import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { startVendorsApp, type VendorsApp } from "../support/vendors-app.js";
import { until } from "../support/until.js";

const ADD = `mutation ($input: AddCommentInput!) {
  addComment(input: $input) {
    comment { id vendorId body author { name } createdAt }
    errors { code message path }
    delivery { idempotencyKey state guarantee attempts reconciledBy ticket { key } }
  }
}`;
const READ = `query ($id: ID!) {
  ticket(id: $id) { key comments(first: 10) { nodes { id vendorId createdAt body author { name } } pageInfo { hasNextPage } totalCount } }
}`;

describe("comments", () => {
  let test: VendorsApp;
  let id: string;
  beforeAll(async () => {
    test = await startVendorsApp({ quietSeconds: 1, leaseSeconds: 30, waitSeconds: 5 });
    const input = { connectionId: "demo-jira", project: { vendorId: "PLAT" }, type: { name: "Task" }, name: "Talk" };
    const made = await test.query(
      `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id } } }`,
      { input },
    );
    ({ id } = made.data.createTicket.ticket);
  });
  afterEach(() => test.jira.faults.clear());
  afterAll(() => test.close());

  const add = async (input: object) => (await test.query(ADD, { input })).data.addComment;
  const bodies = async (): Promise<string[]> =>
    (await test.query(READ, { id })).data.ticket.comments.nodes.map(({ body }: { body: string }) => body);

  it("are added, read with their authors, and found again by id", async () => {
    const { comment, errors, delivery } = await add({
      ticket: { id },
      connectionId: "demo-jira",
      body: "It is **slow**.",
    });
    expect(errors).toEqual([]);
    expect(comment).toMatchObject({ body: "It is **slow**.", author: { name: expect.any(String) } });
    expect(delivery).toMatchObject({ state: "DELIVERED", guarantee: "EFFECTIVELY_ONCE", attempts: 1 });
    const { data } = await test.query(READ, { id });
    expect(data.ticket.comments).toMatchObject({ nodes: [comment], totalCount: 1, pageInfo: { hasNextPage: false } });
    const found = await test.query(`query ($id: ID!) { node(id: $id) { id ... on Comment { body(format: PLAIN) } } }`, {
      id: comment.id,
    });
    expect(found.data.node).toEqual({ id: comment.id, body: "It is slow." });
  });

  it("are added once under one key, whoever asks again, and refused with another text", async () => {
    const input = { ticket: { id }, connectionId: "demo-jira", body: "Once", idempotencyKey: "once-1" };
    const answers = await Promise.all([add(input), add(input), add(input)]);
    expect(new Set(answers.map(({ comment }) => comment.id)).size).toBe(1);
    expect((await bodies()).filter((body) => body === "Once")).toHaveLength(1);
    expect((await add({ ...input, body: "Twice" })).errors).toMatchObject([{ code: "IDEMPOTENCY_KEY_REUSED" }]);
  });

  it("are found by their marker when the answer is lost, and not added again", async () => {
    test.jira.faults.add({ kind: "commit-reset", operation: "addComment", times: 1 });
    const input = { ticket: { id }, connectionId: "demo-jira", body: "Lost", idempotencyKey: "lost-1" };
    const { comment, delivery } = await add(input);
    expect(delivery).toMatchObject({ state: "DELIVERED", reconciledBy: "marker", attempts: 1 });
    expect(comment).toMatchObject({ body: "Lost" });
    expect((await bodies()).filter((body) => body === "Lost")).toHaveLength(1);
  });

  it("are sent again when the vendor surely has none after the quiet time", async () => {
    test.jira.faults.add({ kind: "reset", operation: "addComment", times: 1 });
    const input = { ticket: { id }, connectionId: "demo-jira", body: "Never arrived", idempotencyKey: "lost-2" };
    expect((await add(input)).delivery.state).toBe("UNKNOWN");
    await until(async () => (await add(input)).delivery.state === "DELIVERED");
    expect((await bodies()).filter((body) => body === "Never arrived")).toHaveLength(1);
  });

  it("say what is wrong before anything is sent", async () => {
    const calls = test.jira.calls.length;
    const posts = () => test.jira.calls.slice(calls).filter(({ path }) => path.endsWith("/comment")).length;
    const at = { connectionId: "demo-jira", ticket: { id } };
    expect((await add({ ...at, body: "  " })).errors).toMatchObject([{ code: "INVALID_INPUT", path: ["body"] }]);
    expect((await add({ ...at, body: "x".repeat(40_000) })).errors).toMatchObject([{ path: ["body"] }]);
    expect((await add({ ...at, body: "\u0000" })).errors).toMatchObject([{ path: ["body"] }]);
    expect((await add({ ...at, body: "no json", format: "ADF" })).errors).toMatchObject([{ path: ["body"] }]);
    const nobody = await add({ connectionId: "demo-jira", ticket: { vendorId: "PLAT-9999" }, body: "Hello" });
    expect(nobody.errors).toMatchObject([{ code: "NOT_FOUND", path: ["ticket"] }]);
    expect(posts()).toBe(0);
    const leen = await add({ connectionId: "demo-leen", ticket: { vendorId: "X-1" }, body: "Hello" });
    expect(leen.errors).toMatchObject([{ code: "UNSUPPORTED" }]);
  });

  it("are null beside an error that says why where the vendor shows none", async () => {
    const input = {
      connectionId: "demo-rezolve",
      name: "A mouse",
      project: { vendorId: "james" },
      type: { name: "Hardware Request" },
      vendor: { rezolve: { offerId: "23629" } },
    };
    const made = await test.query(
      `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id } errors { message } } }`,
      { input },
    );
    expect(made.data.createTicket.errors).toEqual([]);
    const { data, errors } = await test.query(
      `query ($id: ID!) { ticket(id: $id) { key comments { totalCount } children { totalCount } } }`,
      { id: made.data.createTicket.ticket.id },
    );
    expect(data.ticket).toMatchObject({ comments: null, children: null });
    expect(errors).toHaveLength(2);
    expect(errors?.[0]).toMatchObject({ extensions: { code: "UNSUPPORTED" } });
  });

  it("children and parent lead to each other", async () => {
    const input = {
      connectionId: "demo-jira",
      project: { vendorId: "PLAT" },
      type: { name: "Sub-task" },
      name: "A part",
      parent: { id },
    };
    const made = await test.query(
      `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id parent { id } } errors { message } } }`,
      { input },
    );
    expect(made.data.createTicket.errors).toEqual([]);
    const { ticket } = made.data.createTicket;
    expect(ticket.parent.id).toBe(id);
    const { data } = await test.query(`query ($id: ID!) { ticket(id: $id) { children { nodes { id name } } } }`, {
      id,
    });
    expect(data.ticket.children.nodes).toEqual([{ id: ticket.id, name: "A part" }]);
  });
});
