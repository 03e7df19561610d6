import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Issue } from "../../src/sandbox/jira/issue.js";
import { keysIn, list, at, openClient, paragraph, task, type Client } from "./client.js";

const NOW = Date.UTC(2026, 1, 10, 12, 0);
const OPERATORS = "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'";

describe("JQL", () => {
  let client: Client;
  beforeAll(async () => {
    client = await openClient({ now: () => NOW });
  });
  afterAll(() => client.close());
  const keys = async (jql: string): Promise<readonly unknown[]> => {
    const { status, body } = await client.call("POST", "/search/jql", { jql, fields: ["key"], maxResults: 5_000 });
    expect({ status, body }).toMatchObject({ status: 200 });
    return keysIn(body);
  };
  const those = (test: (issue: Issue) => boolean): readonly string[] =>
    [...client.jira.state.all()]
      .filter(test)
      .sort((a, b) => b.id - a.id)
      .map(({ key }) => key);

  it.each<readonly [jql: string, test: (issue: Issue) => boolean]>([
    ["project = PLAT", ({ projectId }) => projectId === "10000"],
    ["project = 'Customer Support' OR project = 10002", ({ projectId }) => projectId !== "10000"],
    ["project not in (PLAT, SUP)", ({ projectId }) => projectId === "10002"],
    ["type = Bug AND status = Done", ({ typeId, statusId }) => typeId === "10003" && statusId === "10002"],
    ["issuetype in (Epic, Incident)", ({ typeId }) => ["10000", "10005"].includes(typeId)],
    ["statusCategory != Done", ({ statusId }) => statusId !== "10002"],
    ['statusCategory = "In Progress"', ({ statusId }) => statusId === "3" || statusId === "10001"],
    ["assignee is EMPTY", ({ assigneeId }) => assigneeId === null],
    ["assignee is not null and assignee != currentUser()", ({ assigneeId }) => assigneeId !== null],
    [
      "assignee != 5b10a2844c20165700ede21g",
      ({ assigneeId }) => assigneeId !== null && assigneeId !== "5b10a2844c20165700ede21g",
    ],
    [
      "NOT assignee = 5b10a2844c20165700ede21g",
      ({ assigneeId }) => assigneeId !== null && assigneeId !== "5b10a2844c20165700ede21g",
    ],
    [
      'assignee in ("Zoë Färber", EMPTY)',
      ({ assigneeId }) => assigneeId === null || assigneeId === "5c62b6e2a1f4d96c8c0a7b31",
    ],
    [
      'assignee in ("Zoë Färber", alok@acme.example)'.replace("alok@acme.example", "'alok@acme.example'"),
      ({ assigneeId }) => assigneeId === "5c62b6e2a1f4d96c8c0a7b31" || assigneeId === "5b109f2e9729b51b54dc274d",
    ],
    ["priority >= High", ({ priorityId }) => Number(priorityId) <= 2],
    ["labels = backend", ({ labels }) => labels.includes("backend")],
    [
      "labels not in (backend, i18n)",
      ({ labels }) => labels.length > 0 && !labels.some((label) => ["backend", "i18n"].includes(label)),
    ],
    ["key in (PLAT-1, plat-2, 10003)", ({ id }) => id <= 10_003],
    ["id > PLAT-3 AND id <= 10005", ({ id }) => id > 10_003 && id <= 10_005],
    ["parent = PLAT-3", ({ parentId }) => parentId === 10_003],
    [
      "parent is not empty and not (type = Sub-task or type = Story)",
      ({ parentId, typeId }) => parentId !== null && typeId !== "10004" && typeId !== "10001",
    ],
    ["summary ~ 'passkey*'", ({ summary }) => /passkey/i.test(summary)],
    [
      'summary !~ "the audit log" and project = SUP',
      ({ summary, projectId }) => projectId === "10001" && !summary.includes("the audit log"),
    ],
    ["summary ~ '\"audit log\"'", ({ summary }) => summary.includes("audit log")],
    ['text ~ "كلمة" or description ~ نتائج', ({ key }) => key === "PLAT-9"],
    [
      'created >= 2026-01-10 and created < "2026/01/12 09:00"',
      ({ created }) => created >= Date.UTC(2026, 0, 10) && created < Date.UTC(2026, 0, 12, 9),
    ],
    ["created > -14d", ({ created }) => created > NOW - 14 * 86_400_000],
    ['updated <= "-2w 1d"', ({ updated }) => updated <= NOW - 15 * 86_400_000],
    ["created < startOfMonth()", ({ created }) => created < Date.UTC(2026, 1, 1)],
    ["due <= now()", ({ dueDate }) => dueDate !== null && Date.parse(dueDate) <= NOW],
    ["duedate is empty && project = PLAT", ({ dueDate, projectId }) => dueDate === null && projectId === "10000"],
    ["cf[10010] = S2", ({ custom }) => custom.customfield_10010 === "20021"],
    [
      "Severity in (S1, S2) | cf[10014] = Payments",
      ({ custom }) => ["20020", "20021"].includes(String(custom.customfield_10010)),
    ],
    ['"Story points" > 5', ({ custom }) => Number(custom.customfield_10011 ?? 0) > 5],
    ["Customer ~ Contoso", ({ custom }) => custom.customfield_10013 === "Contoso"],
    ['"Root cause" ~ migration', ({ key }) => key === "OPS-1"],
    ["'Started at' >= 2026-01-20", ({ key }) => key === "OPS-3"],
    [
      "project = SUP OR project = OPS AND type = Incident",
      ({ projectId, typeId }) => projectId === "10001" || (projectId === "10002" && typeId === "10005"),
    ],
  ])("%s", async (jql, test) => {
    const expected = those(test);
    expect(expected.length).toBeGreaterThan(0);
    expect(await keys(jql)).toEqual(expected);
  });

  it("finds a comment's words by text", async () => {
    expect(await keys('text ~ "ten times slower"')).toEqual(["OPS-3"]);
  });

  it("orders as it is told, what is empty last", async () => {
    const byPriority = await keys("project = SUP ORDER BY priority DESC, key ASC");
    const expected = [...client.jira.state.all()]
      .filter(({ projectId }) => projectId === "10001")
      .sort((a, b) => Number(a.priorityId) - Number(b.priorityId) || a.id - b.id);
    expect(byPriority).toEqual(expected.map(({ key }) => key));
    const byDue = await keys("project = OPS order by due");
    expect(byDue.slice(0, 2)).toEqual(["OPS-5", those(({ projectId }) => projectId === "10002")[0]]);
  });

  it.each([
    ["foo = 1", "Field 'foo' does not exist or you do not have permission to view it."],
    ["project = X", "The value 'X' does not exist for the field 'project'."],
    ["status in (Done, Finished)", "The value 'Finished' does not exist for the field 'status'."],
    ["key = PLAT-9999", "An issue with key 'PLAT-9999' does not exist for field 'key'."],
    ["parent = 99", "A value with ID '99' does not exist for the field 'parent'."],
    ["project ~ PLAT", "The operator '~' is not supported by the 'project' field."],
    ["summary = x", "The operator '=' is not supported by the 'summary' field."],
    ["created ~ x", "The operator '~' is not supported by the 'created' field."],
    ["assignee is mia", "The operator 'is' is only supported with EMPTY or NULL for the 'assignee' field."],
    ["assignee = nobodyKnows()", "Unable to find JQL function 'nobodyKnows()'."],
    ["'Story points' = many", "The value 'many' for the field 'Story points' is not a number."],
    [
      "project PLAT",
      `Error in the JQL Query: Expecting operator but got 'PLAT'. The valid operators are ${OPERATORS}. (line 1, character 9)`,
    ],
    ["project =", "Error in the JQL Query: Expecting either a value, list or function before the end of the query."],
    [
      "project = )",
      "Error in the JQL Query: Expecting either a value, list or function but got ')'. You must surround ')' in quotation marks to use it as a value. (line 1, character 11)",
    ],
    [
      "project = PLAT status = Done",
      "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'status'. (line 1, character 16)",
    ],
    [
      'project = PLAT AND\n"x',
      "Error in the JQL Query: The quoted string 'x' has not been completed. (line 2, character 1)",
    ],
    [
      "project = PL/AT",
      "Error in the JQL Query: The character '/' is a reserved JQL character. You must enclose it in a string or use the escape '\\u002f' instead. (line 1, character 13)",
    ],
    [
      "and = 1",
      "Error in the JQL Query: 'and' is a reserved JQL word. You must surround it in quotation marks to use it in a query. (line 1, character 1)",
    ],
    ["(project = PLAT", "Error in the JQL Query: Expecting ')' before the end of the query."],
    [
      'summary ~ "\\q"',
      "Error in the JQL Query: '\\q' is an illegal JQL escape sequence. The valid escape sequences are \\', \\\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX. (line 1, character 11)",
    ],
    ["project = PLAT ORDER BY", "Error in the JQL Query: Expecting a field name before the end of the query."],
    [
      "created > soon",
      "Date value 'soon' for field 'created' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
    ],
    ["", "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."],
    [
      "ORDER BY created DESC",
      "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.",
    ],
  ])("refuses %j", async (jql, message) => {
    const { status, body } = await client.call("POST", "/search/jql", { jql });
    expect({ status, body }).toEqual({ status: 400, body: { errorMessages: [message], errors: {} } });
  });

  it("reads any text between quotation marks as that text and nothing else", async () => {
    const quote = (text: string): string =>
      `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`;
    const label = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((text) => !/[\s\0]/.test(text));
    await fc.assert(
      fc.asyncProperty(label, async (text) => {
        const made = await client.call("POST", "/issue", task("Quoted", { labels: [text] }));
        const { body } = await client.call("POST", "/search/jql", {
          jql: `labels = ${quote(text)} and id = ${String(at(made.body, "key"))}`,
          fields: ["key"],
        });
        expect(keysIn(body)).toEqual([at(made.body, "key")]);
      }),
      { numRuns: 40 },
    );
  });

  it("turns any condition around with NOT, but for what is empty", async () => {
    const atom = fc.constantFrom(
      "project = PLAT",
      "status = Done",
      "priority > Medium",
      "type in (Bug, Task)",
      "key < SUP-1",
    );
    const { condition } = fc.letrec<{ condition: string }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 3 },
        atom,
        fc
          .tuple(tie("condition"), fc.constantFrom("AND", "OR"), tie("condition"))
          .map(([a, word, b]) => `(${a} ${word} ${b})`),
        tie("condition").map((inner) => `NOT (${inner})`),
      ),
    }));
    const count = async (jql: string): Promise<number> => {
      const { body } = await client.call("POST", "/search/approximate-count", { jql });
      return Number(at(body, "count"));
    };
    await fc.assert(
      fc.asyncProperty(condition, async (jql) => {
        expect((await count(jql)) + (await count(`NOT ${jql.startsWith("(") ? jql : `(${jql})`}`))).toBe(
          client.jira.state.size,
        );
      }),
      { numRuns: 40 },
    );
  });

  it("searches what was written as a document", async () => {
    const made = await client.call(
      "POST",
      "/issue",
      task("Plain", { description: paragraph("Zwischenablage kaputt") }),
    );
    const { body } = await client.call("POST", "/search/jql", { jql: "description ~ zwischenablage", fields: ["key"] });
    expect(list(body, "issues").map((issue) => at(issue, "key"))).toEqual([at(made.body, "key")]);
  });
});
