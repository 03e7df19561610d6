import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { stackone } from "../../conformance/subjects/stackone.js";
import { draftFor, type Opened } from "../../conformance/subject.js";

describe("the fields of a ticket type at StackOne", () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await stackone.open();
  });
  afterAll(() => opened.close());

  it("are those that StackOne itself has, with the project's components", async () => {
    const fields = await opened.connection.listFields("project-001", "ticket-type-002");
    expect(fields.filter(({ required }) => required).map(({ id }) => id)).toEqual(["title"]);
    const components = fields.find(({ id }) => id === "component_ids");
    expect([components?.type, components?.allowedValues.map(({ name }) => name)]).toEqual([
      "OPTIONS",
      ["Mail", "Printers"],
    ]);
    await expect(opened.connection.listFields("project-002", "ticket-type-002")).rejects.toMatchObject({
      code: "INVALID",
      allowedValues: ["ticket-type-001"],
    });
  });

  it("take components by name", async () => {
    const draft = draftFor(opened, "Named", { own: { componentIds: ["printers", "component-001"] } });
    const [outcome] = await opened.connection.createTickets([draft], { lane: "interactive" });
    expect(outcome?.state).toBe("done");
    expect(opened.sandbox?.calls.at(-1)?.body).toMatchObject({ component_ids: ["component-002", "component-001"] });
  });
});
