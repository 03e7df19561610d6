import { afterEach, describe, expect, it } from "@jest/globals";
import { seededRandom } from "../../src/sandbox/random.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { setUp, tearDown, type Setup } from "./gateway.js";
import { killWhileWorking } from "./kill.js";

let jira: JiraSandbox;
let setup: Setup;
let place: Place | undefined;
afterEach(async () => {
  await jira.close();
  await tearDown(setup);
  await place?.drop();
});

describe("a gateway that is killed amid a job", () => {
  it.each(ENGINES)(
    "makes each ticket once all the same (%s)",
    async (engine) => {
      const tickets = 400;
      jira = await startJiraSandbox({ empty: true, delayMs: 60 });
      jira.faults.add({ kind: "commit-reset", operation: "createIssues", probability: 0.1 });
      place = await newPlace(engine);
      const { email, apiToken } = jira;
      const connection = { vendor: "jira", baseUrl: jira.url, credentials: { email, apiToken } };
      setup = await setUp(connection, place.url);
      const input = (n: number): object => ({
        project: { vendorId: "PLAT" },
        type: { name: "Task" },
        name: `Chaos ${n}`,
      });
      const random = seededRandom(7);
      const report = await killWhileWorking(setup, input, {
        tickets,
        between: [150, 700],
        kills: 2,
        random,
        withinMs: 90_000,
      });
      expect(report).toMatchObject({ state: "DONE", succeeded: tickets, failed: 0 });
      // A quick machine may be done before the last kill.
      expect(report.kills).toBeGreaterThan(0);
      const names = [...jira.state.all()].map(({ summary }) => summary);
      expect(new Set(names).size).toBe(tickets);
      expect(names).toHaveLength(tickets);
    },
    120_000,
  );
});
