import { describe, expect, it } from "@jest/globals";
import type { TicketChange } from "../../../src/domain/ticket.js";
import { openTestJira, type TestJira } from "./support.js";

const INTERACTIVE = { lane: "interactive" } as const;
const OPTIONS = { identifierAs: "property", markerLabel: false, bulkFrom: 5 } as const;

const open = (more: object = {}, sandbox: object = {}): Promise<TestJira> =>
  openTestJira({ sandbox: { issues: 130, ...sandbox }, settings: { options: { ...OPTIONS, ...more } } });

/** The first so many issues that a query finds, by id. */
async function found({ connection }: TestJira, jql: string, first: number): Promise<string[]> {
  const { items } = await connection.searchTickets(`${jql} ORDER BY key ASC`, { first });
  expect(items).toHaveLength(first);
  return items.map(({ vendorId }) => vendorId);
}

const update = ({ connection }: TestJira, ticketIds: readonly string[], change: Omit<TicketChange, "ticketId">) =>
  connection.updateTickets(
    ticketIds.map((ticketId) => ({ ...change, ticketId })),
    INTERACTIVE,
  );

/** What was written, as the last words of the paths. */
const writes = ({ jira }: TestJira): string[] =>
  jira.calls
    .filter(({ method, path }) => method === "PUT" || /\/(transitions|bulk\/issues\/\w+)$/.test(path))
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => (method === "PUT" ? "PUT" : path.split("/").slice(-2).join("/")).replace(/\d+\//, ""));
const count = (test: TestJira, word: string): number => writes(test).filter((one) => one === word).length;
const bodies = ({ jira }: TestJira, path: string): unknown[] =>
  jira.calls.filter((call) => call.path.endsWith(path)).map(({ body }) => body);
const states = (outcomes: readonly { readonly state: string }[]): Record<string, number> =>
  outcomes.reduce<Record<string, number>>((sum, { state }) => ({ ...sum, [state]: (sum[state] ?? 0) + 1 }), {});

describe("changing many of Jira's issues alike", () => {
  it("edits them in one task, and asks after it until it has ended", async () => {
    const test = await open();
    const ids = await found(test, "project = PLAT", 20);
    const outcomes = await update(test, ids, { priority: "low", tags: ["a", "b"] });
    expect(outcomes.map((one) => one.state === "done" && one.value.vendorId)).toEqual(ids);
    expect(writes(test)).toEqual(["issues/fields"]);
    expect(bodies(test, "/bulk/issues/fields")).toEqual([
      {
        selectedActions: ["priority", "labels"],
        selectedIssueIdsOrKeys: ids,
        editedFieldsInput: {
          priority: { priorityId: "4" },
          labelsFields: [
            { fieldId: "labels", bulkEditMultiSelectFieldOption: "REPLACE", labels: [{ name: "a" }, { name: "b" }] },
          ],
        },
        sendBulkNotification: false,
      },
    ]);
    expect(test.jira.calls.filter(({ path }) => path.includes("/bulk/queue/")).length).toBeGreaterThan(1);
    const after = await Promise.all(ids.map((id) => test.connection.ticket(id)));
    expect(after.every((ticket) => ticket?.priority === "Low" && ticket.tags.join() === "a,b")).toBe(true);
  });

  it("carries every kind of field that the operation has a word for", async () => {
    const test = await open({ bulkFrom: 3 });
    const ids = await found(test, "project = OPS AND issuetype = Incident", 3);
    const full = {
      name: "Same",
      description: { format: "MARKDOWN", text: "**All** of them" },
      assigneeIds: ["5b10ac8d82e05b22cc7d4ef5"],
      tags: [],
      customFields: { Severity: "S2", "Affected services": ["Search", "API"], "Root cause": "A *lock*" },
    } as const;
    expect(states(await update(test, ids, full))).toEqual({ done: 3 });
    expect(writes(test)).toEqual(["issues/fields"]);
    const ticket = await test.connection.ticket(ids[2] ?? "");
    expect(ticket).toMatchObject({ name: "Same", assigneeIds: full.assigneeIds, tags: [] });
    expect(ticket?.description?.to("MARKDOWN")).toContain("**All** of them");
    expect(ticket?.data).toMatchObject({
      customfield_10010: { value: "S2" },
      customfield_10014: [{ value: "Search" }, { value: "API" }],
    });
    const cleared = { description: null, customFields: { Severity: null } };
    // Severity is required there, and goes back to being told so ticket by ticket.
    const refused = await update(test, ids, cleared);
    expect(states(refused)).toEqual({ rejected: 3 });
    expect(refused[0]).toMatchObject({ error: { path: ["customFields", "customfield_10010"] } });
  });

  it("leaves few changes, different ones and those that it can't carry to calls of their own", async () => {
    const test = await open();
    const ids = await found(test, "project = PLAT", 12);
    const changes = [
      ...ids.slice(0, 4).map((ticketId) => ({ ticketId, priority: "High" })),
      ...ids.slice(4, 7).map((ticketId, n) => ({ ticketId, name: `Own ${n}` })),
      ...ids.slice(7, 12).map((ticketId) => ({ ticketId, dueDate: new Date("2026-12-31") })),
    ];
    const outcomes = await test.connection.updateTickets(changes, INTERACTIVE);
    expect(states(outcomes)).toEqual({ done: 12 });
    expect(writes(test)).toEqual(Array.from({ length: 12 }, () => "PUT"));
    const off = await open({ bulkFrom: 0 });
    expect(states(await update(off, await found(off, "project = PLAT", 20), { priority: "Low" }))).toEqual({
      done: 20,
    });
    expect(count(off, "PUT")).toBe(20);
  });

  it("gives each its outcome in order, among changes that go alone and that are refused", async () => {
    const test = await open();
    const ids = await found(test, "project = PLAT", 12);
    const changes: TicketChange[] = ids.flatMap((ticketId, n): TicketChange[] => {
      if (n === 3) return [{ ticketId, name: "Alone" }];
      if (n === 6) return [{ ticketId, priority: "Purple" }];
      return [{ ticketId, priority: n % 2 === 0 ? "High" : "Low" }];
    });
    changes.splice(5, 0, { ticketId: "999999", priority: "High" });
    const outcomes = await test.connection.updateTickets(changes, INTERACTIVE);
    expect(outcomes.map((one) => (one.state === "done" ? one.value.vendorId : one.error.code))).toEqual(
      changes.map(({ ticketId, priority }) =>
        ticketId === "999999" ? "NOT_FOUND" : priority === "Purple" ? "INVALID" : ticketId,
      ),
    );
    expect(writes(test).sort()).toEqual(["PUT", "issues/fields", "issues/fields"]);
  });

  it("takes several changes of one ticket one after another", async () => {
    const test = await open();
    const ids = await found(test, "project = PLAT", 6);
    const round = (priority: string) => ids.map((ticketId) => ({ ticketId, priority }));
    const outcomes = await test.connection.updateTickets([...round("High"), ...round("Low")], INTERACTIVE);
    expect(states(outcomes)).toEqual({ done: 12 });
    expect(writes(test)).toEqual(["issues/fields", "issues/fields"]);
    expect(ids.map((id) => test.jira.state.find(id)?.priorityId)).toEqual(ids.map(() => "4"));
  });
});

describe("moving many of Jira's issues alike", () => {
  it("takes every step of all that make one in one task, by ways that those who stand alike share", async () => {
    const test = await open();
    const waiting = await found(test, 'project = SUP AND issuetype = Task AND status = "To Do"', 5);
    const begun = await found(test, 'project = SUP AND issuetype = Task AND status = "In Progress"', 2);
    const done = await found(test, 'project = SUP AND issuetype = Task AND status = "Done"', 1);
    const all = [...waiting, ...begun, ...done];
    const outcomes = await update(test, all, { statusCategory: "DONE" });
    expect(outcomes.map((one) => one.state === "done" && one.value.vendorId)).toEqual(all);
    const inputs = (
      bodies(test, "/bulk/issues/transition") as { bulkTransitionInputs: { transitionId: string }[] }[]
    ).map(({ bulkTransitionInputs }) => bulkTransitionInputs.map(({ transitionId }) => transitionId));
    expect(inputs).toEqual([["111", "121"], ["121", "131"], ["131"]]);
    const asked = test.jira.calls.filter(({ method, path }) => method === "GET" && path.endsWith("/transitions"));
    expect(asked.length).toBeLessThanOrEqual(4);
    const after = await Promise.all(all.map((id) => test.connection.ticket(id)));
    expect(after.map((ticket) => ticket?.status)).toEqual(all.map(() => "Done"));
  });

  it("edits first and moves then, and tells what stayed where it was", async () => {
    const test = await open();
    const ids = await found(test, 'project = PLAT AND status = "To Do"', 8);
    expect(states(await update(test, ids, { priority: "High", status: "In Progress" }))).toEqual({ done: 8 });
    expect(writes(test)).toEqual(["issues/fields", "issues/transition"]);
    test.jira.faults.add({ kind: "partial", share: 1, operation: "submitBulkTransition" });
    test.jira.faults.add({ kind: "status", status: 400, operation: "doTransition", times: 3 });
    const outcomes = await update(test, ids, { priority: "Low", status: "In Review" });
    expect(states(outcomes)).toEqual({ done: 8 });
    const stayed = outcomes.filter((one) => one.state === "done" && one.faults);
    expect(stayed).toHaveLength(3);
    expect(stayed[0]).toMatchObject({
      faults: [{ path: ["status"], message: expect.stringContaining("In Review") as unknown }],
    });
    expect(ids.map((id) => test.jira.state.find(id)?.priorityId)).toEqual(ids.map(() => "4"));
  });

  it("gives a step with a screen to calls of their own", async () => {
    const test = await open({ bulkFrom: 2 });
    const ids = await found(test, 'project = OPS AND issuetype = Incident AND status != "Done"', 2);
    const customFields = { customfield_10012: "A lock was held." };
    expect(states(await update(test, ids, { status: "Done", customFields }))).toEqual({ done: 2 });
    expect(count(test, "issues/transition") + count(test, "issues/fields")).toBe(0);
    expect(count(test, "transitions")).toBe(2);
  });
});

describe("a bulk operation of Jira's in trouble", () => {
  const KINDS = ["commit-reset", "commit-timeout", "truncated", "empty"] as const;

  it("sends what it refuses for some tickets alone, and tells those that are refused there, too", async () => {
    const test = await open();
    const ids = await found(test, "project = PLAT", 20);
    test.jira.faults.add({ kind: "partial", share: 0.4, operation: "submitBulkEdit" });
    test.jira.faults.add({ kind: "status", status: 400, operation: "editIssue", times: 2 });
    const outcomes = await update(test, ids, { priority: "Lowest" });
    expect(states(outcomes)).toEqual({ done: 18, rejected: 2 });
    const alone = count(test, "PUT");
    expect(alone).toBeGreaterThan(2);
    expect(alone).toBeLessThan(20);
    outcomes.forEach((one, n) => {
      const { priorityId } = test.jira.state.find(ids[n] ?? "") ?? {};
      expect(priorityId === "5").toBe(one.state === "done");
    });
  });

  it.each([400, 403, 404, 410])("goes the usual way where the operation is refused (%d)", async (status) => {
    const test = await open();
    const ids = await found(test, "project = PLAT", 8);
    test.jira.faults.add({ kind: "status", status, operation: "submitBulkEdit" });
    expect(states(await update(test, ids, { priority: "Low" }))).toEqual({ done: 8 });
    expect(states(await update(test, ids, { priority: "High" }))).toEqual({ done: 8 });
    // That the account lacks the permission is remembered.
    expect([count(test, "issues/fields"), count(test, "PUT")]).toEqual([status === 403 ? 1 : 2, 16]);
  });

  it.each(KINDS)("knows nothing where the answer is lost (%s), and writes nothing more", async (kind) => {
    const test = await openTestJira({
      sandbox: { issues: 130 },
      settings: { options: OPTIONS },
      http: { timeoutMs: 1_500 },
    });
    const ids = await found(test, "project = PLAT", 8);
    test.jira.faults.add({ kind, operation: "submitBulkEdit" });
    const outcomes = await update(test, ids, { priority: "Low", status: "In Review" });
    expect(states(outcomes)).toEqual({ unknown: 8 });
    expect(writes(test)).toEqual(["issues/fields"]);
    // The task goes on all the same: that is read from the tickets.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const after = await Promise.all(ids.map((id) => test.connection.ticket(id)));
    expect(after.every((ticket) => ticket?.priority === "Low")).toBe(true);
  });

  it("knows nothing of a task that can't be asked after, and waits through what passes", async () => {
    const test = await open();
    const ids = await found(test, "project = PLAT", 6);
    test.jira.faults.add({ kind: "status", status: 400, operation: "getBulkOperationProgress" });
    const lost = await update(test, ids, { priority: "Low" });
    expect(states(lost)).toEqual({ unknown: 6 });
    expect(lost[0]).toMatchObject({
      error: { sent: "maybe", message: expect.stringContaining("as task 106") as unknown },
    });
    test.jira.faults.clear();
    test.jira.faults.add({ kind: "status", status: 503, operation: "getBulkOperationProgress", times: 4 });
    expect(states(await update(test, ids, { priority: "High" }))).toEqual({ done: 6 });
  });

  it("knows of a task that dies what it told, and of no more", async () => {
    const test = await open();
    const ids = await found(test, "project = PLAT", 10);
    test.jira.faults.add({ kind: "dead-task", operation: "submitBulkEdit" });
    const outcomes = await update(test, ids, { priority: "Lowest" });
    expect(outcomes.map(({ state }) => state)).toEqual(ids.map((_, n) => (n < 5 ? "done" : "unknown")));
    expect(count(test, "PUT")).toBe(0);
  });

  it("waits only so long", async () => {
    const test = await open({ bulkPatienceSeconds: 0.4 }, { taskMs: 60_000 });
    const ids = await found(test, "project = PLAT", 6);
    const outcomes = await update(test, ids, { priority: "Low" });
    expect(states(outcomes)).toEqual({ unknown: 6 });
    expect(outcomes[0]).toMatchObject({ error: { message: expect.stringContaining("not ended yet") as unknown } });
  });

  it("has no more than three tasks of a connection at a time", async () => {
    const test = await open({}, { taskMs: 400 });
    const ids = await found(test, "project = PLAT", 40);
    const groups = Array.from({ length: 8 }, (_, n) => ids.slice(n * 5, n * 5 + 5));
    const outcomes = await Promise.all(groups.map((some, n) => update(test, some, { tags: [`group-${n}`] })));
    expect(states(outcomes.flat())).toEqual({ done: 40 });
    expect(test.jira.calls.filter(({ status }) => status === 429)).toEqual([]);
    expect(count(test, "issues/fields")).toBe(8);
  });
});
