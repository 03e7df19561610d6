import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { importFile, type ImportOptions } from "../../src/cli/import.js";
import { KEY, READER_KEY, startTestApp, type TestApp } from "../support/app.js";
import { until } from "../support/until.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
let test: TestApp;
let folder: string;
beforeAll(async () => {
  test = await startTestApp({ jira: { delayMs: 5 } });
  folder = await mkdtemp(join(tmpdir(), "import-"));
});
afterAll(async () => {
  await test.close();
  await rm(folder, { recursive: true });
});

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const run = async (path: string, change: Partial<ImportOptions> = {}) => {
  const said: string[] = [];
  const shown: number[] = [];
  const terminal = {
    say: (line: string) => said.push(line),
    progress: () => ({ show: (settled: number) => shown.push(settled), end() {} }),
  };
  const options = {
    connection: "jira",
    url: test.app.url,
    key: KEY,
    map: [],
    set: [],
    dryRun: false,
    jobSize: 10_000,
    ...change,
  };
  const code = await importFile(path, options, terminal);
  return { code, said, shown };
};
const made = (beginning: string) => [...test.jira.state.all()].filter(({ summary }) => summary.startsWith(beginning));
const results = async (path: string): Promise<Record<string, string>[]> =>
  parse(await readFile(`${path}.results.csv`, "utf8"), { columns: true });

describe("importing a file", () => {
  it("creates a CSV's tickets and tells what became of each row", async () => {
    const path = await file(
      "all.csv",
      '\uFEFFSummary,Project Key,Issue Type,Labels,Due,Notes,description,Points\r\n"Csv ""one""",PLAT,Story,"a;b",2026-12-31,x,"over\ntwo lines",5\r\n\r\nCsv two,PLAT,Task,,,,,\r\n',
    );
    const { code, said, shown } = await run(path, {
      map: ["Notes=", "Points=customFields.customfield_10011:json"],
      set: ["priority=High"],
    });
    expect(said).toEqual([`2 of 2 tickets are in Acme Jira. What became of each is in ${path}.results.csv.`]);
    expect(code).toBe(0);
    expect(shown.at(-1)).toBe(2);
    expect(made("Csv")).toMatchObject([
      {
        summary: 'Csv "one"',
        labels: ["a", "b"],
        priorityId: "2",
        dueDate: "2026-12-31",
        custom: { customfield_10011: 5 },
      },
      { summary: "Csv two", labels: [], priorityId: "2", dueDate: null },
    ]);
    const [one, two] = await results(path);
    expect(one).toMatchObject({ line: "2", state: "DELIVERED", key: made("Csv")[0]?.key, code: "" });
    expect(two).toMatchObject({ line: "5", state: "DELIVERED", key: made("Csv")[1]?.key });
  });

  it("takes JSON Lines, with references of any kind", async () => {
    const lines = [
      { name: "Json one", project: { vendorId: "PLAT" }, type: { name: "task" }, tags: ["x", "y"] },
      { title: "Json two", project: "PLAT", type: "Bug", description: null },
    ];
    const path = await file("all.jsonl", `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
    expect((await run(path)).code).toBe(0);
    expect(made("Json")).toMatchObject([{ summary: "Json one", labels: ["x", "y"] }, { summary: "Json two" }]);
  });

  it("names every bad row by its line and sends nothing", async () => {
    const path = await file(
      "bad.csv",
      [
        "name,project,type,due",
        '"Bad, over\ntwo lines",PLAT,Bug,2026-02-30',
        ",PLAT,Task,",
        "Bad,NOPE,Task,",
        "Bad,PLAT,Feature,",
        "Bad,PLAT",
        "Bad,,Task,",
        "Bad,PLAT,,",
        "Bad but for the others,PLAT,Task,",
      ].join("\n"),
    );
    const { code, said } = await run(path);
    expect(code).toBe(1);
    expect(said).toEqual([
      'Line 2: due (dueDate): "2026-02-30" is not a date such as 2026-12-31.',
      "Line 4: name: it is missing. Every ticket has a title.",
      'Line 5: project: The connection "jira" has no project "NOPE", or may not see it. There are: OPS, PLAT, SUP.',
      'Line 6: type: the project has no "Feature"; it has Epic, Story, Task, Bug, Sub-task.',
      "Line 7: It has 2 cells, but there are 4 columns. A cell that holds the separator must stand in quotation marks.",
      "Line 8: project: it is missing. Every ticket here has one.",
      "Line 9: type: it is missing. The project has Epic, Story, Task, Bug, Sub-task.",
      "7 of 8 rows can't be imported. Nothing was sent.",
    ]);
    expect(made("Bad")).toEqual([]);
    const json = await file("bad.jsonl", '{"name": "Bad"\n[1]\n{"name": 7, "tags": 5, "project": {"key": "PLAT"}}\n');
    expect((await run(json, { dryRun: true })).said).toEqual([
      expect.stringMatching(/^Line 1: It is not JSON: .+\.$/),
      'Line 2: It is not an object. Each line must be one, as in {"name": "…"}.',
      "Line 3: name: 7 is not a text.",
      "Line 3: tags: 5 is not a list.",
      'Line 3: project: {"key":"PLAT"} is neither a text, {"id": …} nor {"vendorId": …}.',
      "3 of 3 rows can't be imported. Nothing was sent.",
    ]);
  });

  it("sends nothing in a dry run", async () => {
    const path = await file("dry.csv", "name,project,type\nDry,PLAT,Task\n");
    expect(await run(path, { dryRun: true })).toMatchObject({
      code: 0,
      said: ["All 1 rows can be imported into Acme Jira. Nothing was sent."],
    });
    expect(made("Dry")).toEqual([]);
  });

  it("writes refused rows down as they stood, to be mended by themselves", async () => {
    const path = await file(
      "some.csv",
      'name,project,type,priority\nSome good,PLAT,Task,\n"Some, bad",PLAT,Task,Nope\n',
    );
    const { code, said } = await run(path);
    expect(code).toBe(2);
    expect(said).toEqual([
      `1 of 2 tickets are in Acme Jira. What became of each is in ${path}.results.csv.`,
      `1 were refused. They are in ${path}.refused.csv too: mend them there and import that file.`,
    ]);
    expect((await results(path))[1]).toMatchObject({ line: "3", state: "REJECTED", code: "INVALID_INPUT" });
    const refused = await readFile(`${path}.refused.csv`, "utf8");
    expect(refused).toBe('name,project,type,priority\n"Some, bad",PLAT,Task,Nope\n');
    const mended = await file("mended.csv", refused.replace("Nope", "Low"));
    expect((await run(mended)).code).toBe(0);
    expect(made("Some")).toHaveLength(2);
  });

  it("makes no second ticket when it is run again, after an interruption or for good measure", async () => {
    const rows = Array.from({ length: 240 }, (_, n) => `Again ${n},PLAT,Task`);
    const path = await file("again.csv", `name,project,type\n${rows.join("\n")}\n`);
    const args = ["import", path, "--connection", "jira", "--url", test.app.url, "--key", KEY, "--job-size", "60"];
    const child = spawn(process.execPath, ["dist/main.js", ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? "" },
      stdio: "ignore",
    });
    await until(() => made("Again").length > 60);
    child.kill("SIGKILL");
    await once(child, "close");
    expect(made("Again").length).toBeLessThan(240);
    expect(await run(path, { jobSize: 60 })).toMatchObject({ code: 0 });
    expect(await run(path, { jobSize: 60 })).toMatchObject({ code: 0 });
    expect(made("Again").map(({ summary }) => summary)).toHaveLength(240);
    expect(new Set((await results(path)).map(({ key }) => key)).size).toBe(240);
    await expect(run(path, { jobSize: 60, set: ["priority=Low"] })).rejects.toThrow(
      "imported before with other options",
    );
    expect(await run(path, { jobSize: 100, run: "second" })).toMatchObject({ code: 0 });
    expect(made("Again")).toHaveLength(480);
  });

  it.each([
    ["a file that isn't there", async () => join(folder, "nothing.csv"), {}, "There is no file"],
    ["a folder", async () => folder, { format: "csv" }, "is not a file"],
    ["an unknown kind", () => file("a.txt", "x"), {}, "Give --format csv or --format jsonl"],
    ["an empty file", () => file("empty.csv", ""), {}, "Its first line must name the columns"],
    ["a file of nothing but names", () => file("names.csv", "name,project\n"), {}, "has no tickets in it"],
    ["another encoding", () => file("latin.csv", Buffer.from("name\nB\xe4r\n", "latin1")), {}, "is not in UTF-8"],
    ["another separator", () => file("semi.csv", "name;project\na;b\n"), {}, 'Give --delimiter ";"'],
    ["a quotation mark amid a cell", () => file("quote.csv", 'name\na "b"\n'), {}, "Invalid Opening Quote"],
    [
      "an unknown column",
      () => file("col.csv", "name,Severity\na,b\n"),
      {},
      'Say what it is by --map "Severity=FIELD"',
    ],
    ["a map to nothing", () => file("map.csv", "name\na\n"), { map: ["name=nome"] }, 'there is no field "nome"'],
    ["a fixed field that is none", () => file("set.csv", "name\na\n"), { set: ["prio=1"] }, "give a field and a value"],
    ["a wrong key", () => file("key.csv", "name\na\n"), { key: "wrong" }, "doesn't let this key in"],
    ["an unknown connection", () => file("con.csv", "name\na\n"), { connection: "x" }, 'There is no connection "x"'],
    ["a wrong address", () => file("url.csv", "name\na\n"), { url: "ftp://x" }, "this is not an address"],
    ["nobody there", () => file("away.csv", "name\na\n"), { url: "http://127.0.0.1:1" }, "doesn't answer"],
    [
      "a key that may only read",
      () => file("ro.csv", "name,project,type\na,PLAT,Task\n"),
      { key: READER_KEY },
      "tickets:write",
    ],
  ] as [string, () => Promise<string>, Partial<ImportOptions>, string][])(
    "refuses %s with a word that helps",
    async (_, path, change, message) => {
      await expect(path().then((given) => run(given, change))).rejects.toThrow(message);
    },
  );
});
