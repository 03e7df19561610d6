import { describe, expect, it } from "@jest/globals";
import { VendorError } from "../../../src/domain/errors.js";
import type { TicketDraft } from "../../../src/domain/ticket.js";
import { draft, openTestRezolve, SOFTWARE, type TestRezolve } from "./support.js";

const INTERACTIVE = { lane: "interactive" } as const;
const create = async ({ connection }: TestRezolve, change: Partial<TicketDraft> = {}) => {
  const [outcome] = await connection.createTickets([draft("A request", change)], INTERACTIVE);
  if (!outcome) throw new Error("A draft got no outcome.");
  return outcome;
};
const writes = ({ rezolve }: TestRezolve) => rezolve.calls.filter(({ path }) => /\/(create|update)\b/.test(path));

describe("offers", () => {
  it("must agree with the type, which is seen to before anything is sent", async () => {
    const test = await openTestRezolve();
    const strange = await create(test, { own: { offerId: "23700" } });
    expect(strange).toMatchObject({
      state: "rejected",
      error: {
        code: "INVALID",
        path: ["vendor", "rezolve", "offerId"],
        message:
          'The offer "23700" is not one of the type Hardware Request. These fit: 23629 (New laptop), 23630 (Second monitor).',
        allowedValues: ["23629", "23630"],
      },
    });
    expect(await create(test, { own: { offerId: "1" } })).toMatchObject({
      state: "rejected",
      error: { message: expect.stringContaining('There is no offer "1".') as unknown },
    });
    expect(writes(test)).toEqual([]);
  });

  it("need not be given where only one fits", async () => {
    const test = await openTestRezolve();
    const only = await create(test, {
      typeId: SOFTWARE,
      projectId: "it",
      own: {},
      customFields: { "Field Number": 7 },
    });
    expect(only.state).toBe("done");
    expect(writes(test)[0]?.body).toMatchObject({
      ticketBody: { offerId: "23700", "93aabbc9-fd45-407d-8569-b140bf9cc6a7": 7 },
    });
    expect(await create(test, { own: {} })).toMatchObject({
      state: "rejected",
      error: { allowedValues: ["23629", "23630"] },
    });
  });

  it("are the first of a type's fields", async () => {
    const { connection } = await openTestRezolve();
    const [offer, ...fields] = await connection.listFields("james", "16910");
    expect(offer).toMatchObject({
      id: "offerId",
      required: true,
      allowedValues: [
        { vendorId: "23629", name: "New laptop" },
        { vendorId: "23630", name: "Second monitor" },
      ],
    });
    expect(fields.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      "Reason: TEXT",
      "Description: RICH_TEXT",
      "Needed Within: OPTION",
      "Needed By: DATETIME",
      "Priority: OPTION",
      "Status: OPTION",
    ]);
  });
});

describe("fields", () => {
  it("are found by id, label or name; dates are ISO and never empty; nothing is dropped", async () => {
    const test = await openTestRezolve();
    const outcome = await create(test, {
      customFields: { reason: "Because", "needed by": "2026-12-31" },
      priority: "critical",
    });
    expect(outcome.state).toBe("done");
    const { ticketBody } = writes(test)[0]?.body as { ticketBody: Record<string, unknown> };
    expect(Object.values(ticketBody)).toEqual(
      expect.arrayContaining(["Because", "2026-12-31T00:00:00.000Z", "Critical"]),
    );
    expect(Object.values(ticketBody)).not.toContain("");
    const wrong: [Partial<TicketDraft>, readonly string[]][] = [
      [{ customFields: { "Needed By": "" } }, ["customFields", "Needed By"]],
      [{ customFields: { "Needed By": "soon" } }, ["customFields", "Needed By"]],
      [{ customFields: { "Needed Within": "never" } }, ["customFields", "Needed Within"]],
      [{ customFields: { Colour: "red" } }, ["customFields", "Colour"]],
      [{ customFields: { reason: "a", Reason: "b" } }, ["customFields", "Reason"]],
      [{ priority: "Purple" }, ["priority"]],
      [{ description: { format: "ADF", text: "{}" } }, ["descriptionFormat"]],
    ];
    const before = writes(test).length;
    for (const [change, path] of wrong)
      expect(await create(test, change)).toMatchObject({ state: "rejected", error: { path } });
    expect(writes(test)).toHaveLength(before);
  });

  it("that Rezolve refuses come back one by one, each in its place", async () => {
    const test = await openTestRezolve();
    const long = "x".repeat(5_001);
    const description = { format: "HTML", text: long } as const;
    const outcome = await create(test, { description, customFields: { reason: long } });
    expect(outcome).toMatchObject({
      state: "rejected",
      error: { message: "Reason must be a text", path: ["customFields", "reason"], info: { status: 400 } },
      also: [{ path: ["description"] }],
    });
  });
});

describe("the account", () => {
  it("whose token lacks the role is told so, and no fresh token is asked for", async () => {
    const test = await openTestRezolve({ credentials: ({ bareToken }) => ({ token: bareToken }) });
    expect(await create(test)).toMatchObject({
      state: "rejected",
      error: { code: "FORBIDDEN", message: expect.stringContaining("ticket_agent") as unknown },
    });
    expect(writes(test)).toHaveLength(1);
    expect(test.connection.state).toBe("ACTIVE");
  });

  it("gets one access token for all who ask, and another when it has ended", async () => {
    let now = Date.now();
    const oauth = ({ tokenUrl, clientId, clientSecret }: TestRezolve["rezolve"]) => ({
      oauth: { tokenUrl, clientId, clientSecret },
    });
    const test = await openTestRezolve({ credentials: oauth, now: () => now });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => create(test)));
    expect(outcomes.map(({ state }) => state)).toEqual(Array(8).fill("done"));
    expect(test.rezolve.tokensGiven()).toBe(1);
    now += 400_000;
    // The gateway's own clock has not moved, so it finds out by being refused: young tokens are believed.
    expect(await create(test)).toMatchObject({ state: "rejected", error: { code: "AUTH" } });
  });

  it("may sign by an API key", async () => {
    const test = await openTestRezolve({ credentials: ({ apiKey }) => ({ apiKey }) });
    expect((await create(test)).state).toBe("done");
  });

  it("of another tenant is told to check the tenant", async () => {
    const test = await openTestRezolve({ settings: { tenantId: "another" } });
    await expect(test.connection.searchTickets("x", { first: 1 })).rejects.toMatchObject({
      code: "AUTH",
      message: expect.stringContaining("tenantId") as unknown,
    });
  });

  it("may not use every team, and pages of HTML say that there is nothing", async () => {
    const test = await openTestRezolve();
    expect(await create(test, { projectId: "hr" })).toMatchObject({ state: "rejected", error: { code: "FORBIDDEN" } });
    expect(await create(test, { projectId: "nowhere" })).toMatchObject({
      state: "rejected",
      error: { code: "NOT_FOUND" },
    });
    expect(await test.connection.ticket("CTC-9999")).toBeNull();
  });
});

describe("changes", () => {
  it("need the revision, and give the next one", async () => {
    const test = await openTestRezolve();
    const { connection } = test;
    const made = await create(test);
    if (made.state !== "done") throw made.error;
    const { vendorId: ticketId, revision } = made.value;
    expect(await connection.updateTickets([{ ticketId, priority: "Low" }], INTERACTIVE)).toMatchObject([
      { state: "rejected", error: { code: "INVALID", path: ["revision"] } },
    ]);
    const [changed] = await connection.updateTickets(
      [{ ticketId, priority: "Low", revision: revision ?? "" }],
      INTERACTIVE,
    );
    if (changed?.state !== "done") throw changed?.error;
    const now = await connection.ticket(ticketId);
    expect(now).toMatchObject({ priority: "Low", revision: changed.value.revision });
    expect(changed.value.revision).not.toBe(revision);
  });

  it("by a stale revision are conflicts that name the current one, whoever notices", async () => {
    const test = await openTestRezolve();
    const { connection, rezolve } = test;
    const [ticket] = rezolve.state.tickets;
    if (!ticket) throw new Error("There is no ticket.");
    const change = { ticketId: ticket.objectId, priority: "Low", revision: "f9d8ad0b-6e4f-45a8-bc14-a11362dc61bd" };
    const stale = { state: "rejected", error: { code: "CONFLICT", path: ["revision"], allowedValues: [ticket.etag] } };
    expect(await connection.updateTickets([change], INTERACTIVE)).toMatchObject([stale]);
    expect(writes(test)).toEqual([]);
    // Two at once with the same revision: one of them is late, and Rezolve says so.
    const both = await Promise.all(
      ["Low", "High"].map((priority) =>
        connection.updateTickets([{ ...change, priority, revision: ticket.etag }], INTERACTIVE),
      ),
    );
    expect(
      both
        .flat()
        .map(({ state }) => state)
        .sort(),
    ).toEqual(["done", "rejected"]);
    expect(both.flat().find(({ state }) => state === "rejected")).toMatchObject({
      error: { code: "CONFLICT", allowedValues: [ticket.etag] },
    });
  });

  it("of status go the ways of the workflow", async () => {
    const { connection, rezolve } = await openTestRezolve();
    const [ticket] = rezolve.state.tickets;
    const change = { ticketId: ticket?.objectId ?? "", revision: ticket?.etag ?? "" };
    expect(await connection.updateTickets([{ ...change, status: "Closed" }], INTERACTIVE)).toMatchObject([
      { state: "rejected", error: { path: ["status"], allowedValues: ["In Progress", "Resolved"] } },
    ]);
    expect(await connection.updateTickets([{ ...change, status: "resolved" }], INTERACTIVE)).toMatchObject([
      { state: "done" },
    ]);
    expect(await connection.ticket(change.ticketId)).toMatchObject({
      status: "Resolved",
      statusCategory: "DONE",
      active: false,
    });
  });

  it("of tickets that aren't there are refused", async () => {
    const { connection } = await openTestRezolve();
    const change = { ticketId: "CTC-9999", revision: "x", priority: "Low" };
    expect(await connection.updateTickets([change], INTERACTIVE)).toMatchObject([
      { state: "rejected", error: { code: "NOT_FOUND" } },
    ]);
  });
});

describe("teams", () => {
  it("are put together from all that names one, and from the settings", async () => {
    const options = { teams: ["night"] };
    const { connection, rezolve } = await openTestRezolve({ settings: { options } });
    const { items } = await connection.listProjects(undefined, { first: 10 });
    expect(items.map(({ vendorId }) => vendorId)).toEqual(["hr", "it", "james", "night"]);
    expect(rezolve.calls.map(({ path }) => path).sort()).toEqual([
      "/api/v2/ticketing/queue/list",
      "/api/v2/ticketing/tenant/sc/offers",
      "/api/v2/ticketing/user/list",
    ]);
  });

  it("are still known where the account may not see all sources", async () => {
    const { connection, rezolve } = await openTestRezolve();
    rezolve.faults.add({ kind: "html-404", operation: "queues" });
    rezolve.faults.add({ kind: "html-404", operation: "users" });
    expect((await connection.listProjects(undefined, { first: 10 })).items.map(({ name }) => name)).toEqual([
      "it",
      "james",
    ]);
    rezolve.faults.add({ kind: "html-404", operation: "offers" });
    const other = await openTestRezolve();
    for (const operation of ["queues", "users", "offers"]) other.rezolve.faults.add({ kind: "html-404", operation });
    await expect(other.connection.listProjects(undefined, { first: 1 })).rejects.toBeInstanceOf(VendorError);
  });
});
