import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Client } from "graphql-ws";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { liveClient } from "../security/live-client.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { startRoundRobin, type RoundRobin } from "../support/round-robin.js";
import { until } from "../support/until.js";
import { ask, KEY, setUp, startGateway, tearDown, type Gateway, type Setup } from "./gateway.js";

const LIMIT = 600;
const CREATE = `mutation ($input: CreateTicketInput!) {
  created: createTicket(input: $input) { ticket { id key } errors { code message } delivery { state idempotencyKey } } }`;
const START = `mutation ($input: BulkCreateTicketsInput!) { started: startBulkCreateTickets(input: $input) { job { id } } }`;
const JOB = `query ($id: ID!) { bulkJob(id: $id) { state succeeded failed } }`;

interface Created {
  readonly created: {
    readonly ticket: { readonly id: string; readonly key: string } | null;
    readonly errors: readonly { readonly code: string }[];
  };
}
interface Job {
  readonly bulkJob: { readonly state: string; readonly succeeded: number; readonly failed: number };
}

const ticket = (name: string): object => ({ name, project: { vendorId: "PLAT" }, type: { name: "Task" } });
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** Two gateways in processes of their own over one new database, started at once, and a load balancer before them. */
(ENGINES.includes("postgres") ? describe : describe.skip)("two replicas behind a load balancer", () => {
  let jira: JiraSandbox;
  let place: Place;
  /** Each replica's way to the vendor: it tells which of them called. */
  let doors: readonly RoundRobin[];
  let setups: readonly Setup[];
  let replicas: readonly [Gateway, Gateway];
  let proxy: RoundRobin;
  let url: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    jira = await startJiraSandbox({ empty: true, delayMs: 100 });
    place = await newPlace("postgres");
    const { email, apiToken } = jira;
    doors = await Promise.all(times(2, () => startRoundRobin([jira.url])));
    setups = await Promise.all(
      doors.map((door) =>
        setUp({ vendor: "jira", baseUrl: door.url, credentials: { email, apiToken } }, place.url, 2, 1, {
          requestsPerMinute: LIMIT,
        }),
      ),
    );
    replicas = (await Promise.all(setups.map((setup) => startGateway(setup)))) as [Gateway, Gateway];
    proxy = await startRoundRobin(replicas.map((gateway) => gateway.url));
    url = `${proxy.url}/graphql`;
  });
  afterAll(async () => {
    for (const client of clients) await client.dispose();
    await proxy.close();
    await Promise.all(replicas.map((gateway) => gateway.kill()));
    for (const door of doors) await door.close();
    await jira.close();
    await Promise.all(setups.map(tearDown));
    await place.drop();
  });

  /** A key of its own, so that one test's requests don't count against another's. */
  const newKey = async (name: string): Promise<{ key: string; id: string }> => {
    const make = `mutation ($input: CreateApiKeyInput!) { made: createApiKey(input: $input) { key apiKey { id } } }`;
    const input = { name, scopes: ["tickets:read", "tickets:write"] };
    const made = await ask<{ made: { key: string; apiKey: { id: string } } }>(replicas[0].url, make, { input });
    if (!made) throw new Error("The replica is gone.");
    return { key: made.made.key, id: made.made.apiKey.id };
  };
  const statusOf = async (to: string, key: string): Promise<number> => {
    const headers = { "content-type": "application/json", "x-api-key": key };
    const response = await fetch(to, { method: "POST", headers, body: '{"query":"{ __typename }"}' });
    await response.arrayBuffer();
    return response.status;
  };
  /** What a subscription tells, in the order in which it comes; `began` once the replica knows of it. */
  const follow = async (gateway: Gateway, key: string, query: string, variables: Record<string, unknown> = {}) => {
    const told: Record<string, unknown>[] = [];
    const ended: unknown[] = [];
    const client = liveClient(gateway.url.replace("/graphql", ""), key);
    clients.push(client);
    client.on("closed", (event) => ended.push(event));
    client.subscribe<Record<string, unknown>>(
      { query, variables },
      { next: ({ data }) => void (data && told.push(data)), error: (error) => ended.push(error), complete() {} },
    );
    return { told, ended };
  };

  it("keep one limit of a key together", async () => {
    const { key } = await newKey("counted");
    const statuses: number[] = [];
    const client = async (): Promise<void> => {
      while (statuses.length < 2 * LIMIT) {
        const place = statuses.push(0) - 1;
        statuses[place] = await statusOf(url, key);
      }
    };
    const before = [...proxy.given];
    await Promise.all(times(24, client));
    expect(proxy.given.map((count, n) => count - (before[n] ?? 0))).toEqual([LIMIT, LIMIT]);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    // What one replica holds of the window is spent there before it refuses anybody, so nothing is lost either.
    expect(statuses.filter((status) => status === 200)).toHaveLength(LIMIT);
  });

  it("make one ticket of fifty requests with one idempotency key, and refuse the key to another ticket", async () => {
    const input = { ...ticket("Only once"), idempotencyKey: "fifty at once" };
    const answers = await Promise.all(times(50, () => ask<Created>(url, CREATE, { input })));
    expect(answers[0]?.created).toMatchObject({ ticket: { key: expect.stringMatching(/^PLAT-\d+$/) }, errors: [] });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect([...jira.state.all()].filter(({ summary }) => summary === "Only once")).toHaveLength(1);
    for (const { url: one } of replicas) {
      const other = await ask<Created>(one, CREATE, { input: { ...input, name: "Another" } });
      expect(other?.created).toMatchObject({ ticket: null, errors: [{ code: "IDEMPOTENCY_KEY_REUSED" }] });
    }
    expect([...jira.state.all()].some(({ summary }) => summary === "Another")).toBe(false);
  });

  it("tell at one of what happens at the other, and cut off at both who loses the key", async () => {
    // Only of a connection that is synced is anything told.
    await ask(replicas[0].url, `mutation { syncConnection(id: "vendor") { id } }`);
    const { key, id } = await newKey("passing");
    const changes = "subscription { ticketChanged { kind ticket { name } } }";
    const followers = await Promise.all(replicas.map((gateway) => follow(gateway, key, changes)));
    const kept = await follow(replicas[0], KEY, changes);
    // Whoever subscribes hears what comes later; nothing tells a client that its subscription has begun.
    await until(async () => {
      await ask(replicas[1].url, CREATE, { input: ticket("Heard elsewhere") });
      return [...followers, kept].every(({ told }) => told.length > 0);
    });
    expect(kept.told[0]).toEqual({ ticketChanged: { kind: "CREATED", ticket: { name: "Heard elsewhere" } } });

    const started = await ask<{ started: { job: { id: string } } }>(replicas[1].url, START, {
      input: { tickets: times(60, (n) => ticket(`Told of ${n}`)) },
    });
    const progress = await follow(
      replicas[0],
      KEY,
      "subscription ($id: ID!) { bulkJobProgress(id: $id) { state succeeded } }",
      { id: started?.started.job.id },
    );
    await until(() => progress.told.some((one) => JSON.stringify(one).includes('"DONE"')));
    expect(progress.told.at(-1)).toEqual({ bulkJobProgress: { state: "DONE", succeeded: 60 } });

    expect(await Promise.all(replicas.map((gateway) => statusOf(gateway.url, key)))).toEqual([200, 200]);
    await ask(replicas[0].url, "mutation ($id: ID!) { revokeApiKey(id: $id) { state } }", { id });
    await until(async () => (await statusOf(replicas[1].url, key)) === 401, 5_000);
    await until(() => followers.every(({ ended }) => ended.length > 0), 5_000);
    for (const { ended } of followers) expect(ended[0]).toMatchObject({ code: 4403 });
    expect(kept.ended).toEqual([]);
  });

  it("work on a job together, and the one that is left finishes it when the other is killed", async () => {
    const count = 1_500;
    const before = doors.map(({ given }) => given[0] ?? 0);
    const calls = (): number[] => doors.map(({ given }, n) => (given[0] ?? 0) - (before[n] ?? 0));
    const started = await ask<{ started: { job: { id: string } } }>(replicas[0].url, START, {
      input: { tickets: times(count, (n) => ticket(`Shared ${n}`)) },
    });
    const id = started?.started.job.id;
    await until(() => calls().every((made) => made >= 3));
    await replicas[0].kill();
    const job = async (): Promise<Job["bulkJob"] | undefined> => (await ask<Job>(url, JOB, { id }))?.bulkJob;
    expect(await job()).toMatchObject({ state: "RUNNING" });
    // Now and then: the key has a limit.
    const now = async (): Promise<string | undefined> => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return (await job())?.state;
    };
    await until(async () => (await now()) === "DONE", 60_000);
    expect(await job()).toEqual({ state: "DONE", succeeded: count, failed: 0 });
    const names = [...jira.state.all()].map(({ summary }) => summary).filter((name) => name.startsWith("Shared "));
    expect(names).toHaveLength(count);
    expect(new Set(names).size).toBe(count);
  });
});
