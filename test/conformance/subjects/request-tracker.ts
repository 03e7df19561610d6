import { requestTracker as vendor } from "../../../src/connectors/request-tracker/index.js";
import { connect } from "../../support/connect.js";
import type { Subject } from "../subject.js";

/** A real Request Tracker 5, at REQUEST_TRACKER_URL. */
export const requestTracker: Subject = {
  vendor,
  async open(options) {
    const { REQUEST_TRACKER_URL: baseUrl, REQUEST_TRACKER_TOKEN: token = "" } = process.env;
    if (!baseUrl || !token)
      throw new Error("Set REQUEST_TRACKER_URL and REQUEST_TRACKER_TOKEN to those of a real Request Tracker 5.");
    const connection = connect(vendor, { baseUrl, credentials: { token } }, options);
    const projectId = (await connection.project("Hardware"))?.vendorId ?? "";
    const [parent] = await connection.createTickets(
      [{ name: "A parent", projectId, typeId: null, assigneeIds: [], reporterIds: [], tags: [], customFields: {} }],
      { lane: "interactive" },
    );
    if (parent?.state !== "done") throw parent?.error;
    return {
      connection,
      creating: /./,
      secrets: [token],
      least: { projectId, typeId: "ticket", customFields: {} },
      refused: { status: "no-such-status" },
      full: {
        status: "open",
        priority: "70",
        assigneeIds: ["ada"],
        reporterIds: ["grace"],
        parentId: parent.value.vendorId,
        dueDate: new Date("2027-01-31T10:30:00Z"),
        customFields: {},
      },
      changes: {
        name: "Another name",
        status: "stalled",
        statusCategory: "IN_PROGRESS",
        priority: "20",
        assigneeIds: ["linus"],
        parentId: parent.value.vendorId,
        dueDate: new Date("2027-02-28T10:30:00Z"),
        customFields: {},
      },
      query: "Queue = 'Hardware'",
      close: () => connection.close(),
    };
  },
};
