import { jira as vendor } from "../../../src/connectors/jira/index.js";
import { startJiraSandbox } from "../../../src/sandbox/jira/server.js";
import { connect } from "../../support/connect.js";
import type { Subject } from "../subject.js";

/** Jira Cloud in small. */
export const jira: Subject = {
  vendor,
  async open(options) {
    const sandbox = await startJiraSandbox({ issues: 10 });
    const { url: baseUrl, email, apiToken } = sandbox;
    const connection = connect(vendor, { baseUrl, credentials: { email, apiToken } }, options);
    return {
      connection,
      sandbox,
      creating: /^createIssues?$/,
      secrets: [apiToken, Buffer.from(`${email}:${apiToken}`).toString("base64")],
      least: { projectId: "10000", typeId: "10002", customFields: {} },
      refused: { assigneeIds: ["712020:nobody-at-all"] },
      lacking: { draft: { projectId: "10002", typeId: "10005" }, path: ["customFields", "customfield_10010"] },
      misspelt: {
        draft: { typeId: "10003", customFields: { Severity: "S2", "Affected services": ["Paymnets"] } },
        path: ["customFields", "Affected services", "0"],
        meant: "Payments",
      },
      full: {
        status: "In Progress",
        priority: "High",
        assigneeIds: ["5b10ac8d82e05b22cc7d4ef5"],
        reporterIds: ["5b10a2844c20165700ede21g"],
        parentId: String(sandbox.state.find("PLAT-1")?.id),
        tags: ["blue", "red"],
        dueDate: new Date("2026-12-31"),
        customFields: { customfield_10011: 5 },
      },
      changes: {
        name: "Another name",
        description: { format: "PLAIN", text: "Another text" },
        status: "In Review",
        statusCategory: "IN_PROGRESS",
        priority: "Low",
        assigneeIds: ["5b10a2844c20165700ede21g"],
        parentId: String(sandbox.state.find("PLAT-1")?.id),
        tags: ["green"],
        dueDate: new Date("2027-01-31"),
        customFields: { customfield_10011: 8 },
      },
      query: "project = PLAT",
      async close() {
        await connection.close();
        await sandbox.close();
      },
    };
  },
};
