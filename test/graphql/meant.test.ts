import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startVendorsApp, type VendorsApp } from "../support/vendors-app.js";

const VALIDATE = `query ($input: CreateTicketInput!) {
  validateTicket(input: $input) { errors { code path message allowedValues } }
}`;
const JIRA = { connectionId: "demo-jira", project: { vendorId: "PLAT" }, type: { name: "Task" } };
const LEEN = { connectionId: "demo-leen", project: { vendorId: "SEC" }, type: { name: "Task" } };
const STACKONE = { connectionId: "demo-stackone", project: { vendorId: "project-001" } };
const REZOLVE = {
  connectionId: "demo-rezolve",
  project: { vendorId: "james" },
  type: { name: "Hardware Request" },
  vendor: { rezolve: { offerId: "23629" } },
};

describe("a word that was misspelt", () => {
  let test: VendorsApp;
  beforeAll(async () => {
    test = await startVendorsApp();
  });
  afterAll(() => test.close());

  const cases: [what: string, input: object, path: string, meant: string, allowed: string][] = [
    ["Jira's status", { ...JIRA, status: "In Porgress" }, "status", "In Progress", "In Progress"],
    ["Jira's priority", { ...JIRA, priority: "Hgih" }, "priority", "High", "Lowest"],
    ["Jira's type", { ...JIRA, type: { name: "Taks" } }, "type.name", "Task", "Bug"],
    ["Jira's project", { ...JIRA, project: { vendorId: "PLTA" } }, "project", "PLAT", "OPS"],
    ["Jira's field", { ...JIRA, customFields: { "Story pionts": 3 } }, "customFields.Story pionts", "Story points", ""],
    [
      "Jira's option",
      { ...JIRA, type: { name: "Bug" }, customFields: { Severity: "S2", "Affected services": ["Paymnets"] } },
      "customFields.Affected services.0",
      "Payments",
      "Search",
    ],
    ["Leen's type", { ...LEEN, type: { name: "Sotry" } }, "type.name", "Story", "Bug"],
    [
      "Leen's user",
      { ...LEEN, assignees: [{ vendorId: "Anna Duarte" }] },
      "assignees.0",
      "5b10a2844c20165700ede20g",
      "",
    ],
    [
      "Leen's user by mail",
      { ...LEEN, assignees: [{ vendorId: "danna@acme.example" }] },
      "assignees.0",
      "5b10a2844c20165700ede23g",
      "",
    ],
    ["StackOne's user", { ...STACKONE, reporters: [{ vendorId: "user-03" }] }, "reporters.0", "user-003", "user-001"],
    [
      "StackOne's component",
      { ...STACKONE, vendor: { stackone: { componentIds: ["Pirnters"] } } },
      "vendor.stackone.componentIds.0",
      "Printers",
      "component-001",
    ],
    ["Rezolve's priority", { ...REZOLVE, priority: "Medum" }, "priority", "Medium", "Critical"],
    [
      "Rezolve's option",
      { ...REZOLVE, customFields: { "Needed Within": "2week" } },
      "customFields.Needed Within",
      "<2week",
      "",
    ],
  ];
  it.each(cases)("is told with what was meant: %s", async (_what, input, path, meant, allowed) => {
    const { data, errors } = await test.query(VALIDATE, { input: { name: "Misspelt", ...input } });
    expect(errors).toBeUndefined();
    const [error] = (data as { validateTicket: { errors: Record<string, unknown>[] } }).validateTicket.errors;
    expect((error?.["path"] as string[]).join(".")).toBe(path);
    expect(error?.["message"]).toContain(`Did you mean "${meant}"`);
    const choices = error?.["allowedValues"] as string[];
    expect(choices.length).toBeGreaterThan(0);
    if (allowed !== "") expect(choices).toContain(allowed);
  });

  it("is told as the vendor tells it where only the vendor knows its words, with those that are known", async () => {
    const create = `mutation ($input: CreateTicketInput!) {
      createTicket(input: $input) { errors { code path message allowedValues } }
    }`;
    for (const [input, meant] of [
      [{ ...LEEN, priority: "HIHG" }, "HIGH"],
      [{ ...STACKONE, priority: "hihg" }, "high"],
    ] as const) {
      const { data } = await test.query(create, { input: { name: "Misspelt", ...input } });
      expect(data.createTicket.errors).toMatchObject([{ code: "VENDOR_REJECTED", path: ["priority"] }]);
      expect(data.createTicket.errors[0].message).toContain(`Did you mean "${meant}"?`);
      expect(data.createTicket.errors[0].allowedValues).toContain(meant);
    }
  });

  it("in a change is told with what was meant", async () => {
    const change = `mutation ($input: UpdateTicketInput!) {
      updateTicket(input: $input) { errors { path message allowedValues } }
    }`;
    const { data } = await test.query(change, {
      input: {
        connectionId: "demo-stackone",
        ticket: { vendorId: "ticket-001" },
        assignees: [{ vendorId: "user-04" }],
      },
    });
    expect(data.updateTicket.errors).toMatchObject([{ path: ["assignees", "0"] }]);
    expect(data.updateTicket.errors[0].message).toContain('Did you mean "user-004" (Dov Stern)?');
  });

  it("that is like no other is answered with what there is, and nothing is guessed", async () => {
    const input = { name: "Strange", ...STACKONE, assignees: [{ vendorId: "nobody-at-all" }] };
    const { data } = await test.query(VALIDATE, { input });
    const [error] = (data as { validateTicket: { errors: { message: string; allowedValues: string[] }[] } })
      .validateTicket.errors;
    expect(error?.message).not.toContain("Did you mean");
    expect(error?.allowedValues).toContain("user-002");
  });
});
