import { describe, expect, it } from "@jest/globals";
import { newTicketOf } from "../../../src/connectors/request-tracker/draft.js";
import { requestTrackerSettings } from "../../../src/connectors/request-tracker/settings.js";
import type { TicketDraft } from "../../../src/domain/ticket.js";
import { draft } from "./support.js";

const site = requestTrackerSettings.parse({
  baseUrl: "https://rt.example",
  credentials: { token: "t" },
  options: { identifierField: "order" },
});
const FIELDS = [
  { id: "5", Name: "Color", Type: "Select", MaxValues: "1", Values: ["red", "green"] },
  { id: "6", Name: "Rooms", Type: "Freeform", MaxValues: "0", Values: "" },
  { id: "7", Name: "order", Type: "Freeform", MaxValues: "1", Values: "" },
];
const wire = (change: Partial<TicketDraft>, fields = FIELDS) => newTicketOf(draft(change), fields, site);

describe("a draft in Request Tracker's words", () => {
  it("holds nothing that wasn't given", () => {
    expect(wire({})).toEqual({ Queue: "3", Subject: "Recorded one" });
  });

  it("keeps emoji, right-to-left and markup as they are", () => {
    const text = "🔥 مرحبا ‏שלום <b>&";
    expect(wire({ name: text, description: { format: "PLAIN", text } })).toMatchObject({
      Subject: text,
      Content: text,
      ContentType: "text/plain",
    });
  });

  it("says Markdown in HTML that runs nothing, and passes HTML on", () => {
    expect(wire({ description: { format: "MARKDOWN", text: "**a** <script>b</script>" } })).toMatchObject({
      Content: "<p><strong>a</strong> &lt;script&gt;b&lt;/script&gt;</p>",
      ContentType: "text/html",
    });
    expect(wire({ description: { format: "HTML", text: "<p>c</p>" } })).toMatchObject({ Content: "<p>c</p>" });
  });

  it("tells due dates in UTC", () => {
    expect(wire({ dueDate: new Date("2027-01-31T12:30:00.250+02:00") })).toMatchObject({ Due: "2027-01-31T10:30:00Z" });
  });

  it.each(["0", "70", "-5", "100000"])("takes the priority %s", (priority) => {
    expect(wire({ priority })).toMatchObject({ Priority: priority });
  });

  it.each(["High", "7.5", "070", " 50", "1e3", "3000000000", "", "-0"])("refuses the priority %j", (priority) => {
    expect(() => wire({ priority })).toThrow(
      `Request Tracker takes a whole number for priority, usually 0 to 100, and not "${priority}".`,
    );
  });

  it("names custom fields by name, whether name or number was given", () => {
    expect(wire({ customFields: { 5: "red", Rooms: ["a", 2] } })).toMatchObject({
      CustomFields: { Color: "red", Rooms: ["a", "2"] },
    });
    expect(() => wire({ customFields: { Color: { red: true } } })).toThrow('"Color" takes texts.');
  });

  it("keeps the identifier in its field, and says where that is absent", () => {
    expect(wire({ identifier: "o-17" })).toMatchObject({ CustomFields: { order: "o-17" } });
    expect(() => wire({ identifier: "o-17" }, FIELDS.slice(0, 2))).toThrow(
      'This queue lacks the custom field "order" that keeps identifiers.',
    );
  });
});
