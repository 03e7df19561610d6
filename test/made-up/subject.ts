import type { Subject } from "../conformance/subject.js";
import { connect } from "../support/connect.js";
import { pocketdesk as vendor } from "./pocketdesk/index.js";
import { startPocketdeskSandbox } from "./sandbox.js";

export const pocketdesk: Subject = {
  vendor,
  async open(options) {
    const sandbox = await startPocketdeskSandbox();
    const connection = connect(vendor, { baseUrl: sandbox.url, credentials: { key: sandbox.key } }, options);
    return {
      connection,
      sandbox,
      creating: /^POST tickets$/,
      secrets: [sandbox.key],
      least: { projectId: "front", typeId: "question", customFields: {} },
      refused: { typeId: "riddle" },
      full: { assigneeIds: ["bob"] },
      query: "e",
      async strange() {
        const ticket = sandbox.tickets[0] ?? {};
        ticket["state"] = "asleep";
        return { id: String(ticket["id"]), status: "asleep" };
      },
      async close() {
        await connection.close();
        await sandbox.close();
      },
    };
  },
};
