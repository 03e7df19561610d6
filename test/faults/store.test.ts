import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { until } from "../support/until.js";
import { ask, setUp, startGateway, tearDown, type Gateway, type Setup } from "./gateway.js";
import { NO_SERVER, startServer, type Server } from "./postgres.js";

const CREATE = `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { key } errors { code retryable } delivery { state } } }`;
const START = `mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { id } errors { message } } }`;
const JOB = `query ($id: ID!) { bulkJob(id: $id) { state succeeded failed finishedAt } }`;
const SEARCH = `{ searchTickets(query: "project = PLAT", first: 1) { nodes { key } } }`;

(NO_SERVER ? describe.skip : describe)(`PostgreSQL under the gateway${NO_SERVER ? ` (${NO_SERVER})` : ""}`, () => {
  let server: Server;
  let jira: JiraSandbox;
  let setup: Setup;
  const gateways: Gateway[] = [];
  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server.drop());
  beforeEach(async () => {
    jira = await startJiraSandbox({ issues: 5, delayMs: 40 });
    const credentials = { email: jira.email, apiToken: jira.apiToken };
    setup = await setUp({ vendor: "jira", baseUrl: jira.url, credentials }, server.url);
  });
  afterEach(async () => {
    await Promise.all(gateways.splice(0).map((gateway) => gateway.kill()));
    await jira.close();
    await tearDown(setup);
  });
  const start = async (): Promise<Gateway> => {
    const gateway = await startGateway(setup);
    gateways.push(gateway);
    return gateway;
  };
  const input = (name: string): object => ({ project: { vendorId: "PLAT" }, type: { name: "Task" }, name });
  const writes = (): number =>
    jira.calls.filter(({ method, path }) => method === "POST" && /\/issue(\/bulk)?$/.test(path)).length;
  const made = (beginning: string): readonly string[] =>
    [...jira.state.all()].map(({ summary }) => summary).filter((summary) => summary.startsWith(beginning));
  const startJob = async ({ url }: Gateway, name: string, count: number): Promise<string> => {
    const tickets = Array.from({ length: count }, (_, n) => input(`${name} ${n}`));
    const started = await ask<{ startBulkCreateTickets: { job: { id: string } } }>(url, START, { input: { tickets } });
    return started?.startBulkCreateTickets.job.id ?? "";
  };
  const jobOf = async ({ url }: Gateway, id: string) => {
    const answer = await ask<{ bulkJob: { state: string; succeeded: number; finishedAt: string | null } }>(url, JOB, {
      id,
    }).catch(() => undefined);
    return answer?.bulkJob;
  };

  it("that is away lets nothing be sent; reads go on, and all is well when it is back", async () => {
    const { url } = await start();
    expect(await ask(url, CREATE, { input: input("before") })).toMatchObject({
      createTicket: { delivery: { state: "DELIVERED" } },
    });
    await server.crash();
    const before = writes();
    expect(await ask(url, CREATE, { input: input("away") })).toMatchObject({
      createTicket: { ticket: null, errors: [{ code: "GATEWAY_UNAVAILABLE", retryable: true }] },
    });
    expect(writes()).toBe(before);
    expect(await ask(url, SEARCH)).toMatchObject({ searchTickets: { nodes: [{}] } });
    expect((await fetch(url.replace("/graphql", "/readyz"))).status).toBe(503);
    await server.start();
    await until(async () => (await fetch(url.replace("/graphql", "/readyz"))).status === 200);
    expect(await ask(url, CREATE, { input: input("after") })).toMatchObject({
      createTicket: { delivery: { state: "DELIVERED" } },
    });
    expect(made("away")).toEqual([]);
  }, 60_000);

  it("that crashes amid a job of two replicas costs no ticket and doubles none", async () => {
    const [one] = [await start(), await start()];
    const id = await startJob(one, "crash", 600);
    await until(() => made("crash").length > 50);
    await server.crash();
    await wait(300);
    await server.start();
    await until(async () => (await jobOf(one, id))?.finishedAt != null, 80_000);
    expect(await jobOf(one, id)).toMatchObject({ state: "DONE", succeeded: 600 });
    expect(made("crash")).toHaveLength(600);
    expect(new Set(made("crash")).size).toBe(600);
  }, 120_000);

  it("keeps a replica that stood still beyond its lease from doing harm", async () => {
    const [one, two] = [await start(), await start()];
    const id = await startJob(one, "frozen", 400);
    await until(() => made("frozen").length > 20);
    two.process.kill("SIGSTOP");
    await wait(6_000);
    two.process.kill("SIGCONT");
    await until(async () => (await jobOf(one, id))?.finishedAt != null, 80_000);
    await wait(1_000);
    expect(await jobOf(one, id)).toMatchObject({ state: "DONE", succeeded: 400 });
    expect(made("frozen")).toHaveLength(400);
    expect(new Set(made("frozen")).size).toBe(400);
  }, 120_000);

  it("lets one key make one ticket over two replicas", async () => {
    const [one, two] = [await start(), await start()];
    const asked = { input: { ...input("shared"), idempotencyKey: "shared" } };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => ask((n % 2 ? one : two).url, CREATE, asked)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ createTicket: { delivery: { state: "DELIVERED" } } });
    expect(made("shared")).toHaveLength(1);
  }, 60_000);
});
