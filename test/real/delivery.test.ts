import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "@jest/globals";
import { seededRandom } from "../../src/sandbox/random.js";
import { setUp, tearDown, type Setup } from "../faults/gateway.js";
import { killWhileWorking } from "../faults/kill.js";

const { REQUEST_TRACKER_URL, REQUEST_TRACKER_TOKEN } = process.env;

let setup: Setup;
afterEach(() => tearDown(setup));

/** How many tickets there are by each subject that begins so, as the server itself tells. */
async function subjects(beginning: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let page = 1; ; page += 1) {
    const query = new URLSearchParams({
      query: `Subject LIKE '${beginning}'`,
      fields: "Subject",
      per_page: "100",
      page: String(page),
    });
    const response = await fetch(`${REQUEST_TRACKER_URL}/REST/2.0/tickets?${query}`, {
      headers: { authorization: `token ${REQUEST_TRACKER_TOKEN}` },
    });
    const { items, pages } = (await response.json()) as { items: { Subject: string }[]; pages: number };
    found.push(...items.map(({ Subject }) => Subject));
    if (items.length === 0 || page >= pages) return found;
  }
}

describe("a job on a real Request Tracker whose gateway is killed", () => {
  it("makes each ticket once all the same", async () => {
    const run = randomUUID().slice(0, 8);
    const tickets = 500;
    const connection = {
      vendor: "request-tracker",
      baseUrl: REQUEST_TRACKER_URL,
      credentials: { token: REQUEST_TRACKER_TOKEN },
    };
    // A real server on a busy machine works through what was sent before the kill for some seconds yet: nothing may be sent again meanwhile.
    setup = await setUp(connection, undefined, 2, 20);
    const input = (n: number): object => ({ project: { vendorId: "Hardware" }, name: `${run} chaos ${n}` });
    const plan = { tickets, between: [700, 2_500], kills: 5, random: seededRandom(3), withinMs: 280_000 } as const;
    expect(await killWhileWorking(setup, input, plan)).toMatchObject({ state: "DONE", succeeded: tickets, kills: 5 });
    const names = await subjects(`${run} chaos`);
    expect(new Set(names).size).toBe(tickets);
    expect(names).toHaveLength(tickets);
  }, 300_000);
});
