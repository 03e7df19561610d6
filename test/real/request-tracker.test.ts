import { createTicket } from "../support/create.js";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { Connection } from "../../src/connectors/connection.js";
import type { Outcome } from "../../src/connectors/connector.js";
import { requestTracker } from "../../src/connectors/request-tracker/index.js";
import { requestTrackerSettings } from "../../src/connectors/request-tracker/settings.js";
import type { TicketDraft, TicketRef } from "../../src/domain/ticket.js";
import { openHttp } from "../../src/http/open-http.js";
import { keptTokens } from "../support/kept-tokens.js";

const { REQUEST_TRACKER_URL, REQUEST_TRACKER_TOKEN } = process.env;
if (!REQUEST_TRACKER_URL || !REQUEST_TRACKER_TOKEN)
  throw new Error("Set REQUEST_TRACKER_URL and REQUEST_TRACKER_TOKEN to those of a real Request Tracker 5.");

function connect(token = REQUEST_TRACKER_TOKEN): Connection {
  const settings = requestTrackerSettings.parse({
    baseUrl: REQUEST_TRACKER_URL,
    credentials: { token },
    options: { identifierField: "ticketgraph", markerField: null },
  });
  const refreshTokens = keptTokens();
  const { pool: options, wire } = requestTracker;
  const http = openHttp({ wire, settings, allowPrivateAddress: true, refreshTokens, ...(options && { options }) });
  return new Connection({ id: "rt", name: "RT", vendor: requestTracker, settings, http });
}

const run = randomUUID().slice(0, 8);
const told = (outcome: Outcome<TicketRef> | undefined): string => {
  if (outcome?.state !== "done")
    return `${outcome?.state} ${outcome?.error.code} ${outcome?.error.path?.join(".") ?? ""}: ${outcome?.error.message}`;
  return ["done", ...(outcome.faults ?? []).map(({ path, message }) => `${path?.join(".")}: ${message}`)].join(" ");
};
const idOf = (outcome: Outcome<TicketRef>): string[] => (outcome.state === "done" ? [outcome.value.vendorId] : []);

describe("a real Request Tracker", () => {
  let rt: Connection;
  let hardware: string;
  beforeAll(async () => {
    rt = connect();
    hardware = (await rt.project("Hardware"))?.vendorId ?? "";
  });
  afterAll(() => rt.close());

  const draft = (name: string, change: Partial<TicketDraft> = {}): TicketDraft => ({
    name: `${run} ${name}`,
    projectId: hardware,
    typeId: null,
    assigneeIds: [],
    reporterIds: [],
    tags: [],
    customFields: {},
    ...change,
  });

  it("lists its queues and users", async () => {
    const { items } = await rt.listProjects(undefined, { first: 50 });
    expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(["General", "Hardware", "Security"]));
    const users = await rt.listAssignableUsers(hardware, undefined, { first: 50 });
    expect(users.items.map(({ vendorId }) => vendorId)).toEqual(expect.arrayContaining(["ada", "grace", "linus"]));
    expect(users.items.map(({ vendorId }) => vendorId)).not.toContain("Nobody");
    const few = await rt.listAssignableUsers(hardware, "grac", { first: 50 });
    expect(few.items).toEqual([
      { vendorId: "grace", name: "Grace", email: "grace@rt.test", active: true, avatarUrl: null },
    ]);
  });

  it("creates a ticket and reads it back with project, assignee and all else that was given", async () => {
    const dueDate = new Date("2027-01-31T10:30:00Z");
    const [parentId = ""] = idOf(await createTicket(rt, draft("parent")));
    const outcome = await createTicket(
      rt,
      draft("🔥 طابعة 'quoted' \"twice\"", {
        description: { format: "MARKDOWN", text: "It **burns** — مرحبا 🎉" },
        assigneeIds: ["ada"],
        reporterIds: ["grace"],
        status: "open",
        priority: "70",
        dueDate,
        parentId,
        identifier: `id-${run}`,
      }),
    );
    expect(told(outcome)).toBe("done");
    const [id = ""] = idOf(outcome);
    const ticket = await rt.ticket(id);
    expect(ticket).toMatchObject({
      vendorId: id,
      name: `${run} 🔥 طابعة 'quoted' "twice"`,
      status: "open",
      statusCategory: "IN_PROGRESS",
      priority: "70",
      projectId: hardware,
      assigneeIds: ["ada"],
      reporterIds: ["grace"],
      createdById: "root",
      parentId,
      identifier: `id-${run}`,
      dueDate,
      active: true,
      closedAt: null,
    });
    expect(ticket?.description?.to("MARKDOWN")).toBe("It **burns** — مرحبا 🎉");
    expect(ticket?.along?.projects?.[0]?.name).toBe("Hardware");
    expect(ticket?.along?.users?.find(({ vendorId }) => vendorId === "ada")?.email).toBe("ada@rt.test");
  });

  it("creates many in one call, and a bad one in the middle spoils none", async () => {
    const drafts = [
      draft("one"),
      draft("two", { status: "bogus" }),
      draft("three", { assigneeIds: ["ada"] }),
      draft("four"),
    ];
    const outcomes = await Promise.all(drafts.map((one) => createTicket(rt, one)));
    expect(outcomes.map(({ state }) => state)).toEqual(["done", "rejected", "done", "done"]);
    expect(told(outcomes[1])).toContain("rejected INVALID status: Status 'bogus' isn't a valid status");
    const tickets = await Promise.all(outcomes.flatMap(idOf).map((id) => rt.ticket(id)));
    expect(tickets.map((ticket) => ticket?.name)).toEqual([`${run} one`, `${run} three`, `${run} four`]);
    expect(tickets.map((ticket) => ticket?.assigneeIds)).toEqual([[], ["ada"], []]);
  });

  it("tells what the server dropped without a word", async () => {
    expect(told(await createTicket(rt, draft("dropped", { assigneeIds: ["nobody-at-all"] })))).toBe(
      'done assignees.0: The ticket was created, but Request Tracker did not take "nobody-at-all" for assignees.0: it has none.',
    );
  });

  it("refuses unknown custom fields before anything is sent, saying which there are", async () => {
    expect(told(await createTicket(rt, draft("never", { customFields: { nope: "x" } })))).toBe(
      'rejected INVALID customFields.nope: This queue has no custom field "nope". There are: ticketgraph.',
    );
    expect((await rt.searchTickets(`Subject = '${run} never'`, { first: 10 })).items).toEqual([]);
  });

  it("searches by TicketSQL, page by page", async () => {
    const outcomes = await Promise.all(Array.from({ length: 7 }, (_, n) => createTicket(rt, draft(`page ${n}`))));
    const query = `Queue = 'Hardware' AND Subject LIKE '${run} page'`;
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await rt.searchTickets(query, { first: 3, ...(after !== undefined && { after }) });
      expect(page.total).toBe(7);
      seen.push(...page.items.map(({ vendorId }) => vendorId));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(outcomes.flatMap(idOf).sort((a, b) => Number(a) - Number(b)));
  });

  it("passes on its words for a query that it refuses", async () => {
    await expect(rt.searchTickets("foo bar", { first: 5 })).rejects.toMatchObject({
      code: "INVALID",
      sent: "no",
      message: "Wrong query, expecting a OPERATOR in 'foo >bar<--here'",
    });
  });

  it("finds nothing for hostile ids, and asks nobody for them", async () => {
    for (const id of ["../../x", "1 OR 1=1", "%2e%2e", "1\r\nX: y", "", ".", "..", "1'", "99999999"])
      expect(await rt.ticket(id)).toBeNull();
  });

  it("keeps every text as it was given: quotes, emoji, right-to-left, markup, a megabyte", async () => {
    const texts = [
      "🔥 مرحبا ‏שלום",
      "'; DROP TABLE Tickets; --",
      "<script>alert(1)</script> & more",
      '\\ % _ "quoted"',
    ];
    const outcomes = await Promise.all(
      texts.map((text) => createTicket(rt, draft(text, { description: { format: "PLAIN", text } }))),
    );
    const tickets = await Promise.all(outcomes.flatMap(idOf).map((id) => rt.ticket(id)));
    expect(tickets.map((ticket) => ticket?.name)).toEqual(texts.map((text) => `${run} ${text}`));
    expect(tickets.map((ticket) => ticket?.description?.to("PLAIN").trim())).toEqual(texts);
    const long = "The printer burns again. ".repeat(42_000).trim();
    const outcome = await createTicket(rt, draft("long", { description: { format: "PLAIN", text: long } }));
    const [id = ""] = idOf(outcome);
    expect((await rt.ticket(id))?.description?.to("PLAIN").trim()).toBe(long);
  });

  it("answers twenty callers at once, each with its own ticket", async () => {
    const names = Array.from({ length: 20 }, (_, n) => `caller ${n}`);
    const outcomes = await Promise.all(
      names.map((name, n) => createTicket(rt, draft(name, n % 7 === 3 ? { status: "bogus" } : {}))),
    );
    expect(outcomes.map(({ state }) => state)).toEqual(names.map((_, n) => (n % 7 === 3 ? "rejected" : "done")));
    const ids = outcomes.flatMap(idOf);
    expect(new Set(ids).size).toBe(17);
    const tickets = await Promise.all(ids.map((id) => rt.ticket(id)));
    const kept = names.filter((_, n) => n % 7 !== 3).map((name) => `${run} ${name}`);
    expect(tickets.map((ticket) => ticket?.name)).toEqual(kept);
  });

  it("says which credentials are wrong", async () => {
    const stranger = connect("1-14-bad");
    await expect(stranger.searchTickets("id > 0", { first: 1 })).rejects.toMatchObject({ code: "AUTH", sent: "no" });
    expect(stranger.state).toBe("UNAUTHORIZED");
    await stranger.close();
  });
});
