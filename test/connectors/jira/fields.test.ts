import { describe, expect, it } from "@jest/globals";
import { draft, openTestJira, type TestJira } from "./support.js";

const OPS = "10002";
const INCIDENT = "10005";
const create = async ({ connection }: TestJira, customFields: Record<string, unknown>) =>
  (
    await connection.createTickets([draft("A ticket", { projectId: OPS, typeId: INCIDENT, customFields })], {
      lane: "interactive",
    })
  )[0];
const reads = ({ jira }: TestJira) => jira.calls.filter(({ path }) => path.includes("/createmeta/")).length;

describe("the fields of a create screen", () => {
  it("are read once for many tickets, and once more before they refuse", async () => {
    const test = await openTestJira();
    for (let n = 0; n < 3; n += 1) expect(await create(test, { Severity: "S1" })).toMatchObject({ state: "done" });
    expect(reads(test)).toBe(1);
    expect(await create(test, {})).toMatchObject({
      state: "rejected",
      error: { path: ["customFields", "customfield_10010"], allowedValues: ["S1", "S2", "S3", "S4"], sent: "no" },
    });
    expect(reads(test)).toBe(2);
  });

  it("aren't read again where they were read just then", async () => {
    const test = await openTestJira();
    expect(await create(test, {})).toMatchObject({ state: "rejected" });
    expect(reads(test)).toBe(1);
  });
});
