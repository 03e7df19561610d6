import { createTicket } from "../../support/create.js";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createdEach } from "../../../src/connectors/jira/outcomes.js";
import { CreatedIssues } from "../../../src/connectors/jira/wire.js";
import { jiraDescription, NO_DESCRIPTION } from "../../support/jira-description.js";
import { draft, openTestJira } from "./support.js";

const isHere = jiraDescription() !== undefined;
(isHere ? it : it.skip)(isHere ? "requests are held against Jira's own description" : NO_DESCRIPTION, async () => {
  const description = jiraDescription();
  const fields = { project: { id: "1" }, issuetype: { id: "2" }, summary: "Three" };
  const call = { method: "POST", path: "/rest/api/3/issue/bulk", query: new URLSearchParams() };
  expect(description?.check({ ...call, body: { issueUpdates: [{ fields }] } })).toEqual([]);
  for (const wrong of [{ fields: {} }, { feilds: fields }, { fields, transition: "done" }])
    expect(description?.check({ ...call, body: { issueUpdates: [wrong] } })).not.toEqual([]);
});

describe("a bulk create", () => {
  it("gives each draft its own outcome whatever subset fails", () => {
    const failures = fc.array(fc.boolean(), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(failures, fc.boolean(), (fails, isNull) => {
        const issues = fails.flatMap((isFailed, n) => (isFailed ? [] : [{ id: `${n}`, key: `P-${n}` }]));
        const errors = fails.flatMap((isFailed, failedElementNumber) =>
          isFailed
            ? [
                {
                  status: 400,
                  failedElementNumber,
                  elementErrors: { errors: { summary: `no ${failedElementNumber}` } },
                },
              ]
            : [],
        );
        // In any order, and with the list that nothing is in left out.
        errors.reverse();
        const body = {
          issues: isNull && issues.length === 0 ? null : issues,
          errors: isNull && errors.length === 0 ? null : errors,
        };
        createdEach(fails.length, CreatedIssues.parse(body)).forEach((created, n) => {
          if (fails[n]) expect(created.error?.message).toBe(`no ${n}`);
          else expect(created.issue?.id).toBe(`${n}`);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it("tells as unknown what an answer doesn't let it tell apart", () => {
    const failed = { status: 400, failedElementNumber: 1, elementErrors: { errorMessages: ["no"] } };
    for (const [count, body] of [
      [3, { issues: [{ id: "1" }], errors: [failed] }],
      [3, { issues: [{ id: "1" }, { id: "1" }], errors: [failed] }],
      [2, { issues: [{ id: "1" }], errors: [{ ...failed, failedElementNumber: 7 }] }],
    ] as const) {
      const created = createdEach(count, CreatedIssues.parse(body));
      expect(created.filter(({ issue }) => issue)).toEqual([]);
      expect(created.some((one) => one.error && !one.isKnown)).toBe(true);
    }
  });

  it("goes in calls of at most 50, each answer to its draft", async () => {
    const { jira, connection } = await openTestJira();
    const names = Array.from({ length: 120 }, (_, n) => `Number ${n}`);
    const outcomes = await Promise.all(names.map((name) => createTicket(connection, draft(name))));
    const made = outcomes.map((outcome) =>
      outcome.state === "done" ? jira.state.find(outcome.value.vendorId)?.summary : outcome.state,
    );
    expect(made).toEqual(names);
    const sizes = jira.calls
      .filter(({ path }) => path.endsWith("/issue/bulk"))
      .map(({ body }) => (body as { issueUpdates: unknown[] }).issueUpdates.length);
    expect(sizes).toEqual([50, 50, 20]);
  });

  it.each([0.3, 1])("maps Jira's own partial failures (%s of them) to the right drafts", async (share) => {
    const { jira, connection } = await openTestJira();
    jira.faults.add({ kind: "partial", share });
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, n) => createTicket(connection, draft(`Number ${n}`))),
    );
    const summaries = new Set([...jira.state.all()].map(({ summary }) => summary));
    outcomes.forEach((outcome, n) => expect(outcome.state === "done").toBe(summaries.has(`Number ${n}`)));
    const failed = outcomes.filter(({ state }) => state === "rejected").length;
    expect(failed).toBe(share === 1 ? 40 : outcomes.length - outcomes.filter(({ state }) => state === "done").length);
    expect(failed).toBeGreaterThan(0);
  });

  it.each(["commit-reset", "reset-mid", "truncated", "empty", "null-body", "html-200"] as const)(
    "whose answer is lost (%s) is unknown, and not sent again",
    async (kind) => {
      const { jira, connection } = await openTestJira();
      jira.faults.add({ kind, operation: "/createIssues?$/" });
      const outcomes = await Promise.all([draft("One"), draft("Two")].map((one) => createTicket(connection, one)));
      expect(outcomes.map(({ state }) => state)).toEqual(["unknown", "unknown"]);
      expect(jira.calls.filter(({ method, path }) => method === "POST" && /\/issue(\/bulk)?$/.test(path))).toHaveLength(
        1,
      );
    },
  );

  it("that never gets an answer is unknown when its time is over", async () => {
    const { jira, connection } = await openTestJira({ http: { timeoutMs: 400 } });
    jira.faults.add({ kind: "commit-timeout", operation: "createIssue" });
    const outcome = await createTicket(connection, draft("Slow"));
    expect(outcome).toMatchObject({ state: "unknown", error: { code: "TIMEOUT" } });
  });

  it("keeps the identifier out of people's sight, or as a label where that is asked for", async () => {
    const hidden = await openTestJira();
    const shown = await openTestJira({ settings: { options: { identifierAs: "label" } } });
    for (const { jira, connection } of [hidden, shown]) {
      const outcome = await createTicket(connection, draft("Named", { identifier: "order-17", tags: ["printer"] }));
      if (outcome.state !== "done") throw outcome.error;
      const ticket = await connection.ticket(outcome.value.vendorId);
      expect(ticket).toMatchObject({ identifier: "order-17", tags: ["printer"] });
      const labels = jira.state.find(outcome.value.vendorId)?.labels;
      expect(labels).toEqual(connection === shown.connection ? ["printer", "tg:order-17"] : ["printer"]);
    }
  });
});
