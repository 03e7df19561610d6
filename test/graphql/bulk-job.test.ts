import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { startTestApp, STRANGER_KEY, type TestApp } from "../support/app.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { until } from "../support/until.js";

const JOB = "id state total succeeded failed pending startedAt finishedAt estimatedFinishAt";

describe.each(ENGINES)("a bulk job on %s", (engine) => {
  let test: TestApp;
  let place: Place;
  beforeAll(async () => {
    place = await newPlace(engine);
    test = await startTestApp({
      store: place.where,
      timeoutSeconds: 2,
      delivery: { quietSeconds: 0.5, leaseSeconds: 2, waitSeconds: 2 },
    });
  });
  afterAll(async () => {
    await test.close();
    await place.drop();
  });
  beforeEach(() => test.jira.faults.clear());

  const input = (name: string, change: object = {}): object => ({
    project: { vendorId: "PLAT" },
    type: { name: "Task" },
    name,
    ...change,
  });
  const start = async (tickets: readonly object[], idempotencyKey?: string) => {
    const { data, errors } = await test.query(
      `mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { ${JOB} } errors { code message } } }`,
      { input: { tickets, ...(idempotencyKey && { idempotencyKey }) } },
    );
    if (errors) throw new Error(errors[0]?.message);
    return data.startBulkCreateTickets;
  };
  const jobOf = async (id: string, key?: string) =>
    (await test.query(`query ($id: ID!) { bulkJob(id: $id) { ${JOB} } }`, { id }, key)).data.bulkJob;
  const ended = async (id: string) => {
    await until(async () => (await jobOf(id)).finishedAt !== null);
    return jobOf(id);
  };
  const resultsOf = async (id: string, args = "") => {
    const nodes: {
      requestIndex: number;
      success: boolean;
      vendorTicketId: string | null;
      error: { code: string } | null;
    }[] = [];
    for (let after: string | null = null; ;) {
      const { data } = await test.query(
        `query ($id: ID!, $after: String) { bulkJob(id: $id) { results(after: $after ${args}) {
          nodes { requestIndex success vendorTicketId error { code } delivery { state } } pageInfo { hasNextPage endCursor } } } }`,
        { id, after },
      );
      nodes.push(...data.bulkJob.results.nodes);
      if (!data.bulkJob.results.pageInfo.hasNextPage) return nodes;
      after = data.bulkJob.results.pageInfo.endCursor;
    }
  };
  const summaries = () => [...test.jira.state.all()].map(({ summary }) => summary);

  it("makes each ticket once, and tells of each in request order", async () => {
    const tickets = Array.from({ length: 230 }, (_, n) =>
      input(`${engine} job ${n}`, n % 50 === 7 ? { priority: "Urgent" } : {}),
    );
    const { job, errors } = await start(tickets);
    expect(errors).toEqual([]);
    expect(job).toMatchObject({ total: 230, pending: 230 });
    expect(await ended(job.id)).toMatchObject({ state: "DONE", succeeded: 225, failed: 5, pending: 0 });
    const results = await resultsOf(job.id);
    expect(results.map(({ requestIndex }) => requestIndex)).toEqual(tickets.map((_, n) => n));
    const byKey = new Map([...test.jira.state.all()].map(({ key, summary }) => [key, summary]));
    for (const { requestIndex, success, vendorTicketId, error } of results)
      if (requestIndex % 50 === 7)
        expect({ success, error }).toEqual({ success: false, error: { code: "INVALID_INPUT" } });
      else expect(byKey.get(vendorTicketId ?? "")).toBe(`${engine} job ${requestIndex}`);
    const failed = await resultsOf(job.id, "failedOnly: true, first: 2");
    expect(failed.map(({ requestIndex }) => requestIndex)).toEqual([7, 57, 107, 157, 207]);
    const bulk = test.jira.calls.filter(({ path }) => path.endsWith("/issue/bulk"));
    expect(bulk.length).toBeLessThan(20);
  });

  it("is the same job for the same key, and none for another body", async () => {
    const first = await start([input("keyed")], `${engine}-key`);
    expect((await start([input("keyed")], `${engine}-key`)).job.id).toBe(first.job.id);
    expect(await start([input("other")], `${engine}-key`)).toMatchObject({
      job: null,
      errors: [{ code: "IDEMPOTENCY_KEY_REUSED" }],
    });
    await ended(first.job.id);
    expect(summaries().filter((name) => name === "keyed")).toHaveLength(1);
  });

  it("loses and doubles nothing when answers are lost", async () => {
    test.jira.faults.add({ kind: "commit-reset", operation: "createIssues", probability: 0.5 });
    const { job } = await start(Array.from({ length: 300 }, (_, n) => input(`${engine} lossy ${n}`)));
    expect(await ended(job.id)).toMatchObject({ state: "DONE", succeeded: 300, failed: 0 });
    const made = summaries().filter((name) => name.startsWith(`${engine} lossy`));
    expect(made).toHaveLength(300);
    expect(new Set(made).size).toBe(300);
  });

  it("pauses while the vendor is away, and goes on by itself", async () => {
    test.jira.faults.add({ kind: "429", operation: "/createIssues?$/", retryAfter: 4 });
    const { job } = await start(Array.from({ length: 60 }, (_, n) => input(`${engine} resumed ${n}`)));
    await until(async () => (await jobOf(job.id)).state === "PAUSED");
    test.jira.faults.clear();
    expect(await ended(job.id)).toMatchObject({ state: "DONE", succeeded: 60, failed: 0 });
    expect(summaries().filter((summary) => summary.startsWith(`${engine} resumed`))).toHaveLength(60);
  });

  it("can be cancelled while it is paused", async () => {
    test.jira.faults.add({ kind: "429", operation: "/createIssues?$/", retryAfter: 60 });
    const { job } = await start(Array.from({ length: 60 }, (_, n) => input(`${engine} paused ${n}`)));
    await until(async () => (await jobOf(job.id)).state === "PAUSED");
    const again = await jobOf(job.id);
    expect(again).toMatchObject({ succeeded: 0, failed: 0 });
    const cancelled = await test.query(
      "mutation ($id: ID!) { cancelBulkJob(id: $id) { state succeeded failed pending } }",
      { id: job.id },
    );
    // Only now: a slice may be tried again at any moment.
    test.jira.faults.clear();
    expect(cancelled.data.cancelBulkJob).toMatchObject({ state: "CANCELLED", failed: 60, pending: 0 });
    expect((await resultsOf(job.id, "first: 1")).at(-1)).toMatchObject({ error: { code: "CONFLICT" } });
  });

  it("is its tenant's alone, and is listed", async () => {
    const { job } = await start([input("mine")]);
    expect(await jobOf(job.id, STRANGER_KEY)).toBeNull();
    const { data } = await test.query("{ bulkJobs(first: 2) { nodes { id } pageInfo { hasNextPage endCursor } } }");
    expect(data.bulkJobs.nodes[0].id).toBe(job.id);
    const node = await test.query("query ($id: ID!) { node(id: $id) { __typename id } }", { id: job.id });
    expect(node.data.node).toEqual({ __typename: "BulkJob", id: job.id });
    const stranger = await test.query(
      "mutation ($id: ID!) { cancelBulkJob(id: $id) { state } }",
      { id: job.id },
      STRANGER_KEY,
    );
    expect(stranger.errors?.[0]?.extensions?.code).toBe("NOT_FOUND");
    await ended(job.id);
  });

  it("refuses none, too many, and ids of other things", async () => {
    await expect(start([])).rejects.toThrow("tickets takes 1 to 10000; 0 were given.");
    expect(await start([input("fine"), input("bad", { customFields: { a: [{ b: "x\0y" }] } })])).toMatchObject({
      job: null,
      errors: [{ code: "INVALID_INPUT" }],
    });
    expect((await test.query('{ bulkJob(id: "rubbish") { id } }')).data.bulkJob).toBeNull();
    const { data } = await test.query('{ searchTickets(query: "project = PLAT", first: 1) { nodes { id } } }');
    const wrong = await test.query("query ($id: ID!) { bulkJob(id: $id) { id } }", {
      id: data.searchTickets.nodes[0].id,
    });
    expect(wrong.errors?.[0]?.message).toBe("This is the id of a Ticket, not of a bulk job.");
  });
});
