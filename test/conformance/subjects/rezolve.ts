import { rezolve as vendor } from "../../../src/connectors/rezolve/index.js";
import { startRezolveSandbox } from "../../../src/sandbox/rezolve/server.js";
import { PRIORITY_FIELD } from "../../../src/sandbox/rezolve/catalog.js";
import { connect } from "../../support/connect.js";
import type { Subject } from "../subject.js";

/** Rezolve.ai in small. */
export const rezolve: Subject = {
  vendor,
  async open(options) {
    const sandbox = await startRezolveSandbox({ tickets: 8 });
    const { url: baseUrl, tenantId, realm, token, state } = sandbox;
    const connection = connect(vendor, { baseUrl, tenantId, realm, credentials: { token } }, options);
    return {
      connection,
      sandbox,
      creating: /^create$/,
      secrets: [token],
      least: { projectId: "james", typeId: "16910", own: { offerId: "23629" }, customFields: {} },
      refused: { customFields: { Reason: "x".repeat(5_001) } },
      lacking: {
        draft: { projectId: "it", typeId: "16911", own: { offerId: "23700" } },
        path: ["customFields", "Field Number"],
      },
      misspelt: { draft: { priority: "Hgih" }, path: ["priority"], meant: "High" },
      full: { priority: "High", customFields: { Reason: "Need a replacement laptop", "Needed Within": "<2week" } },
      changes: {
        description: { format: "PLAIN", text: "Another text" },
        status: "In Progress",
        priority: "Low",
        customFields: { Reason: "Another reason" },
      },
      query: "request",
      async strange() {
        const [ticket] = state.tickets;
        if (!ticket) throw new Error("There is no ticket.");
        ticket.statusType = "Frozen";
        ticket.statusCategory = "Frozen Category";
        ticket.data = { ...ticket.data, [PRIORITY_FIELD]: "Purple" };
        return { id: ticket.objectId, status: "Frozen", priority: "Purple" };
      },
      async close() {
        await connection.close();
        await sandbox.close();
      },
    };
  },
};
