import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { jiraDescription, NO_DESCRIPTION } from "../support/jira-description.js";
import { openClient, paragraph, task, type Client } from "./client.js";

const description = jiraDescription();

/** Every operation once or more, as method, path and body. */
const CALLS: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ["POST", "/issue", task("One", { description: paragraph("Text"), labels: ["a"], priority: { id: "1" } })],
  ["POST", "/issue", { fields: { project: { key: "PLAT" }, issuetype: { id: "10002" }, summary: "a\nb" } }],
  [
    "POST",
    "/issue/bulk",
    { issueUpdates: [task("Two"), { ...task("Three"), transition: { id: "41" } }, task("a\nb")] },
  ],
  ["POST", "/issue/bulkfetch", { issueIdsOrKeys: ["PLAT-1", "10007", "NO-1"], fields: ["*all"], properties: ["x"] }],
  ["GET", "/issue/PLAT-7"],
  ["GET", "/issue/PLAT-7?fields=summary&properties=a&properties=b"],
  ["PUT", "/issue/PLAT-7", { fields: { summary: "Changed" } }],
  ["GET", "/issue/PLAT-7/transitions?expand=transitions.fields"],
  ["POST", "/issue/PLAT-7/transitions", { transition: { id: "31" } }],
  [
    "POST",
    "/bulk/issues/fields",
    {
      selectedActions: ["priority", "labels"],
      selectedIssueIdsOrKeys: ["PLAT-7", "PLAT-99999"],
      editedFieldsInput: {
        priority: { priorityId: "1" },
        labelsFields: [{ fieldId: "labels", bulkEditMultiSelectFieldOption: "REPLACE", labels: [{ name: "a" }] }],
      },
      sendBulkNotification: false,
    },
  ],
  [
    "POST",
    "/bulk/issues/fields",
    {
      selectedActions: [],
      selectedIssueIdsOrKeys: ["PLAT-7"],
      editedFieldsInput: { priority: { priorityId: "1" } },
    },
  ],
  [
    "POST",
    "/bulk/issues/transition",
    { bulkTransitionInputs: [{ transitionId: "21", selectedIssueIdsOrKeys: ["PLAT-7"] }], sendBulkNotification: false },
  ],
  ["GET", "/bulk/queue/10641"],
  ["GET", "/bulk/queue/1"],
  ["PUT", "/issue/PLAT-7/assignee", { accountId: null }],
  ["GET", "/issue/PLAT-7/comment"],
  ["POST", "/issue/PLAT-7/comment", { body: paragraph("Text") }],
  ["PUT", "/issue/PLAT-7/properties/a.b", { x: 1 }],
  ["GET", "/issue/PLAT-7/properties/a.b"],
  ["DELETE", "/issue/PLAT-7/properties/a.b"],
  ["GET", "/search/jql?jql=project%20%3D%20PLAT&fields=summary&fields=status&maxResults=2"],
  ["POST", "/search/jql", { jql: "project = OPS", fields: ["*all"], maxResults: 20, reconcileIssues: [10001] }],
  ["POST", "/search/jql", { jql: "nonsense" }],
  ["POST", "/search/approximate-count", { jql: "project = PLAT" }],
  ["GET", "/project/search?query=plat&id=10000&expand=lead"],
  ["GET", "/project/PLAT"],
  ["GET", "/project/PLAT/statuses"],
  ["GET", "/issue/createmeta/OPS/issuetypes"],
  ["GET", "/issue/createmeta/OPS/issuetypes/10005"],
  ["GET", "/issuetype"],
  ["GET", "/issuetype/project?projectId=10000"],
  ["GET", "/user/bulk?accountId=5b10a2844c20165700ede21g"],
  ["GET", "/user/assignable/search?project=PLAT&query=mia"],
  ["GET", "/user/assignable/multiProjectSearch?projectKeys=PLAT,SUP"],
  ["GET", "/users/search"],
  ["GET", "/user/search?query=mia"],
  ["GET", "/user?accountId=5b10a2844c20165700ede21g"],
  ["GET", "/myself"],
  ["GET", "/serverInfo"],
  ["GET", "/priority"],
  ["GET", "/status"],
  ["GET", "/field"],
  ["GET", "/label"],
  ["DELETE", "/issue/PLAT-14"],
];

// What Jira's servers send and its description doesn't know; the sandbox imitates the servers.
const UNDESCRIBED = [
  /^answer\/(created|started|updated) must be string$/,
  /\(untranslatedName\)$/,
  /^answer must NOT have additional properties \(defaultLocale\)$/,
];

describe("the answers, by the vendor's own description", () => {
  let client: Client;
  beforeAll(async () => {
    client = await openClient();
  });
  afterAll(() => client.close());

  if (!description) it.skip(NO_DESCRIPTION, () => undefined);
  else
    it.each(CALLS.map((call) => ({ name: `${call[0]} ${call[1]}`, call })))(
      "$name",
      async ({ call: [method, path, sent] }) => {
        const { status, body } = await client.call(method, path, sent);
        const call = client.jira.calls.at(-1);
        const violations = call ? description.checkAnswer(call, status, body) : ["no call was recorded"];
        expect(violations.filter((violation) => !UNDESCRIBED.some((known) => known.test(violation)))).toEqual([]);
      },
    );
});
