import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { chunks } from "../../src/connectors/batch.js";
import { until } from "../support/until.js";
import { askServer, startRealApp, type RealApp } from "../support/real-app.js";

/** A real server makes a handful a second; REAL_TICKETS=1000 asks for more. */
const COUNT = Number(process.env["REAL_TICKETS"] ?? 150);
const CHANGED = Math.floor(COUNT / 20);
const SYNC = `mutation ($full: Boolean!) { syncConnection(id: "rt", full: $full) { id } }`;
const STATE = `{ connection(id: "rt") { lastSyncedAt sync { state mode error } } }`;
const COUNTS = `query ($filter: TicketFilter!) { tickets(filter: $filter, first: 1) { totalCount nodes { name status project { name } } } }`;

describe("the synced store over a real Request Tracker", () => {
  const run = randomUUID().slice(0, 8);
  let app: RealApp;
  let queue: string;
  let project: string;
  let ids: readonly string[];
  beforeAll(async () => {
    ({ id: queue } = await askServer("POST", "queue", { Name: `sync ${run}` }));
    const drafts = Array.from({ length: COUNT }, (_, n) => ({
      Queue: queue,
      Subject: `${run} number ${n}`,
      Content: `Of all these the ${n}th`,
      ContentType: "text/plain",
    }));
    const made = await Promise.all(
      chunks(drafts, Math.ceil(COUNT / 4)).map((some) => askServer("POST", "tickets/bulk", some)),
    );
    ids = made.flat().map(({ id }: { id: string }) => id);
    app = await startRealApp();
    const found = await app.query(
      `query ($id: String!) { connection(id: "rt") { project(ref: { vendorId: $id }) { id } } }`,
      { id: queue },
    );
    project = found.data.connection.project.id;
  }, 400_000);
  afterAll(() => app.close());

  const synced = async (full: boolean) => {
    const before = (await app.query(STATE)).data.connection.lastSyncedAt;
    await app.query(SYNC, { full });
    await until(async () => {
      const { sync, lastSyncedAt } = (await app.query(STATE)).data.connection;
      if (sync.state === "FAILED") throw new Error(sync.error);
      return sync.state === "IDLE" && lastSyncedAt !== before;
    }, 60_000);
  };
  const count = async (filter: object): Promise<number> =>
    (await app.query(COUNTS, { filter: { projectIds: [project], ...filter } })).data.tickets.totalCount;

  it("has every ticket, then what changed, and what is gone when it looks for that", async () => {
    expect(new Set(ids).size).toBe(COUNT);
    await synced(true);
    expect(await count({})).toBe(COUNT);
    expect(await count({ text: `"${run} number 7"` })).toBe(1);
    expect(await count({ text: `"all these the 9th"` })).toBe(1);

    for (const some of chunks(ids.slice(0, CHANGED), 5))
      await Promise.all(
        some.map((id) => askServer("PUT", `ticket/${id}`, { Subject: `${run} marmalade ${id}`, Status: "stalled" })),
      );
    const gone = ids.slice(-3);
    for (const id of gone) await askServer("PUT", `ticket/${id}`, { Status: "deleted" });

    await synced(false);
    expect((await app.query(STATE)).data.connection.sync.mode).toBe("CHANGES");
    expect(await count({ text: `${run} marmalade` })).toBe(CHANGED);
    expect(await count({ statuses: ["stalled"] })).toBe(CHANGED);
    expect(await count({ statuses: ["stalled"], text: "number" })).toBe(0);
    expect(await count({ statuses: ["new"] })).toBe(COUNT - CHANGED);

    await synced(true);
    expect(await count({})).toBe(COUNT - gone.length);
    expect(await count({ statuses: ["new"] })).toBe(COUNT - CHANGED - gone.length);
  }, 120_000);
});
