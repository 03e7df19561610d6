import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { WebSocket } from "ws";
import { KEY, STRANGER_KEY, type TestApp } from "../support/app.js";
import { ENGINES } from "../support/databases.js";
import { startReplicas, type Replicas } from "../support/replicas.js";

interface Progress {
  readonly state: string;
  readonly succeeded: number;
}

describe.each(ENGINES)("the progress of a job on %s", (engine) => {
  let replicas: Replicas;
  let one: TestApp;
  /** Another replica where there can be one. */
  let other: TestApp;
  beforeAll(async () => {
    replicas = await startReplicas(engine, { jira: { delayMs: 60 } });
    ({ one, other } = replicas);
  });
  afterAll(() => replicas.close());

  const start = async (name: string, count: number): Promise<string> => {
    const tickets = Array.from({ length: count }, (_, n) => ({
      project: { vendorId: "PLAT" },
      type: { name: "Task" },
      name: `${name} ${n}`,
    }));
    const { data } = await one.query(
      "mutation ($input: BulkCreateTicketsInput!) { startBulkCreateTickets(input: $input) { job { id } } }",
      { input: { tickets } },
    );
    return data.startBulkCreateTickets.job.id;
  };
  const follow = async (id: string, key = KEY): Promise<Progress[]> => {
    const client = createClient({
      url: `${other.app.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { "X-API-Key": key },
    });
    const told: Progress[] = [];
    try {
      const query = "subscription ($id: ID!) { bulkJobProgress(id: $id) { state succeeded total } }";
      for await (const { data, errors } of client.iterate<{ bulkJobProgress: Progress }>({
        query,
        variables: { id },
      })) {
        if (errors) throw errors;
        if (data) told.push(data.bulkJobProgress);
      }
    } finally {
      await client.dispose();
    }
    return told;
  };

  it("comes over a WebSocket until the job is done, on whichever replica it runs", async () => {
    const told = await follow(await start("Live", 600));
    expect(told.at(-1)).toEqual({ state: "DONE", succeeded: 600, total: 600 });
    expect(told.length).toBeGreaterThan(1);
    const counts = told.map(({ succeeded }) => succeeded);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(told.length);
  });

  it("is told once of a job that is done", async () => {
    const id = await start("Short", 1);
    await follow(id);
    expect(await follow(id)).toEqual([{ state: "DONE", succeeded: 1, total: 1 }]);
  });

  it("is nobody else's", async () => {
    await expect(follow(await start("Mine", 1), STRANGER_KEY)).rejects.toMatchObject([
      { message: expect.stringMatching(/^There is no bulk job/), extensions: { code: "NOT_FOUND" } },
    ]);
  });
});
