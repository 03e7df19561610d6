import { describe, expect, it } from "@jest/globals";
import type { DraftLimits, NewTicket } from "../../src/domain/new-ticket.js";
import { checkNewTicket } from "../../src/domain/rules.js";

const limits: DraftLimits = {
  nameMax: 255,
  descriptionMax: 100,
  project: "required",
  type: "required",
  status: true,
  assignees: 1,
  reporters: 1,
  parent: true,
  tags: true,
  dueDate: true,
  priority: true,
  customFields: true,
  identifier: true,
};
const good: NewTicket = {
  name: "Printer on fire",
  project: { vendorId: "PLAT" },
  type: { name: "Bug" },
  assignees: [],
  reporters: [],
  tags: [],
};
const check = (change: Partial<NewTicket>, other: Partial<DraftLimits> = {}): string[] =>
  checkNewTicket({ ...good, ...change }, { ...limits, ...other }, "Jira Cloud").map(
    ({ code, path, message }) => `${code} ${path.join(".")}: ${message}`,
  );

describe("the rules of a new ticket", () => {
  it("find nothing in a good one", () => {
    expect(check({})).toEqual([]);
    expect(check({ name: "🔥 طابعة", description: { format: "MARKDOWN", text: "" } })).toEqual([]);
  });

  it("want a name", () => {
    expect(check({ name: " " })).toEqual(["INVALID_INPUT name: The name is empty. Give the ticket a name."]);
  });

  it("tell what the vendor can't take, by the field's path", () => {
    expect(check({ tags: ["a"], dueDate: new Date(0) }, { tags: false, dueDate: false })).toEqual([
      "UNSUPPORTED tags: Jira Cloud can't take tags when a ticket is created. Leave it out.",
      "UNSUPPORTED dueDate: Jira Cloud can't take dueDate when a ticket is created. Leave it out.",
    ]);
  });

  it("count as vendors do", () => {
    expect(check({ name: "x".repeat(256) })).toEqual([
      "INVALID_INPUT name: The name has 256 characters; Jira Cloud takes at most 255.",
    ]);
    expect(check({ name: "x".repeat(255) })).toEqual([]);
    expect(check({ assignees: [{ vendorId: "a" }, { vendorId: "b" }] })).toEqual([
      "INVALID_INPUT assignees: 2 assignees were given; Jira Cloud takes at most 1.",
    ]);
  });

  it("refuse NUL, halves of characters, and emptiness where a value is meant", () => {
    expect(check({ name: "a\0b", status: "", tags: ["ok", " "], priority: "\ud800" })).toEqual([
      "INVALID_INPUT name: This text holds a NUL character, which no vendor keeps. Take it out.",
      "INVALID_INPUT status: This text is empty. Give a value, or leave the field out.",
      "INVALID_INPUT priority: This text holds half of a character (a lone surrogate). Send it as valid Unicode.",
      "INVALID_INPUT tags.1: This text is empty. Give a value, or leave the field out.",
    ]);
  });

  it("take custom fields as an object only", () => {
    for (const customFields of ["x", 1, [], true])
      expect(check({ customFields })).toEqual([
        'INVALID_INPUT customFields: customFields takes an object by field id, as in {"customfield_10010": "S2"}.',
      ]);
    expect(check({ customFields: { customfield_10010: "S2" } })).toEqual([]);
  });
});
