import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "drizzle-orm";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { runPoisoned, runSlice } from "../../src/operations/bulk/run-slice.js";
import { readJob, readResults } from "../../src/operations/bulk/read-jobs.js";
import { startBulkJob } from "../../src/operations/bulk/start-bulk-job.js";
import { openGateway, type Gateway } from "../../src/gateway/open-gateway.js";
import { createLogger } from "../../src/server/logger.js";
import { newPlace, type Place } from "../support/databases.js";
import { CALLER, configOf, newTicket, settingsOf } from "../support/gateway.js";

describe("a slice that can't be worked on", () => {
  let jira: JiraSandbox;
  let place: Place;
  let gateway: Gateway;
  beforeAll(async () => {
    jira = await startJiraSandbox({ empty: true });
    place = await newPlace();
    gateway = await openGateway({
      config: configOf(),
      settings: settingsOf(jira),
      log: createLogger("silent"),
      store: place.where,
    });
  });
  afterAll(async () => {
    await gateway.close();
    await place.drop();
    await jira.close();
  });

  it("is gone through ticket by ticket in the end: the one that does it fails alone, and the job ends", async () => {
    const { kernel } = gateway;
    const requests = Array.from({ length: 5 }, (_, n) => ({ ticket: newTicket(`Poison ${n}`) }));
    const { job } = await startBulkJob(kernel, CALLER, "CREATE", "jira", requests, "poison");
    const jobId = job?.id ?? "";
    // As only a fault of ours, or somebody's hand in the database, could write it.
    await kernel.systemDb.execute(
      sql`update bulk_items set ticket = '{"name": 7}' where job_id = ${jobId}::uuid and index = 2`,
    );
    const slice = { jobId, from: 0, to: 5 };
    await expect(runSlice(kernel, slice)).rejects.toThrow();
    expect(jira.state.size).toBe(0);
    const reported: unknown[] = [];
    await runPoisoned(kernel, slice, (error) => reported.push(error));
    expect(reported).toHaveLength(1);
    const ended = await readJob(kernel, CALLER, jobId);
    expect(ended).toMatchObject({ state: "DONE", succeeded: 4, failed: 1 });
    if (!ended) throw new Error("The job is gone.");
    const { items } = await readResults(kernel, CALLER, ended, true, { first: 10, after: null });
    expect(items).toMatchObject([
      { index: 2, delivery: { state: "REJECTED", errors: [{ code: "GATEWAY_UNAVAILABLE" }] } },
    ]);
    expect([...jira.state.all()].map(({ summary }) => summary)).toEqual([0, 1, 3, 4].map((n) => `Poison ${n}`));
  });

  it("never calls a ticket refused that may have been sent", async () => {
    const { kernel } = gateway;
    const { job } = await startBulkJob(
      kernel,
      CALLER,
      "CREATE",
      "jira",
      [{ ticket: newTicket("Sent, then a fault") }],
      "sent",
    );
    const slice = { jobId: job?.id ?? "", from: 0, to: 1 };
    const failing: typeof kernel = {
      ...kernel,
      delivererOf(tenantId, connection, operation) {
        const deliver = kernel.delivererOf(tenantId, connection, operation);
        return (shipment, lane) => {
          const delivering = deliver(shipment, lane);
          const row = delivering.row.then(() => Promise.reject(new Error("a fault of ours")));
          return { ...delivering, row };
        };
      },
    };
    await runPoisoned(failing, slice, () => {});
    expect(await readJob(kernel, CALLER, slice.jobId)).toMatchObject({ succeeded: 0, failed: 0, finishedAt: null });
    await runSlice(kernel, slice);
    expect(await readJob(kernel, CALLER, slice.jobId)).toMatchObject({ state: "DONE", succeeded: 1, failed: 0 });
    expect([...jira.state.all()].filter(({ summary }) => summary === "Sent, then a fault")).toHaveLength(1);
  });
});
