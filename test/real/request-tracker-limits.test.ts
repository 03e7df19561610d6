import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { Connection } from "../../src/connectors/connection.js";
import type { Connector, Outcome } from "../../src/connectors/connector.js";
import { requestTracker } from "../../src/connectors/request-tracker/index.js";
import { requestTrackerSettings } from "../../src/connectors/request-tracker/settings.js";
import type { TicketDraft, TicketRef } from "../../src/domain/ticket.js";
import type { Call } from "../../src/http/http.js";
import { openHttp } from "../../src/http/open-http.js";
import { keptTokens } from "../support/kept-tokens.js";

const { REQUEST_TRACKER_URL: baseUrl, REQUEST_TRACKER_TOKEN: token } = process.env;
if (!baseUrl || !token)
  throw new Error("Set REQUEST_TRACKER_URL and REQUEST_TRACKER_TOKEN to those of a real Request Tracker 5.");

const settings = requestTrackerSettings.parse({ baseUrl, credentials: { token } });
const refreshTokens = keptTokens();
const { pool: options, wire } = requestTracker;
const http = openHttp({ wire, settings, allowPrivateAddress: true, refreshTokens, ...(options && { options }) });
const run = randomUUID().slice(0, 8);
const told = (outcome: Outcome<TicketRef> | undefined) =>
  outcome?.state === "done"
    ? ["done", ...(outcome.faults ?? []).map(({ message }) => message)]
    : [outcome?.error.code, outcome?.error.path?.join("."), outcome?.error.message];
const idsOf = (outcomes: readonly Outcome<TicketRef>[]) =>
  outcomes.flatMap((outcome) => (outcome.state === "done" ? [outcome.value.vendorId] : []));

describe("a real Request Tracker at its limits", () => {
  const call: Call = { signal: new AbortController().signal, lane: "interactive" };
  const port: Connector = requestTracker.connect(http, settings);
  const rt = new Connection({ id: "rt", name: "RT", vendor: requestTracker, settings, http });
  let queue: string;
  beforeAll(async () => {
    queue = (await rt.project("Hardware"))?.vendorId ?? "";
  });
  afterAll(() => rt.close());

  const draft = (name: string, change: Partial<TicketDraft> = {}): TicketDraft => ({
    name: `${run} ${name}`,
    projectId: queue,
    typeId: null,
    assigneeIds: [],
    reporterIds: [],
    tags: [],
    customFields: {},
    ...change,
  });

  it("makes nine of ten in one call, and says why not the one in the middle", async () => {
    const drafts = Array.from({ length: 10 }, (_, n) => draft(`ten ${n}`, n === 5 ? { status: "bogus" } : {}));
    const outcomes = await port.createTickets(drafts, call);
    const said = "Status 'bogus' isn't a valid status for tickets in this queue.";
    const refusal = ["INVALID", "status", `${said} There are: new, open, stalled, resolved, rejected.`];
    expect(outcomes.map(told)).toEqual(drafts.map((_, n) => (n === 5 ? refusal : ["done"])));
    const { items, total } = await rt.searchTickets(`Subject LIKE '${run} ten'`, { first: 20 });
    expect(total).toBe(9);
    expect(items.map(({ vendorId, name }) => [vendorId, name])).toEqual(
      idsOf(outcomes).map((id, n) => [id, `${run} ten ${n < 5 ? n : n + 1}`]),
    );
  });

  it("refuses a draft in the same words alone and in bulk", async () => {
    for (const bad of [draft("bad", { status: "bogus" }), draft("bad", { projectId: "777" })]) {
      const [alone] = await port.createTickets([bad], call);
      const [inBulk] = await port.createTickets([bad, draft("good")], call);
      expect(told(alone)).toEqual(told(inBulk));
      expect(told(alone)[1]).toBe(bad.status ? "status" : "project");
    }
  });

  it("refuses a priority that it would keep though it means nothing", async () => {
    const [outcome] = await port.createTickets([draft("never", { priority: "abc" })], call);
    expect(told(outcome).slice(0, 2)).toEqual(["INVALID", "priority"]);
    expect((await rt.searchTickets(`Subject = '${run} never'`, { first: 1 })).total).toBe(0);
  });

  it("takes a dozen descriptions of a megabyte at once, and gives them back in one page", async () => {
    const text = (n: number) => `${n} 🔥 مرحبا ${"The printer burns again. ".repeat(40_000)}end`;
    const drafts = Array.from({ length: 12 }, (_, n) =>
      draft(`huge ${n}`, { description: { format: "PLAIN", text: text(n) } }),
    );
    const outcomes = await port.createTickets(drafts, call);
    expect(outcomes.map(told)).toEqual(drafts.map(() => ["done"]));
    const { items } = await rt.searchTickets(`Subject LIKE '${run} huge'`, { first: 20 });
    expect(items.map(({ description }, n) => description?.to("PLAIN") === text(n))).toEqual(drafts.map(() => true));
  }, 240_000);

  it("gives the text of a ticket that came with a file, and not the file", async () => {
    const body = {
      Queue: queue,
      Subject: `${run} file`,
      Content: "the text",
      ContentType: "text/plain",
      Attachments: [{ FileName: "a.png", FileType: "image/png", FileContent: "aGVsbG8=" }],
    };
    const answer = await fetch(`${baseUrl}/REST/2.0/ticket`, {
      method: "POST",
      headers: { authorization: `token ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const { id } = (await answer.json()) as { readonly id: string };
    expect((await rt.ticket(id))?.description?.to("PLAIN")).toBe("the text");
  });

  it("lists its users page by page, each of them once", async () => {
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await rt.listAssignableUsers(queue, undefined, { first: 2, ...(after !== undefined && { after }) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      names.push(...page.items.map(({ vendorId }) => vendorId));
      after = page.next;
    } while (after !== undefined);
    expect(names).toEqual(expect.arrayContaining(["ada", "grace", "linus", "root"]));
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain("RT_System");
  });

  it.each([
    ["Nonsense = 'x'", "Unknown field: Nonsense"],
    ["Status = '", "Incomplete query, last element (OPERATOR) is not close paren or value in 'Status = ''"],
  ])("passes on its words for the query %s", async (query, message) => {
    await expect(rt.searchTickets(query, { first: 1 })).rejects.toMatchObject({ code: "INVALID", message });
  });
});
