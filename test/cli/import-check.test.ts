import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { importFile } from "../../src/cli/import.js";
import { KEY } from "../support/app.js";
import { startVendorsApp, type VendorsApp } from "../support/vendors-app.js";

let test: VendorsApp;
let folder: string;
beforeAll(async () => {
  test = await startVendorsApp();
  folder = await mkdtemp(join(tmpdir(), "import-check-"));
});
afterAll(async () => {
  await test.close();
  await rm(folder, { recursive: true });
});

const run = async (connection: string, lines: readonly string[], dryRun: boolean) => {
  const path = join(folder, `${connection}-${String(dryRun)}.csv`);
  await writeFile(path, lines.join("\n"));
  const said: string[] = [];
  const terminal = { say: (line: string) => said.push(line), progress: () => ({ show() {}, end() {} }) };
  const options = { connection, url: test.app.url, key: KEY, map: [], set: [], dryRun, jobSize: 100 };
  return { code: await importFile(path, options, terminal), said };
};

describe("a dry run", () => {
  it("has the gateway check every row as it would be created, tells all in order, and writes nothing", async () => {
    const writes = () => test.jira.calls.filter(({ path }) => /\/issue(\/bulk)?$/.test(path)).length;
    const before = writes();
    const { code, said } = await run(
      "demo-jira",
      [
        "name,project,type,priority,assignee,customFields.Severity",
        "Good,PLAT,Bug,High,,S2",
        "Bad priority,PLAT,Bug,Hgih,,S2",
        "Bad option,PLAT,Bug,,,S9",
        "Bad user,PLAT,Bug,,nobody-at-all,S2",
        "Lacking,OPS,Incident,,,",
        "Bad type,PLAT,Bgu,,,",
        "No project,,Bug,,,",
        "Good too,PLAT,Task,,,",
      ],
      true,
    );
    expect(code).toBe(1);
    expect(said.map((line) => line.replace(/(:.*?)( There are| It has|, or may).*/, "$1"))).toEqual([
      'Line 3: priority: There is no priority "Hgih" here. Did you mean "High"?',
      'Line 4: customFields.Severity: "Severity" has no such option. Did you mean "S1"?',
      'Line 5: assignees.0: The connection "demo-jira" has no user "nobody-at-all"',
      'Line 6: customFields.customfield_10010: Jira wants the field "Severity" for this type. Give a value.',
      'Line 7: type.name: The project PLAT has no issue type "Bgu". Did you mean "Bug"?',
      "Line 8: project: Jira Cloud needs a project.",
      "6 of 8 rows can't be imported. Nothing was sent.",
    ]);
    expect(writes()).toBe(before);
  });
});

describe("a project", () => {
  it.each([true, false])("is demanded only where the vendor demands one; dry run: %s", async (dryRun) => {
    const lines = ["name", `Without a place (${String(dryRun)})`];
    expect((await run("demo-stackone", lines, dryRun)).code).toBe(0);
    expect((await run("demo-leen", lines, dryRun)).said[0]).toContain("Line 2: project: ");
    const made = test.stackone.state.tickets.filter(({ title }) => title === lines[1]);
    expect(made).toHaveLength(dryRun ? 0 : 1);
  });
});
