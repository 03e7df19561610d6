import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { at, keysIn, list, openClient, task, type Client } from "./client.js";

const BAD = { fields: { project: { key: "PLAT" }, issuetype: { id: "10002" } } };

describe("many at once", () => {
  let client: Client;
  beforeAll(async () => {
    client = await openClient();
  });
  afterAll(() => client.close());

  it("names each element that failed, and makes the others in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 50 }), async (good) => {
        const issueUpdates = good.map((isGood, index) => (isGood ? task(`Number ${index}`) : BAD));
        const { status, body } = await client.call("POST", "/issue/bulk", { issueUpdates });
        expect(status).toBe(good.includes(true) ? 201 : 400);
        expect(list(body, "errors")).toEqual(
          good.flatMap((isGood, failedElementNumber) =>
            isGood
              ? []
              : [
                  {
                    status: 400,
                    elementErrors: { errorMessages: [], errors: { summary: "Summary is required." } },
                    failedElementNumber,
                  },
                ],
          ),
        );
        const made = list(body, "issues").map((issue) => client.jira.state.find(String(at(issue, "id")))?.summary);
        expect(made).toEqual(good.flatMap((isGood, index) => (isGood ? [`Number ${index}`] : [])));
      }),
      { numRuns: 30 },
    );
  });

  it("takes 50, not 51, and not none", async () => {
    const updates = (count: number): unknown => ({ issueUpdates: Array.from({ length: count }, () => task("x")) });
    const full = await client.call("POST", "/issue/bulk", updates(50));
    const over = await client.call("POST", "/issue/bulk", updates(51));
    const none = await client.call("POST", "/issue/bulk", updates(0));
    const wrongKey = await client.call("POST", "/issue/bulk", { issues: [] });
    expect([full.status, over.status, none.status, wrongKey.status]).toEqual([201, 400, 400, 400]);
    expect(at(over.body, "errorMessages")).toEqual(["The number of issues to create can't exceed 50; 51 were given."]);
  });

  it("fetches any set in ascending order of id, each once, and is silent on what isn't there", async () => {
    const ids = [...client.jira.state.all()].map(({ id }) => id);
    const name = (id: number): string => (id % 2 ? String(id) : (client.jira.state.byId(id)?.key ?? ""));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...ids), { minLength: 1, maxLength: 98 }), async (wanted) => {
        const issueIdsOrKeys = [...wanted.map(name), "NOPE-1", "99999999"];
        const { status, body } = await client.call("POST", "/issue/bulkfetch", { issueIdsOrKeys, fields: ["summary"] });
        expect(status).toBe(200);
        const unique = [...new Set(wanted)].sort((a, b) => a - b);
        expect(list(body, "issues").map((issue) => at(issue, "id"))).toEqual(unique.map(String));
        expect(list(body, "issueErrors")).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it("fetches 100, not 101, not none", async () => {
    const fetchMany = (count: number): Promise<{ status: number }> =>
      client.call("POST", "/issue/bulkfetch", {
        issueIdsOrKeys: Array.from({ length: count }, (_, at) => `PLAT-${at}`),
      });
    const statuses = [await fetchMany(100), await fetchMany(101), await fetchMany(0)].map(({ status }) => status);
    expect(statuses).toEqual([200, 400, 400]);
  });

  it("gives a moved issue under its new key, whichever key it is asked for by", async () => {
    const { key } = client.jira.state.move("PLAT-12", "SUP");
    const { body } = await client.call("POST", "/issue/bulkfetch", {
      issueIdsOrKeys: ["PLAT-12"],
      fields: ["project"],
    });
    expect(key).toMatch(/^SUP-\d+$/);
    expect(keysIn(body)).toEqual([key]);
    expect(() => client.jira.state.move("PLAT-12", "NOPE")).toThrow(
      "Can't move PLAT-12 to NOPE: one of them isn't there.",
    );
  });

  it("makes and finds 10,000 issues without slowing down", async () => {
    for (let round = 0; round < 200; round += 1)
      await client.call("POST", "/issue/bulk", {
        issueUpdates: Array.from({ length: 50 }, (_, index) =>
          task(`Load ${round}`, { labels: [`load-${round}-${index}`] }),
        ),
      });
    const started = performance.now();
    const count = await client.call("POST", "/search/approximate-count", { jql: "summary ~ Load" });
    const one = await client.call("POST", "/search/jql", { jql: "labels = load-199-49", fields: ["summary"] });
    expect(count.body).toEqual({ count: 10_000 });
    expect(keysIn(one.body)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
