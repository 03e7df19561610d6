import { afterAll, describe, expect, it } from "@jest/globals";
import { KEY, startTestApp, type TestApp, type TestAppOptions } from "../support/app.js";
import { until } from "../support/until.js";

let test: TestApp;
let before = 0;
const apps = new Map<string, TestApp>();
afterAll(async () => {
  for (const app of apps.values()) await app.close();
});

const quick = { quietSeconds: 0.6, leaseSeconds: 2, waitSeconds: 5 };
/** Longer than anything here but an answer that never comes. */
const timeoutSeconds = 3;
const open = async (options: TestAppOptions = {}): Promise<void> => {
  const kind = JSON.stringify(options);
  test = apps.get(kind) ?? (await startTestApp({ delivery: quick, timeoutSeconds, ...options }));
  apps.set(kind, test);
  test.jira.faults.clear();
  before = allWrites();
};
const input = (change: object = {}): object => ({
  project: { vendorId: "PLAT" },
  type: { name: "Bug" },
  name: "The printer is on fire",
  ...change,
});
const DELIVERY = "delivery { idempotencyKey state guarantee attempts reconciledBy ticket { key } errors { code } }";
const create = async (change: object = {}) => {
  const { data, errors } = await test.query(
    `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { key } errors { code message retryable path } ${DELIVERY} } }`,
    { input: input(change) },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.createTicket;
};
const deliveryOf = async (key: string) =>
  (
    await test.query(
      `query ($key: String!) { delivery(idempotencyKey: $key) { state attempts reconciledBy ticket { key } errors { code } } }`,
      { key },
    )
  ).data.delivery;
const writes = () => allWrites() - before;
const allWrites = () =>
  test.jira.calls.filter(({ method, path }) => method === "POST" && /\/issue(\/bulk)?$/.test(path)).length;
const named = (name: string) => [...test.jira.state.all()].filter(({ summary }) => summary === name).length;

describe("a create", () => {
  it("tells its key, and what became of it by its key", async () => {
    await open();
    const { ticket, delivery } = await create();
    expect(delivery).toMatchObject({
      state: "DELIVERED",
      guarantee: "EFFECTIVELY_ONCE",
      attempts: 1,
      reconciledBy: null,
      ticket,
    });
    expect(delivery.idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
    expect(await deliveryOf(delivery.idempotencyKey)).toMatchObject({ state: "DELIVERED", ticket });
    expect(await deliveryOf("never given")).toBeNull();
  });

  it("with the same key and ticket gives the same ticket, with another ticket a refusal, and sends nothing", async () => {
    await open();
    const first = await create({ idempotencyKey: "order-17" });
    expect(await create({ idempotencyKey: "order-17" })).toEqual(first);
    const other = await create({ idempotencyKey: "order-17", name: "Another" });
    expect(other).toMatchObject({
      ticket: null,
      errors: [{ code: "IDEMPOTENCY_KEY_REUSED", retryable: false, path: ["idempotencyKey"] }],
    });
    expect(writes()).toBe(1);
    expect((await deliveryOf("order-17")).ticket).toEqual(first.ticket);
  });

  it("asked for fifty times at once is made once, and all are told the same", async () => {
    await open();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => create({ idempotencyKey: "at-once", name: "Fifty" })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0].ticket.key).toMatch(/^PLAT-\d+$/);
    expect(named("Fifty")).toBe(1);
    expect(writes()).toBe(1);
  });

  it("takes its key from the header, too, and many give each ticket one of its own", async () => {
    await open();
    const post = async () => {
      const response = await fetch(`${test.app.url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-api-key": "test_key_0123456789abcdefghij",
          "idempotency-key": "head-1",
        },
        body: JSON.stringify({
          query: `mutation ($input: BulkCreateTicketsInput!) { bulkCreateTickets(input: $input) { succeeded results { ticket { key } ${DELIVERY} } } }`,
          variables: {
            input: {
              tickets: [input({ name: "A" }), input({ name: "B" }), input({ name: "C", idempotencyKey: "own" })],
            },
          },
        }),
      });
      return (
        (await response.json()) as {
          data: { bulkCreateTickets: { results: { delivery: { idempotencyKey: string } }[] } };
        }
      ).data.bulkCreateTickets;
    };
    const first = await post();
    expect(first.results.map(({ delivery }) => delivery.idempotencyKey)).toEqual(["head-1#0", "head-1#1", "own"]);
    expect(await post()).toEqual(first);
    expect(named("A") + named("B") + named("C")).toBe(3);
  });

  it("refuses keys that can't be keys", async () => {
    await open();
    for (const idempotencyKey of ["", "  ", "a\nb", "x".repeat(201)])
      await expect(create({ idempotencyKey })).rejects.toThrow("An idempotency key has 1 to 200 characters");
  });

  it("whose turn doesn't come in time is taken back, never left in memory", async () => {
    // So long that the last of the calls below goes out before the first is answered, or given up, on a busy machine too.
    await open({ delivery: { ...quick, waitSeconds: 1 }, timeoutSeconds: 60 });
    test.jira.faults.add({ kind: "delay", operation: "createIssues", delayMs: 10_000 });
    // Ten full calls: all of the vendor's slots, at once.
    const tickets = Array.from({ length: 50 }, () => input({ name: "Busy" }));
    const fill = () =>
      test.query("mutation ($input: BulkCreateTicketsInput!) { bulkCreateTickets(input: $input) { pending } }", {
        input: { tickets },
      });
    const filling = Promise.all(Array.from({ length: 10 }, fill));
    const bulk = () => test.jira.calls.filter(({ path }) => path.endsWith("/issue/bulk")).length;
    await until(() => bulk() === 10);
    const last = await create({ name: "One too many", idempotencyKey: "too-many" });
    expect(last).toMatchObject({
      ticket: null,
      errors: [{ code: "GATEWAY_UNAVAILABLE", retryable: true, message: expect.stringMatching(/it was not sent/) }],
      delivery: { state: "REJECTED", attempts: 0 },
    });
    for (const { data } of await filling) expect(data.bulkCreateTickets.pending).toBe(50);
    await until(() => named("Busy") === 500);
    // Whatever was taken back would be made by now, if it were made at all.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect([named("One too many"), await deliveryOf("too-many")]).toEqual([0, null]);
  });

  it("that was refused before it was sent may be mended under the same key", async () => {
    await open();
    const wrong = await create({ idempotencyKey: "mend", priority: "Urgent" });
    expect(wrong).toMatchObject({ ticket: null, delivery: { state: "REJECTED" } });
    expect(await create({ idempotencyKey: "mend-2", priority: "High" })).toMatchObject({
      delivery: { state: "DELIVERED" },
    });
  });
});

describe("a lost answer", () => {
  it.each(["commit-reset", "reset-mid", "truncated", "empty", "null-body"] as const)(
    "(%s) is made up for at once by the marker",
    async (kind) => {
      await open();
      test.jira.faults.add({ kind, operation: "/createIssues?$/", times: 1 });
      const { ticket, errors, delivery } = await create({ name: `Lost by ${kind}` });
      expect({ ticket, errors, delivery }).toMatchObject({
        ticket: { key: expect.stringMatching(/^PLAT-/) as unknown },
        errors: [],
        delivery: { state: "DELIVERED", reconciledBy: "marker", attempts: 1 },
      });
      expect(named(`Lost by ${kind}`)).toBe(1);
      expect(writes()).toBe(1);
    },
  );

  it.each(["html-200", "status", "reset"] as const)(
    "that hid a create which wasn't made (%s) is sent again, but not before the quiet time",
    async (kind) => {
      await open();
      test.jira.faults.add({ kind, operation: "/createIssues?$/", times: 1 });
      const { ticket, errors, delivery } = await create({ name: `Not made by ${kind}` });
      expect({ ticket, errors, delivery }).toMatchObject({
        ticket: null,
        errors: [{ code: "OUTCOME_UNKNOWN", retryable: false }],
        delivery: { state: "UNKNOWN" },
      });
      expect(writes()).toBe(1);
      await until(async () => (await deliveryOf(delivery.idempotencyKey)).state === "DELIVERED");
      expect(await deliveryOf(delivery.idempotencyKey)).toMatchObject({
        attempts: 2,
        ticket: { key: expect.any(String) as unknown },
      });
      expect(named(`Not made by ${kind}`)).toBe(1);
    },
  );

  it.each([1_500, 60_000])("is found at once where the vendor's search lags by %d ms", async (indexLagMs) => {
    await open();
    test.jira.state.index.setLag(indexLagMs);
    test.jira.faults.add({ kind: "commit-reset", operation: "/createIssues?$/", times: 1 });
    const { ticket, delivery } = await create({ name: `Lagging ${indexLagMs}` });
    expect(delivery).toMatchObject({ state: "DELIVERED", reconciledBy: "marker", attempts: 1, ticket });
    expect(named(`Lagging ${indexLagMs}`)).toBe(1);
  });

  it("that never comes is made up for as soon as it is given up, even if the caller has gone", async () => {
    await open();
    test.jira.faults.add({ kind: "commit-timeout", operation: "/createIssues?$/", times: 1 });
    const asked = { name: "Left alone", idempotencyKey: "left" };
    const gone = new AbortController();
    const sent = fetch(`${test.app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": KEY },
      body: JSON.stringify({
        query: "mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { key } } }",
        variables: { input: input(asked) },
      }),
      signal: gone.signal,
    });
    await until(() => writes() === 1);
    gone.abort();
    await expect(sent).rejects.toThrow();
    await until(async () => (await deliveryOf("left"))?.state === "DELIVERED");
    expect((await create(asked)).delivery).toMatchObject({ attempts: 1, reconciledBy: "marker" });
    expect(named("Left alone")).toBe(1);
  });

  it("of a bulk call is made up for ticket by ticket", async () => {
    await open();
    test.jira.faults.add({ kind: "commit-reset", operation: "createIssues", times: 1 });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => create({ name: `Bulk ${n}` })));
    for (const [n, { ticket }] of answers.entries())
      expect([...test.jira.state.all()].find(({ key }) => key === ticket.key)?.summary).toBe(`Bulk ${n}`);
    expect(writes()).toBeLessThan(10);
  });

  it("is told as PENDING while it is waited for, and as delivered later", async () => {
    await open({ delivery: { quietSeconds: 1, leaseSeconds: 5, waitSeconds: 0.3 } });
    test.jira.faults.add({ kind: "delay", delayMs: 1_000, operation: "createIssue", times: 1 });
    const { ticket, errors, delivery } = await create({ idempotencyKey: "slow", name: "Slow" });
    expect({ ticket, errors, delivery }).toMatchObject({ ticket: null, errors: [], delivery: { state: "PENDING" } });
    await until(async () => (await deliveryOf("slow")).state === "DELIVERED");
    expect(named("Slow")).toBe(1);
  });

  it("goes to a person where that is asked for, who settles it", async () => {
    await open({ onUnknown: "review" });
    const lost: string[] = [];
    for (const name of ["Found", "Again", "Given up"]) {
      test.jira.faults.add({ kind: "status", status: 502, operation: "/createIssues?$/", times: 1 });
      lost.push((await create({ name })).delivery.idempotencyKey);
    }
    const made = (await create({ name: "Made by hand" })).ticket.key as string;
    const resolve = async (field: object) =>
      test.query(
        `mutation ($input: ResolveDeliveryInput!) { resolveDelivery(input: $input) { state reconciledBy attempts ticket { key } } }`,
        { input: field },
      );
    const [found, again, up] = lost.map((idempotencyKey) => ({ idempotencyKey }));
    expect((await resolve({ delivered: { ...found, ticket: { vendorId: made } } })).data).toMatchObject({
      resolveDelivery: { state: "DELIVERED", reconciledBy: "person", ticket: { key: made } },
    });
    expect((await resolve({ resend: again })).data).toMatchObject({
      resolveDelivery: { state: "DELIVERED", attempts: 2 },
    });
    expect((await resolve({ abandon: up })).data).toMatchObject({
      resolveDelivery: { state: "REJECTED", reconciledBy: "person" },
    });
    expect((await resolve({ abandon: up })).errors?.[0]?.message).toContain("is REJECTED: there is nothing to settle");
    expect((await resolve({ abandon: { idempotencyKey: "nobody's" } })).errors?.[0]?.extensions?.code).toBe(
      "NOT_FOUND",
    );
    expect([named("Found"), named("Again"), named("Given up")]).toEqual([0, 1, 0]);
  });

  it("can be listed by its state", async () => {
    await open({ onUnknown: "review" });
    test.jira.faults.add({ kind: "status", status: 502, operation: "/createIssues?$/", times: 1 });
    const { delivery } = await create();
    await create();
    const { data } = await test.query(
      "{ deliveries(state: UNKNOWN) { nodes { idempotencyKey connection { id } } pageInfo { hasNextPage } } all: deliveries { nodes { state } } }",
    );
    expect(data.deliveries.nodes).toMatchObject([{ idempotencyKey: delivery.idempotencyKey }]);
    expect(data.all.nodes.map(({ state }: { state: string }) => state).slice(0, 2)).toEqual(["DELIVERED", "UNKNOWN"]);
  });
});
