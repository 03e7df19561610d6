import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fieldOf, ticketOf } from "../../../src/connectors/jira/map.js";
import { jiraSettings } from "../../../src/connectors/jira/settings.js";
import { WireField, WireIssue } from "../../../src/connectors/jira/wire.js";

const site = jiraSettings.parse({ baseUrl: "https://acme.atlassian.net", credentials: { email: "a", apiToken: "b" } });
const folder = new URL("./fixtures/", import.meta.url);
const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Record<string, unknown>;
const ticket = (issue: unknown) =>
  ticketOf(WireIssue.parse(issue), (issue as { fields?: Record<string, unknown> }).fields ?? {}, site);

describe("Jira's records", () => {
  it.each(readdirSync(folder))("%s says where it comes from", (file) => {
    expect(fixture(file.replace(".json", ""))["_source"]).toMatch(/^https:\/\/developer\.atlassian\.com\//);
  });

  it("become tickets", () => {
    const { data, along, description, ...rest } = ticket(fixture("issue"));
    expect(rest).toEqual({
      vendorId: "10002",
      key: "ED-1",
      identifier: "order-17",
      name: "Main order flow broken",
      status: "In Review",
      statusCategory: "IN_PROGRESS",
      statusUpdatedAt: new Date("2026-01-02T08:30:00Z"),
      priority: "Highest",
      priorityLevel: "HIGHEST",
      typeId: "10003",
      projectId: "10000",
      assigneeIds: ["5b10a2844c20165700ede21g"],
      createdById: "5b10ac8d82e05b22cc7d4ef5",
      reporterIds: ["5b10ac8d82e05b22cc7d4ef5"],
      parentId: "10001",
      tags: ["bugfix", "blitz_test"],
      active: true,
      url: "https://acme.atlassian.net/browse/ED-1",
      createdAt: new Date("2026-01-01T10:39:00Z"),
      updatedAt: new Date("2026-01-02T11:39:00Z"),
      dueDate: new Date("2026-05-11T00:00:00Z"),
      closedAt: null,
      revision: null,
    });
    expect(description?.to("MARKDOWN")).toBe("Order entry **fails** when selecting supplier.");
    expect(data).toHaveProperty("customfield_30000", ["10000", "10002"]);
    expect(along?.users?.map(({ name }) => name)).toEqual(["Mia Krystof", "Emma Richards", "Emma Richards"]);
  });

  it("may leave out nearly everything", () => {
    expect(ticket({ id: "1" })).toMatchObject({
      key: null,
      name: "",
      description: null,
      status: "",
      statusCategory: "UNKNOWN",
      priorityLevel: null,
      assigneeIds: [],
      url: null,
      createdAt: null,
      active: true,
    });
    const nulls = { summary: null, status: null, assignee: null, labels: null, created: null, project: null };
    expect(ticket({ id: "1", key: "A-1", fields: nulls })).toMatchObject({
      name: "",
      assigneeIds: [],
      tags: [],
      createdAt: null,
    });
  });

  it("with words that nobody knows keep them, and have no common meaning", () => {
    const fields = {
      status: { name: "Eskaliert", statusCategory: { key: "limbo" } },
      priority: { name: "P0 🔥" },
      created: "the day before yesterday",
      customfield_1: { anything: [1, { at: "all" }] },
    };
    expect(ticket({ id: "1", fields })).toMatchObject({
      status: "Eskaliert",
      statusCategory: "UNKNOWN",
      priority: "P0 🔥",
      priorityLevel: null,
      createdAt: null,
      data: { customfield_1: { anything: [1, { at: "all" }] } },
    });
  });

  it("with any JSON in their custom fields never break", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().map((name) => `customfield_${name}`),
          fc.jsonValue(),
        ),
        (fields) => {
          expect(ticket({ id: "1", fields }).data).toEqual({ ...fields });
        },
      ),
      { numRuns: 500 },
    );
  });

  it("of a field tell what a form needs", () => {
    const { fields } = fixture("createmeta-fields") as { fields: unknown[] };
    expect(fields.map((field) => fieldOf(WireField.parse(field)))).toEqual([
      { id: "summary", name: "Summary", type: "TEXT", required: true, defaultValue: null, allowedValues: [] },
      {
        id: "customfield_10010",
        name: "Severity",
        type: "OPTION",
        required: true,
        defaultValue: null,
        allowedValues: [{ vendorId: "20020", name: "S1" }],
      },
      expect.objectContaining({ id: "labels", required: false }),
    ]);
  });
});
