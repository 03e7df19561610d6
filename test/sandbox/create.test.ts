import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { at, keysIn, list, openClient, paragraph, task, type Client } from "./client.js";

const INCIDENT = { project: { key: "OPS" }, issuetype: { name: "Incident" }, summary: "Down" };
const SUBTASK = { project: { key: "PLAT" }, issuetype: { name: "Sub-task" }, summary: "Part" };

/** What is refused, and in which words. */
const REFUSED: readonly (readonly [what: string, fields: Record<string, unknown>, errors: Record<string, string>])[] = [
  ["no project", { project: undefined }, { project: "Specify a valid project ID or key" }],
  ["a project that isn't there", { project: { key: "NOPE" } }, { project: "Specify a valid project ID or key" }],
  ["no type", { issuetype: undefined }, { issuetype: "Specify an issue type" }],
  [
    "a type of another project",
    { issuetype: { name: "Incident" } },
    { issuetype: "The issue type selected is invalid." },
  ],
  ["no summary", { summary: undefined }, { summary: "Summary is required." }],
  ["an empty summary", { summary: "  " }, { summary: "You must specify a summary of the issue." }],
  ["two lines", { summary: "a\nb" }, { summary: "The summary is invalid because it contains newline characters." }],
  ["a long summary", { summary: "x".repeat(256) }, { summary: "Summary can't exceed 255 characters." }],
  [
    "text for a document",
    { description: "text" },
    { description: "Operation value must be an Atlassian Document (see the Atlassian Document Format)" },
  ],
  [
    "a long description",
    { description: paragraph("x".repeat(32_768)) },
    { description: "The entered text is too long. It exceeds the allowed limit of 32,767 characters." },
  ],
  [
    "an unknown field",
    { customfield_99999: 1 },
    { customfield_99999: "Field 'customfield_99999' cannot be set. It is not on the appropriate screen, or unknown." },
  ],
  [
    "a field of another type's screen",
    { customfield_10010: { value: "S1" } },
    { customfield_10010: "Field 'customfield_10010' cannot be set. It is not on the appropriate screen, or unknown." },
  ],
  ["a label with a space", { labels: ["ok", "a b"] }, { labels: "The label 'a b' contains spaces which is invalid." }],
  ["a priority that isn't there", { priority: { name: "Urgent" } }, { priority: "The priority selected is invalid." }],
  [
    "a priority without name or id",
    { priority: "High" },
    { priority: "Specify the Priority (id or name) in the string format" },
  ],
  ["somebody who isn't there", { assignee: { accountId: "nobody" } }, { assignee: "User 'nobody' does not exist." }],
  [
    "somebody who has left",
    { assignee: { id: "63d4e5f6a7b8c90004152637" } },
    { assignee: "User '63d4e5f6a7b8c90004152637' cannot be assigned issues." },
  ],
  ["a reporter who isn't there", { reporter: { id: "nobody" } }, { reporter: "The reporter specified is not a user." }],
  ["a parent that isn't there", { parent: { key: "PLAT-9999" } }, { parent: "Could not find issue by id or key." }],
  [
    "a task under a task",
    { parent: { key: "PLAT-8" } },
    { parentId: "Given parent work item does not belong to appropriate hierarchy." },
  ],
  ["a day that doesn't exist", { duedate: "2026-02-30" }, { duedate: "Error parsing date string: 2026-02-30" }],
  ["words for a number", { customfield_10011: "five" }, { customfield_10011: "Operation value must be a number" }],
  ["an incident without severity", INCIDENT, { customfield_10010: "Severity is required." }],
  [
    "an option that isn't there",
    { ...INCIDENT, customfield_10010: { value: "S9" } },
    { customfield_10010: "Option value 'S9' is not valid" },
  ],
  [
    "an option's id that isn't there",
    { ...INCIDENT, customfield_10010: { id: "1" } },
    { customfield_10010: "Option id '1' is not valid" },
  ],
  [
    "an option as text",
    { ...INCIDENT, customfield_10010: "S1" },
    { customfield_10010: "Specify a valid 'id' or 'value' for Severity" },
  ],
  [
    "a time without offset",
    { ...INCIDENT, customfield_10010: { value: "S1" }, customfield_10015: "2026-01-01" },
    { customfield_10015: "Error parsing time: 2026-01-01" },
  ],
  [
    "a sub-task without parent",
    SUBTASK,
    { issuetype: "Issue type is a sub-task but parent issue key or id not specified." },
  ],
  [
    "a sub-task elsewhere",
    { ...SUBTASK, parent: { key: "SUP-1" } },
    { project: "Sub-tasks must be created in the same project as the parent." },
  ],
];

describe("creating an issue", () => {
  let client: Client;
  beforeAll(async () => {
    client = await openClient();
  });
  afterAll(() => client.close());

  it.each(REFUSED.map(([what, fields, errors]) => ({ what, fields, errors })))(
    "refuses $what",
    async ({ fields, errors }) => {
      const before = client.jira.state.size;
      const { status, body } = await client.call("POST", "/issue", { fields: { ...task("Good").fields, ...fields } });
      expect({ status, body }).toEqual({ status: 400, body: { errorMessages: [], errors } });
      expect(client.jira.state.size).toBe(before);
    },
  );

  it.each([
    ["an unknown kind of node", { description: { type: "doc", version: 1, content: [{ nope: 1 }] } }],
    ["a NUL character", { summary: "a\0b" }],
  ])("refuses %s with one word", async (_what, fields) => {
    const { status, body } = await client.call("POST", "/issue", task("x", fields));
    expect({ status, body }).toEqual({ status: 400, body: { errorMessages: ["INVALID_INPUT"], errors: {} } });
  });

  it("refuses a field that is set twice", async () => {
    const { status, body } = await client.call("POST", "/issue", {
      ...task("x", { labels: ["a"] }),
      update: { labels: [{ add: "b" }] },
    });
    expect(status).toBe(400);
    expect(at(body, "errors", "labels")).toBe("Field 'labels' cannot be in both 'fields' and 'update'.");
  });

  it("keeps every field, as a read shows", async () => {
    const cause = paragraph("A lock.");
    const created = await client.call("POST", "/issue", {
      fields: {
        project: { id: "10002" },
        issuetype: { id: "10005" },
        summary: "Payments fail 💥 שלום",
        description: paragraph("Since noon."),
        priority: { name: "Highest" },
        assignee: { accountId: "5b109f2e9729b51b54dc274d" },
        reporter: { id: "5b10a2844c20165700ede21g" },
        duedate: "2026-02-01",
        customfield_10010: { value: "S1" },
        customfield_10012: cause,
        customfield_10013: "Contoso",
        customfield_10014: [{ value: "Payments" }, { id: "20032" }],
        customfield_10015: "2026-01-12T10:02:00.000+0100",
      },
      update: { labels: [{ add: "b" }, { add: "a" }] },
      properties: [{ key: "ticketgraph", value: { identifier: "x-1" } }],
    });
    expect(created.status).toBe(201);
    const path = `/issue/${String(at(created.body, "key"))}?properties=ticketgraph`;
    const { body } = await client.call("GET", path);
    expect(body).toMatchObject({
      id: at(created.body, "id"),
      properties: { ticketgraph: { identifier: "x-1" } },
      fields: {
        summary: "Payments fail 💥 שלום",
        description: paragraph("Since noon."),
        priority: { id: "1", name: "Highest" },
        assignee: { displayName: "Alok Mehta", emailAddress: "alok@acme.example" },
        reporter: { displayName: "Mia Krystof" },
        labels: ["a", "b"],
        duedate: "2026-02-01",
        status: { name: "To Do", statusCategory: { key: "new" } },
        customfield_10010: { value: "S1" },
        customfield_10012: cause,
        customfield_10013: "Contoso",
        customfield_10014: [{ value: "Payments" }, { value: "API" }],
        customfield_10015: "2026-01-12T09:02:00.000+0000",
      },
    });
  });

  it("does the transition that came along, and tells when it can't", async () => {
    const done = await client.call("POST", "/issue", { ...task("Finished"), transition: { id: "41" } });
    const stuck = await client.call("POST", "/issue", { ...task("Stuck"), transition: { id: "111" } });
    const unfilled = await client.call("POST", "/issue", {
      fields: { ...INCIDENT, customfield_10010: { value: "S2" } },
      transition: { id: "231" },
    });
    expect(at(done.body, "transition")).toEqual({ status: 200, errorCollection: { errorMessages: [], errors: {} } });
    expect(at(stuck.body, "transition")).toEqual({
      status: 400,
      errorCollection: { errorMessages: ["Transition id '111' is not valid for this issue."], errors: {} },
    });
    expect(at(unfilled.body, "transition", "errorCollection", "errors")).toEqual({
      customfield_10012: "Root cause is required.",
    });
    const keys = [done, stuck, unfilled].map(({ body }) => at(body, "key"));
    const { body } = await client.call("POST", "/issue/bulkfetch", { issueIdsOrKeys: keys, fields: ["status"] });
    expect(list(body, "issues").map((issue) => at(issue, "fields", "status", "name"))).toEqual([
      "Done",
      "To Do",
      "To Do",
    ]);
  });

  it.each([
    ["no JSON", "{", 400, "There was an error parsing JSON. Check that your request body is valid."],
    ["no object", "[]", 400, "Invalid request payload. Refer to the REST API documentation and try again."],
    ["nothing", undefined, 400, "No content to map to Object due to end of input"],
  ])("refuses a body that is %s", async (_what, sent, status, message) => {
    const answer = await client.call("POST", "/issue", sent);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ errorMessages: [message] });
  });

  it("answers 410 where the old search was, 405 and 404 in the form of a problem", async () => {
    const old = await client.call("GET", "/search?jql=project%3DPLAT");
    const method = await client.call("DELETE", "/serverInfo");
    const nowhere = await client.call("GET", "/nowhere");
    expect(old.status).toBe(410);
    expect(method).toMatchObject({ status: 405, body: { detail: "Method 'DELETE' is not supported." } });
    expect(method.headers.get("allow")).toBe("GET");
    expect(nowhere).toMatchObject({ status: 404, body: { detail: "No endpoint GET /rest/api/3/nowhere." } });
    expect(nowhere.headers.get("content-type")).toBe("application/problem+json;charset=UTF-8");
    expect(keysIn(nowhere.body)).toEqual([]);
  });
});
