import { describe, expect, it } from "@jest/globals";
import { ticketOf } from "../../../src/connectors/request-tracker/map.js";
import { requestTrackerSettings } from "../../../src/connectors/request-tracker/settings.js";
import { WireTicket } from "../../../src/connectors/request-tracker/wire.js";
import { recordedTicket } from "./support.js";

const site = requestTrackerSettings.parse({
  baseUrl: "https://rt.example/",
  credentials: { token: "t" },
  options: { identifierField: "ticketgraph", markerField: null },
});
const ticket = (change: Record<string, unknown> = {}) =>
  ticketOf(WireTicket.parse({ ...recordedTicket, ...change }), undefined, site);

describe("Request Tracker's records", () => {
  it("say where they come from", () => expect(recordedTicket._source).toContain("Request Tracker 5.0.3"));

  it("become tickets", () => {
    const { data, along, ...rest } = ticket();
    expect(rest).toEqual({
      vendorId: "2",
      key: "2",
      identifier: "order-17",
      name: "Recorded one",
      description: null,
      status: "new",
      statusCategory: "TODO",
      statusUpdatedAt: null,
      priority: "0",
      priorityLevel: null,
      typeId: "ticket",
      projectId: "3",
      assigneeIds: ["ada"],
      createdById: "root",
      reporterIds: ["grace"],
      parentId: "1",
      tags: [],
      active: true,
      url: "https://rt.example/Ticket/Display.html?id=2",
      createdAt: new Date("2026-11-21T03:31:38Z"),
      updatedAt: new Date("2026-11-21T03:31:39Z"),
      dueDate: null,
      closedAt: null,
      revision: null,
    });
    expect(data).toHaveProperty("CustomFields");
    expect(along?.users?.map(({ vendorId }) => vendorId)).toEqual(["ada", "grace"]);
  });

  it("of nobody's tickets have no assignee", () => {
    expect(ticket({ Owner: { id: "Nobody", Name: "Nobody" } }).assigneeIds).toEqual([]);
    expect(ticket({ Owner: null, Requestors: "" })).toMatchObject({ assigneeIds: [], reporterIds: [] });
  });

  it.each([
    ["open", "IN_PROGRESS", true],
    ["stalled", "IN_PROGRESS", true],
    ["resolved", "DONE", false],
    ["rejected", "DONE", false],
    ["awaiting parts", "UNKNOWN", true],
  ])("in status %s are %s", (Status, statusCategory, active) => {
    expect(ticket({ Status })).toMatchObject({ status: Status, statusCategory, active });
  });

  it("may hold numbers for texts, and lack nearly everything", () => {
    expect(ticketOf(WireTicket.parse({ id: 7, Priority: 90 }), undefined, site)).toMatchObject({
      vendorId: "7",
      priority: "90",
      name: "",
      projectId: null,
      createdAt: null,
      identifier: null,
      parentId: null,
    });
  });
});
