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

describe("a gateway that is killed amid a job of changes", () => {
  it.each(ENGINES)(
    "changes every ticket all the same, though tasks at the vendor outlive it and answers are lost (%s)",
    async (engine) => {
      jira = await startJiraSandbox({ issues: 200, delayMs: 40, taskMs: 400 });
      const places = [...jira.state.all()].map(({ id, projectId }) => ({ id, isFree: projectId === "10000" }));
      jira.faults.add({ kind: "commit-reset", operation: "submitBulkEdit", probability: 0.15 });
      jira.faults.add({ kind: "reset", operation: "submitBulkTransition", probability: 0.15 });
      jira.faults.add({ kind: "partial", share: 0.1, operation: "submitBulkEdit", probability: 0.3 });
      place = await newPlace(engine);
      const { email, apiToken } = jira;
      const connection = { vendor: "jira", baseUrl: jira.url, credentials: { email, apiToken } };
      // Long enough for tasks that wait for their turn on a busy machine.
      setup = await setUp(connection, place.url, 8, 5);
      // Neighbours change alike: some their fields, and those whose workflow lets them some their status.
      const changeOf = (n: number): { tags?: string[]; priority?: string; status?: string } =>
        n % 3 === 0 && places[n]?.isFree ? { status: "In Review" } : { tags: [`round-${n % 2}`], priority: "Lowest" };
      const input = (n: number): object => ({ ticket: { vendorId: String(places[n]?.id) }, ...changeOf(n) });
      const report = await killWhileWorking(setup, input, {
        kind: "Update",
        tickets: places.length,
        between: [500, 1_500],
        kills: 2,
        random: seededRandom(11),
        withinMs: 90_000,
      });
      expect(report).toMatchObject({ state: "DONE", succeeded: places.length, failed: 0, problems: [] });
      expect(report.kills).toBeGreaterThan(0);
      expect(jira.calls.some(({ path }) => path.includes("/bulk/queue/"))).toBe(true);
      const wrong = places.filter(({ id }, n) => {
        const { tags, status } = changeOf(n);
        const issue = jira.state.byId(id);
        return tags
          ? issue?.labels.join() !== tags.join() || issue.priorityId !== "5"
          : status && issue?.statusId !== "10001";
      });
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});
