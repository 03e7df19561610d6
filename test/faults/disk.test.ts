import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp } from "../support/app.js";
import { until } from "../support/until.js";
import { NO_SERVER, startServer, type Server } from "./postgres.js";

const CREATE = `mutation ($input: BulkCreateTicketsInput!) { bulkCreateTickets(input: $input) {
  results { success errors { code retryable } delivery { state } } } }`;

interface Result {
  readonly success: boolean;
  readonly errors: readonly { readonly code: string; readonly retryable: boolean }[];
  readonly delivery: { readonly state: string };
}

(NO_SERVER ? describe.skip : describe)(`a full disk under PostgreSQL${NO_SERVER ? ` (${NO_SERVER})` : ""}`, () => {
  let server: Server;
  let test: TestApp;
  beforeAll(async () => {
    server = await startServer(90);
    test = await startTestApp({ store: { url: server.url }, jira: { empty: true } });
  }, 60_000);
  afterAll(async () => {
    await test.close();
    await server.drop();
  });

  const create = async (round: string): Promise<readonly Result[]> => {
    const tickets = Array.from({ length: 50 }, (_, n) => ({
      project: { vendorId: "PLAT" },
      type: { name: "Task" },
      name: `${round} ${n}`,
      // What can't be compressed takes its room.
      description: Array.from({ length: 300 }, () => Math.random().toString(36)).join(" "),
    }));
    const { data } = await test.query(CREATE, { input: { tickets } });
    return data.bulkCreateTickets.results;
  };

  it("lets nothing be sent that isn't written down, and all goes on when there is room again", async () => {
    const makeRoom = await server.fillDisk();
    let [delivered, refused]: [number, number] = [0, 0];
    for (let round = 0; refused === 0 && round < 100; round += 1) {
      for (const { success, errors, delivery } of await create(`Full ${round}`)) {
        if (success) delivered += 1;
        else {
          refused += 1;
          expect(errors).toEqual([{ code: "GATEWAY_UNAVAILABLE", retryable: true }]);
          expect(delivery.state).toBe("REJECTED");
        }
      }
    }
    expect(refused).toBeGreaterThan(0);
    expect(test.jira.state.size).toBe(delivered);
    const { data } = await test.query('{ searchTickets(query: "project = PLAT", first: 1) { nodes { key } } }');
    expect(data.searchTickets).toBeDefined();
    await makeRoom();
    await server.start().catch(() => {});
    await until(async () => (await create("Room")).every(({ success }) => success));
    expect(test.jira.state.size).toBeGreaterThanOrEqual(delivered + 50);
  }, 60_000);
});
