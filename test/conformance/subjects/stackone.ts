import { stackone as vendor } from "../../../src/connectors/stackone/index.js";
import { startStackOneSandbox } from "../../../src/sandbox/stackone/server.js";
import { connect } from "../../support/connect.js";
import type { Subject } from "../subject.js";

/** StackOne in small. */
export const stackone: Subject = {
  vendor,
  async open(options) {
    const sandbox = await startStackOneSandbox();
    const { url: baseUrl, apiKey, accountId, state } = sandbox;
    const connection = connect(vendor, { baseUrl, accountId, credentials: { apiKey } }, options);
    return {
      connection,
      sandbox,
      creating: /^ticketing_create_ticket$/,
      secrets: [apiKey, Buffer.from(`${apiKey}:`).toString("base64")],
      least: { projectId: "project-001", typeId: "ticket-type-001", customFields: {} },
      refused: { typeId: "ticket-type-999" },
      misspelt: {
        draft: { own: { componentIds: ["component-02"] } },
        path: ["vendor", "stackone", "componentIds", "0"],
        meant: "component-002",
      },
      full: {
        priority: "Burning",
        assigneeIds: ["user-002", "user-003"],
        reporterIds: ["user-001", "user-004"],
        parentId: "ticket-001",
        tags: ["blue", "red"],
        customFields: { severity: "S2" },
        own: { componentIds: ["component-002"], organizationId: "organization-001" },
      },
      changes: {
        name: "Another name",
        description: { format: "PLAIN", text: "Another text" },
        status: "Solved",
        statusCategory: "DONE",
        priority: "Low",
        assigneeIds: ["user-005"],
        reporterIds: ["user-006"],
        parentId: "ticket-002",
        tags: ["green"],
        customFields: { severity: "S1" },
      },
      query: null,
      discussed: "ticket-001",
      async strange() {
        const [ticket] = state.tickets;
        if (!ticket) throw new Error("There is no ticket.");
        ticket.strangeStatus = "Gone fishing";
        ticket.priority = { id: "9", value: "unmapped_value", source_value: "Purple" };
        return { id: ticket.id, status: "Gone fishing", priority: "Purple" };
      },
      async close() {
        await connection.close();
        await sandbox.close();
      },
    };
  },
};
