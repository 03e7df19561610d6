import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Ajv } from "ajv";
import fc from "fast-check";
import { markdownToAdf } from "../../../src/connectors/jira/adf-from-markdown.js";
import { adfToHtml, adfToText, htmlToAdf } from "../../../src/connectors/jira/adf-text.js";
import { adfToMarkdown } from "../../../src/connectors/jira/adf-to-markdown.js";
import { parseAdf, plainToAdf } from "../../../src/connectors/jira/adf.js";

const schema = JSON.parse(
  readFileSync(
    new URL("../../../node_modules/@atlaskit/adf-schema/dist/json-schema/v1/full.json", import.meta.url),
    "utf8",
  ),
) as Record<string, unknown>;
const validate = (
  String(schema.$schema).includes("2020") ? new Ajv2020({ strict: false }) : new Ajv({ strict: false })
).compile(Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema")));
const isAdf = (doc: unknown): void => {
  if (!validate(doc))
    throw new Error(`Not ADF: ${JSON.stringify(validate.errors?.slice(0, 3))} in ${JSON.stringify(doc).slice(0, 400)}`);
};

/** Markdown as people write it, and worse. */
const word = fc.constantFrom(
  "passkey",
  "Übermut",
  "الطابعة",
  "🔥",
  "a_b",
  "1.",
  "-",
  "#",
  "*",
  "<b>",
  "&amp;",
  "`",
  "[x]",
  "|",
  "\\",
);
const line = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
const calm = fc
  .array(fc.constantFrom("passkey", "Übermut", "الطابعة", "🔥", "a_b", "2*3", "&amp;", "|"), {
    minLength: 1,
    maxLength: 5,
  })
  .map((words) => words.join(" "));
const styled = fc.tuple(line, fc.constantFrom("**", "_", "~~", "`", "")).map(([text, mark]) => `${mark}${text}${mark}`);
const block = fc.oneof(
  styled,
  styled.map((text) => `# ${text}`),
  fc.array(styled, { minLength: 1, maxLength: 4 }).map((items) => items.map((item) => `- ${item}`).join("\n")),
  fc
    .array(styled, { minLength: 1, maxLength: 4 })
    .map((items) => items.map((item, n) => `${n + 3}. ${item}\n   - ${item}`).join("\n")),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((items) => items.map((item) => `- [ ] ${item}`).join("\n")),
  styled.map((text) => `> ${text}\n>\n> - ${text}`),
  line.map((text) => `\`\`\`ts\n${text}\n\`\`\``),
  fc
    .tuple(line, line)
    .map(([a, b]) => `| ${a.replaceAll("|", "")} | b |\n| --- | --- |\n| ${b.replaceAll("|", "")} | d |`),
  line.map((text) => `[${text.replaceAll(/[[\]]/g, "")}](https://acme.example/a?b=c) ![p](https://acme.example/p.png)`),
  fc.constant("---"),
  fc.constant('<script>alert("x")</script>'),
);
const calmBlock = fc.oneof(
  calm,
  calm.map((text) => `## ${text}`),
  fc
    .array(calm, { minLength: 1, maxLength: 4 })
    .map((items) => items.map((item) => `- **${item}**\n  - ${item}`).join("\n")),
  fc.array(calm, { minLength: 1, maxLength: 4 }).map((items) => items.map((item, n) => `${n + 3}. ${item}`).join("\n")),
  fc.array(calm, { minLength: 1, maxLength: 3 }).map((items) => items.map((item) => `- [x] ${item}`).join("\n")),
  calm.map((text) => `> ${text}`),
  calm.map((text) => `\`\`\`\n${text}\n\`\`\``),
  calm.map((text) => `[${text}](https://acme.example/a?b=c)`),
);
const calmMarkdown = fc.array(calmBlock, { maxLength: 6 }).map((blocks) => blocks.join("\n\n"));
const markdown = fc.array(block, { maxLength: 6 }).map((blocks) => blocks.join("\n\n"));

describe("Markdown to Jira's document format", () => {
  it("always gives a document that Jira's own schema takes", () => {
    fc.assert(
      fc.property(markdown, (text) => isAdf(markdownToAdf(text))),
      { numRuns: 1_500 },
    );
  });

  it("does so for any text at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => isAdf(markdownToAdf(text))),
      { numRuns: 1_500 },
    );
    for (const text of [
      "",
      " ",
      "\n\n",
      "\0",
      "\u2028",
      "#",
      "- ",
      "1. ",
      "> ",
      "|",
      "![]()",
      "[]()",
      "```",
      "***",
      "a  \nb",
    ])
      isAdf(markdownToAdf(text));
  });

  it("comes back the same the second time", () => {
    fc.assert(
      fc.property(calmMarkdown, (text) => {
        const once = adfToMarkdown(markdownToAdf(text));
        expect(adfToMarkdown(markdownToAdf(once))).toBe(once);
      }),
      { numRuns: 1_500 },
    );
  });

  it("loses no word, however wild the markup around it", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const count = (where: string): number => where.match(/passkey|Übermut|الطابعة/gu)?.length ?? 0;
        const doc = markdownToAdf(text);
        expect(count(adfToText(doc))).toBe(count(text));
        expect(count(adfToMarkdown(doc))).toBe(count(text));
      }),
      { numRuns: 1_500 },
    );
  });

  it("keeps what people write", () => {
    const text =
      "# Title\n\nIt **burns** *again*, see [docs](<https://a.example/x?y=1>).\n\n- one\n- two\n  - deep\n\n1. first\n2. second\n\n> quoted\n\n```ts\nconst a = `1`;\n```\n\n| a | b |\n| --- | --- |\n| c | 🔥 |";
    expect(adfToMarkdown(markdownToAdf(text))).toBe(text);
  });

  it("makes links to the web and to mail only", () => {
    const text =
      "[a](javascript:alert(1)) [b](data:text/html,x) <javascript:x> [c](https://ok.example) [d](mailto:a@b.example)";
    const links = JSON.stringify(markdownToAdf(text)).match(/"href":"[^"]*"/g);
    expect(links).toEqual(['"href":"https://ok.example"', '"href":"mailto:a@b.example"']);
  });

  it.each([
    ["a megabyte of prose", "The printer burns again. ".repeat(40_000)],
    ["a megabyte of stars", "*a ".repeat(330_000)],
    ["nesting without end", "> ".repeat(5_000) + "deep"],
    ["lists in lists without end", Array.from({ length: 2_000 }, (_, n) => `${" ".repeat(n)}- x`).join("\n")],
    ["brackets without end", "[".repeat(50_000)],
  ])("takes %s in its stride", (_what, text) => {
    const doc = markdownToAdf(text);
    expect(adfToText(doc).length).toBeGreaterThan(0);
  });
});

describe("Jira's document format to text", () => {
  const node: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    node: fc.record(
      {
        type: fc.oneof(
          fc.constantFrom(
            "doc",
            "paragraph",
            "text",
            "table",
            "tableRow",
            "tableCell",
            "bulletList",
            "orderedList",
            "listItem",
          ),
          fc.constantFrom(
            "taskList",
            "taskItem",
            "panel",
            "expand",
            "mediaSingle",
            "media",
            "mention",
            "emoji",
            "date",
            "status",
            "rule",
          ),
          fc.string(),
        ),
        text: fc.string(),
        attrs: fc.dictionary(
          fc.constantFrom("level", "url", "id", "text", "timestamp", "order", "title", "language"),
          fc.jsonValue(),
        ),
        marks: fc.array(
          fc.record({
            type: fc.constantFrom("strong", "em", "code", "link", "unknown"),
            attrs: fc.constant({ href: "https://a.example/<>" }),
          }),
        ),
        content: fc.array(tie("node"), { maxLength: 3 }),
      },
      { requiredKeys: ["type"] },
    ),
  })).node;

  const ODD_DATE = { type: "doc", content: [{ type: "date", attrs: { timestamp: { toString: [] } } }] };

  it("never throws, whatever Jira adds to it", () => {
    fc.assert(
      fc.property(node, (content) => {
        const doc = { type: "doc", version: 1, content: [content] };
        for (const told of [adfToMarkdown(doc), adfToText(doc), adfToHtml(doc)]) expect(typeof told).toBe("string");
      }),
      { numRuns: 1_000 },
    );
    for (const value of [null, undefined, 1, [], {}, "old text", { type: "doc", content: null }, ODD_DATE])
      expect(typeof adfToMarkdown(value)).toBe("string");
  });

  it("tells nodes that Markdown has no word for by what they hold", () => {
    const doc = {
      type: "doc",
      version: 1,
      content: [
        {
          type: "paragraph",
          content: [
            { type: "mention", attrs: { id: "1", text: "@Mia" } },
            { type: "text", text: " on " },
            { type: "date", attrs: { timestamp: "1767225600000" } },
          ],
        },
        { type: "someday", content: [{ type: "paragraph", content: [{ type: "text", text: "from the future" }] }] },
      ],
    };
    expect(adfToText(doc)).toBe("@Mia on 2026-01-01\nfrom the future");
  });

  it("gives HTML that runs nothing", () => {
    const text = "<img src=x onerror=alert(1)> [a](javascript:alert(1)) <script>alert(1)</script>";
    const html = adfToHtml(plainToAdf(text));
    expect(html).not.toMatch(/<(img|script)/i);
    expect(html).not.toMatch(/href="javascript/i);
  });
});

describe("a caller's own document", () => {
  it("is checked before it is sent", () => {
    expect(parseAdf("{")).toContain("isn't JSON");
    expect(parseAdf('{"type":"doc"}')).toContain("isn't an ADF document");
    expect(parseAdf('{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"text":"x"}]}]}')).toContain(
      "content[0].content[0] is not an ADF node",
    );
    expect(parseAdf(JSON.stringify(plainToAdf("x")))).toEqual(plainToAdf("x"));
  });

  it("nested without end is refused, not crashed on", () => {
    const deep = `{"type":"doc","version":1,"content":${'[{"type":"blockquote","content":'.repeat(20_000)}[]${"}]".repeat(20_000)}}`;
    expect(typeof parseAdf(deep)).toBe("string");
  });

  it("comes from HTML, too", () => {
    const doc = htmlToAdf(
      "<h1>Title</h1><p>It <b>burns</b> &amp; smokes<br>a lot</p><script>x</script><ul><li>one</li></ul>",
    );
    isAdf(doc);
    expect(adfToMarkdown(doc)).toBe("# Title\n\nIt **burns** & smokes\\\na lot\n\n- one");
  });
});
