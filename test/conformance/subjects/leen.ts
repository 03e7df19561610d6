import { leen as vendor } from "../../../src/connectors/leen/index.js";
import { startLeenSandbox } from "../../../src/sandbox/leen/server.js";
import { uuid } from "../../../src/sandbox/leen/state.js";
import { connect } from "../../support/connect.js";
import type { Subject } from "../subject.js";

/** Leen in small. */
export const leen: Subject = {
  vendor,
  async open(options) {
    const sandbox = await startLeenSandbox({ tickets: 8 });
    const { baseUrl, apiKey, connectionId, state } = sandbox;
    const connection = connect(vendor, { baseUrl, credentials: { apiKey, connectionId } }, options);
    return {
      connection,
      sandbox,
      creating: /^(sync_bulk_)?create_tickets?$/,
      secrets: [apiKey],
      least: { projectId: "SEC", typeId: "10034", customFields: {} },
      refused: { priority: "Nobody knows" },
      lacking: { draft: { typeId: null }, path: ["type"] },
      full: {
        status: "IN_PROGRESS",
        priority: "HIGH",
        assigneeIds: [uuid(2, 2)],
        parentId: state.tickets[0]?.id ?? "",
      },
      changes: {
        name: "Another name",
        description: { format: "PLAIN", text: "Another text" },
        status: "RESOLVED",
        statusCategory: "DONE",
        priority: "LOW",
        assigneeIds: [uuid(2, 3)],
      },
      query: "project = SEC",
      async strange() {
        const [ticket] = state.tickets;
        if (!ticket) throw new Error("There is no ticket.");
        ticket.status = "FROZEN";
        ticket.priority = "PURPLE";
        return { id: ticket.id ?? "", status: "FROZEN", priority: "PURPLE" };
      },
      async close() {
        await connection.close();
        await sandbox.close();
      },
    };
  },
};
