import { describe, expect, it } from "@jest/globals";
import { leftOut } from "../../../src/connectors/request-tracker/left-out.js";
import { ticketOf } from "../../../src/connectors/request-tracker/map.js";
import { requestTrackerSettings } from "../../../src/connectors/request-tracker/settings.js";
import { WireTicket } from "../../../src/connectors/request-tracker/wire.js";
import type { TicketDraft } from "../../../src/domain/ticket.js";
import { draft, recordedTicket } from "./support.js";

const site = requestTrackerSettings.parse({
  baseUrl: "https://rt.example",
  credentials: { token: "t" },
  options: { identifierField: "order" },
});
const CustomFields = [
  { id: "5", name: "Color", values: [] },
  { id: "6", name: "Rooms", values: ["a", "b"] },
  { id: "7", name: "order", values: ["o-17"] },
];
const made = ticketOf(WireTicket.parse({ ...recordedTicket, CustomFields }), undefined, site);
const pathsLeftOut = (change: Partial<TicketDraft>) => leftOut(draft(change), made).map(({ path }) => path?.join("."));

describe("what Request Tracker left out", () => {
  it.each<[string, Partial<TicketDraft>]>([
    ["name", { name: "Another" }],
    ["status", { status: "open" }],
    ["priority", { priority: "70" }],
    ["assignees.0", { assigneeIds: ["linus"] }],
    ["reporters.1", { reporterIds: ["grace", "linus"] }],
    ["parent", { parentId: "99" }],
    ["dueDate", { dueDate: new Date("2027-01-31T10:30:00Z") }],
    ["identifier", { identifier: "o-18" }],
    ["customFields.Color", { customFields: { Color: "red" } }],
    ["customFields.5", { customFields: { 5: "red" } }],
    ["customFields.Rooms", { customFields: { Rooms: ["b", "c"] } }],
  ])("is told by its place: %s", (path, change) => {
    expect(pathsLeftOut(change)).toEqual([path]);
  });

  it("is nothing where all took, in whatever case the server writes names", () => {
    expect(
      pathsLeftOut({
        status: "NEW",
        priority: "0",
        assigneeIds: ["Ada"],
        reporterIds: ["Grace"],
        parentId: "1",
        identifier: "o-17",
        customFields: { Rooms: ["b", "a"], 6: "a" },
      }),
    ).toEqual([]);
  });

  it("can't be told of a ticket that nobody may read", () => {
    expect(leftOut(draft(), undefined)).toEqual([expect.objectContaining({ code: "FORBIDDEN" })]);
  });
});
