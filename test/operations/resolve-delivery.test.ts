import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readJob } from "../../src/operations/bulk/read-jobs.js";
import { startBulkJob } from "../../src/operations/bulk/start-bulk-job.js";
import { resolveDelivery } from "../../src/operations/resolve-delivery.js";
import { openGateway, type Gateway } from "../../src/gateway/open-gateway.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import { createLogger } from "../../src/server/logger.js";
import { settleItems } from "../../src/store/jobs.js";
import { begin, settle } from "../../src/store/ledger.js";
import { newPlace, type Place } from "../support/databases.js";
import { CALLER, configOf, newDraft, newTicket, settingsOf } from "../support/gateway.js";

describe("a person's word on a write of a job", () => {
  let jira: JiraSandbox;
  let place: Place;
  let gateway: Gateway;
  beforeAll(async () => {
    jira = await startJiraSandbox({ issues: 3 });
    const log = createLogger("silent");
    place = await newPlace();
    gateway = await openGateway({ config: configOf(), settings: settingsOf(jira), log, store: place.where });
  });
  afterAll(async () => {
    await gateway.close();
    await place.drop();
    await jira.close();
  });

  it("is counted in the job", async () => {
    const { kernel } = gateway;
    const requests = ["Found", "Given up"].map((name) => ({ ticket: newTicket(name) }));
    const { job } = await startBulkJob(kernel, CALLER, "CREATE", "jira", requests, "review");
    const id = job?.id ?? "";
    // As where nothing can be found again: both answers were lost, and nobody knows.
    const payload = newDraft("Lost");
    const parcels = [0, 1].map((n) => ({
      key: `review#${n}`,
      requestHash: "h",
      marker: `m${n}`,
      trace: null,
      payload,
    }));
    const rows = await begin(kernel.dbOf("acme"), { tenantId: "acme", connectionId: "jira" }, parcels, 60_000);
    await settle(
      kernel.dbOf("acme"),
      rows.map(({ id, fence }) => ({ id, fence, state: "NEEDS_REVIEW", dueInMs: null })),
    );
    const unknown = { state: "NEEDS_REVIEW", identifier: null, ref: null, errors: [] } as const;
    await settleItems(kernel.dbOf("acme"), id, [
      { index: 0, ...unknown },
      { index: 1, ...unknown },
    ]);
    expect(await readJob(kernel, CALLER, id)).toMatchObject({ state: "DONE", succeeded: 0, failed: 0 });

    const [issue] = jira.state.all();
    const ticket = { vendorId: issue?.key ?? "" };
    await resolveDelivery(kernel, CALLER, "jira", "review#0", { kind: "delivered", ticket });
    await resolveDelivery(kernel, CALLER, "jira", "review#1", { kind: "abandon" });
    expect(await readJob(kernel, CALLER, id)).toMatchObject({ state: "DONE", succeeded: 1, failed: 1 });
  });
});
