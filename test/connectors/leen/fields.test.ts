import { describe, expect, it } from "@jest/globals";
import { draft, openTestLeen } from "./support.js";

const INTERACTIVE = { lane: "interactive" } as const;

describe("the fields of an issue type at Leen", () => {
  it("are those that Leen's creates take, with its own words; a sub-task's parent is required", async () => {
    const { connection } = await openTestLeen();
    const fields = await connection.listFields("SEC", "10037");
    expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(["Name", "Parent"]);
    const priority = fields.find(({ id }) => id === "priority");
    expect([priority?.type, priority?.allowedValues.map(({ name }) => name)]).toEqual([
      "OPTION",
      ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"],
    ]);
    const task = await connection.listFields("INFRA", "10034");
    expect(task.filter(({ required }) => required).map(({ name }) => name)).toEqual(["Name"]);
    await expect(connection.listFields("INFRA", "10037")).rejects.toMatchObject({ code: "INVALID", path: ["type"] });
  });

  it("take words that aren't known here: Leen is the judge, and what it refuses is told with the known ones", async () => {
    const { connection, leen } = await openTestLeen();
    const drafts = [draft("a", { priority: "Hihg" }), draft("b"), draft("c", { priority: "Purple" })];
    const [typo, good, strange] = await connection.createTickets(drafts, INTERACTIVE);
    expect(good?.state).toBe("done");
    const known = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"];
    for (const [outcome, hint] of [
      [typo, 'Did you mean "HIGH"? Known words'],
      [strange, "Purple. Known words"],
    ] as const)
      expect(outcome).toMatchObject({
        state: "rejected",
        error: { path: ["priority"], allowedValues: known, message: expect.stringContaining(hint) as unknown },
      });
    const [moved] = await connection.createTickets([draft("d", { status: "IN_PORGRESS" })], INTERACTIVE);
    expect(moved).toMatchObject({
      state: "done",
      faults: [{ path: ["status"], message: expect.stringContaining('Did you mean "IN_PROGRESS"?') as unknown }],
    });
    expect(leen.state.tickets.filter(({ name }) => name === "d")).toHaveLength(1);
  });
});
