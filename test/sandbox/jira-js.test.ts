import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createCloudClient } from "jira.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";

describe("a published Jira client, which checks every answer's form", () => {
  let sandbox: JiraSandbox;
  let jira: ReturnType<typeof createCloudClient>;
  beforeAll(async () => {
    sandbox = await startJiraSandbox();
    const auth = { type: "basic" as const, email: sandbox.email, apiToken: sandbox.apiToken };
    jira = createCloudClient({ host: sandbox.url, auth, onSchemaMismatch: "throw" });
  });
  afterAll(() => sandbox.close());

  it("creates, reads, changes, moves on and comments on an issue", async () => {
    const { key = "" } = await jira.issues.createIssue({
      fields: { project: { key: "SUP" }, issuetype: { name: "Bug" }, summary: "Made by a client", labels: ["one"] },
    });
    await jira.issues.editIssue({ issueIdOrKey: key, fields: { summary: "Changed by a client" } });
    const { transitions = [] } = await jira.issues.getTransitions({ issueIdOrKey: key });
    await jira.issues.doTransition({ issueIdOrKey: key, transition: { id: transitions[0]?.id } });
    await jira.issueComments.addComment({
      issueIdOrKey: key,
      body: { type: "doc", version: 1, content: [{ type: "paragraph", content: [{ type: "text", text: "Done." }] }] },
    });

    const issue = await jira.issues.getIssue({ issueIdOrKey: key });
    const { comments } = await jira.issueComments.getComments({ issueIdOrKey: key });
    expect(transitions.map(({ name }) => name)).toEqual(["Start work"]);
    expect(issue.fields).toMatchObject({ summary: "Changed by a client", status: { name: "In Progress" } });
    expect(comments).toHaveLength(1);
  });

  it("creates in bulk, and fetches in bulk by id and key", async () => {
    const { issues = [] } = await jira.issues.createIssues({
      issueUpdates: ["First", "Second"].map((summary) => ({
        fields: { project: { key: "PLAT" }, issuetype: { name: "Task" }, summary },
      })),
    });
    const fetched = await jira.issues.bulkFetchIssues({
      issueIdsOrKeys: [issues[1]?.key ?? "", issues[0]?.id ?? "", "PLAT-99999"],
      fields: ["summary"],
    });
    expect(fetched.issues?.map(({ fields }) => fields?.summary as unknown)).toEqual(["First", "Second"]);
  });

  it("searches page by page until the last", async () => {
    const keys: (string | undefined)[] = [];
    let nextPageToken: string | undefined;
    do {
      const page = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({
        jql: "project = SUP ORDER BY key ASC",
        fields: ["summary"],
        maxResults: 7,
        ...(nextPageToken && { nextPageToken }),
      });
      keys.push(...(page.issues ?? []).map(({ key }) => key));
      nextPageToken = page.nextPageToken ?? undefined;
    } while (nextPageToken);
    const inSupport = [...sandbox.state.all()].filter(({ projectId }) => projectId === "10001").map(({ key }) => key);
    expect(keys).toEqual(inSupport);
  });

  it("reads projects, types, fields, people and the site", async () => {
    const { values = [] } = await jira.projects.searchProjects({ expand: "lead,issueTypes" });
    const types = await jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: "OPS" });
    const incident = await jira.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: "OPS", issueTypeId: "10005" });
    const me = await jira.myself.getCurrentUser({});
    const assignable = await jira.userSearch.findAssignableUsers({ project: "PLAT", query: "zo" });
    const mia = await jira.users.getUser({ accountId: "5b10a2844c20165700ede21g" });
    const info = await jira.serverInfo.getServerInfo();
    expect(values.map(({ key }) => key)).toEqual(["OPS", "PLAT", "SUP"]);
    expect(types.issueTypes?.map(({ name }) => name)).toEqual(["Task", "Incident", "Sub-task"]);
    expect(incident.fields?.find(({ name }) => name === "Severity")).toMatchObject({ required: true });
    expect(me.emailAddress).toBe(sandbox.email);
    expect(assignable.map(({ displayName }) => displayName)).toEqual(["Zoë Färber"]);
    expect(mia.displayName).toBe("Mia Krystof");
    expect(info.deploymentType).toBe("Cloud");
  });
});
