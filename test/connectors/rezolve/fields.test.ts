import { describe, expect, it } from "@jest/globals";
import { HARDWARE as TYPE } from "../../../src/sandbox/rezolve/catalog.js";
import type { TicketDraft } from "../../../src/domain/ticket.js";
import { draft, openTestRezolve, SOFTWARE, type TestRezolve } from "./support.js";

const create = async ({ connection }: TestRezolve, change: Partial<TicketDraft>) =>
  (await connection.createTickets([draft("A ticket", change)], { lane: "interactive" }))[0];
const writes = ({ rezolve }: TestRezolve) => rezolve.calls.filter(({ path }) => path.includes("/create/"));
const typeReads = ({ rezolve }: TestRezolve) => rezolve.calls.filter(({ path }) => path.endsWith("/ticket-type"));

/** An administrator adds an option to a field. */
function add(label: string, test: TestRezolve, field: string): void {
  const fields = TYPE.fields.map((one) =>
    one.label === field ? { ...one, options: [...(one.options ?? []), { value: label, label }] } : one,
  );
  test.rezolve.state.types = test.rezolve.state.types.map((type) => (type.id === TYPE.id ? { ...TYPE, fields } : type));
}

describe("a type's fields", () => {
  it("that are required are asked for before Rezolve is", async () => {
    const test = await openTestRezolve();
    const software = { typeId: SOFTWARE, projectId: "it", own: { offerId: "23700" } };
    expect(await create(test, software)).toMatchObject({
      state: "rejected",
      error: {
        message: 'Rezolve wants the field "Field Number" for this type. Give a value.',
        path: ["customFields", "Field Number"],
        sent: "no",
      },
    });
    expect(writes(test)).toEqual([]);
    expect(await create(test, { ...software, customFields: { "field number": 7 } })).toMatchObject({ state: "done" });
  });

  it("of which one was misspelt are told with what was meant", async () => {
    const test = await openTestRezolve();
    const cases: [Partial<TicketDraft>, string, string][] = [
      [{ customFields: { Raeson: "x" } }, "Reason", "Needed Within"],
      [{ customFields: { "Needed Within": "2week" } }, "<2week", ">1month"],
      [{ priority: "Hgih" }, "High", "Critical"],
      [{ own: { offerId: "New latpop" } }, "New laptop", "23630"],
    ];
    for (const [change, meant, other] of cases) {
      const outcome = await create(test, change);
      if (outcome?.state !== "rejected") throw new Error("It was made.");
      expect(outcome.error.message).toContain(`Did you mean "${meant}"?`);
      expect(outcome.error.message).toContain(other);
      expect(outcome.error.allowedValues).toContain(other);
    }
    expect(await create(test, { own: { offerId: "new laptop" } })).toMatchObject({ state: "done" });
  });

  it("are read again before they refuse, and not told again where they are what they were", async () => {
    const test = await openTestRezolve();
    expect(await create(test, { priority: "High" })).toMatchObject({ state: "done" });
    expect(await create(test, { priority: "Blocking" })).toMatchObject({ state: "rejected" });
    const [first, second] = typeReads(test);
    expect(second?.headers["if-none-match"]).toMatch(/^".+"$/);
    expect([first?.status, second?.status]).toEqual([200, 304]);
    add("Blocking", test, "Priority");
    expect(await create(test, { priority: "Blocking" })).toMatchObject({ state: "done" });
    expect(typeReads(test).map(({ status }) => status)).toEqual([200, 304, 200]);
  });
});
