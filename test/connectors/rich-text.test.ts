import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { htmlToMarkdown, htmlToText } from "../../src/connectors/html-text.js";
import { escapeMarkdown } from "../../src/connectors/markdown-text.js";
import { markdownToHtml, markdownToText, richTextOf } from "../../src/connectors/rich-text.js";
import { TEXT_FORMATS } from "../../src/domain/rich-text.js";

describe("rich text", () => {
  it("comes in every format that is asked for", () => {
    const text = richTextOf({ format: "MARKDOWN", text: "# Title\n\nIt **burns**, see [docs](https://a.example)." });
    expect(text.to("MARKDOWN")).toBe("# Title\n\nIt **burns**, see [docs](https://a.example).");
    expect(text.to("PLAIN")).toBe("Title\n\nIt burns, see docs [https://a.example].");
    expect(text.to("HTML")).toBe(
      '<h1>Title</h1>\n<p>It <strong>burns</strong>, see <a href="https://a.example">docs</a>.</p>',
    );
    const html = richTextOf({ format: "HTML", text: "<p>It <b>burns</b><br>a lot</p>" });
    expect(html.to("MARKDOWN")).toBe("It **burns**  \na lot");
    expect(html.to("PLAIN")).toBe("It burns\na lot");
    expect(richTextOf({ format: "PLAIN", text: "a <b>\n*c*" }).to("HTML")).toBe("a &lt;b&gt;<br>\n*c*");
    expect(() => html.to("ADF")).toThrow("ADF is Atlassian's own format");
  });

  it("stays as it is in its own format", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXT_FORMATS), fc.string({ unit: "grapheme" }), (format, text) => {
        expect(richTextOf({ format, text }).to(format)).toBe(text);
      }),
    );
  });

  it("never becomes HTML that runs something", () => {
    const evil = fc.constantFrom(
      "<script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      "[a](javascript:alert(1))",
      "![a](javascript:alert(1))",
      "[a]( jAvAsCrIpT:alert(1))",
      "[a](data:text/html;base64,PHNjcmlwdD4=)",
      '<a href="javascript:alert(1)">x</a>',
      "<svg/onload=alert(1)>",
      "[a](https://ok.example \"x' onmouseover='alert(1)\")",
      '[a](https://ok.example/"onmouseover="alert(1))',
      "`<script>`",
      "**",
      "\n\n",
      "- ",
      "> ",
    );
    fc.assert(
      fc.property(fc.array(evil, { maxLength: 6 }), (parts) => {
        for (const format of ["MARKDOWN", "HTML", "PLAIN"] as const) {
          if (format === "HTML") continue;
          const html = richTextOf({ format, text: parts.join(" ") }).to("HTML");
          expect(html).not.toMatch(/<(script|img|svg|iframe)/i);
          expect(html).not.toMatch(/<a [^>]*href="\s*(javascript|data):/i);
          expect(html).not.toMatch(/<[^>]*\son\w+=/i);
        }
        const back = richTextOf({ format: "MARKDOWN", text: htmlToMarkdown(parts.join(" ")) }).to("HTML");
        expect(back).not.toMatch(/<(script|img|svg|iframe)/i);
        expect(back).not.toMatch(/<a [^>]*href="\s*(javascript|data):/i);
      }),
      { numRuns: 500 },
    );
  });

  it("of plain words reads the same as Markdown", () => {
    const word = fc.constantFrom(
      "a*b",
      "_x_",
      "`y`",
      "[z](u)",
      "<b>",
      "#",
      "1 & 2",
      "&amp;",
      "~~s~~",
      "a_b_c",
      "\\",
      "|",
      "passkey",
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const text = `It says ${words.join(" ")}`;
        expect(markdownToText(escapeMarkdown(text))).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  it("drops scripts and styles from HTML, and no words", () => {
    const html =
      "<style>p{}</style><script>alert(1)</script><h2>Head</h2><table><tr><th>a</th><td>b</td></tr></table><p>&lt;kept&gt; 🎉 مرحبا</p>";
    for (const told of [htmlToMarkdown(html), htmlToText(html)]) {
      expect(told).not.toContain("alert");
      for (const word of ["Head", "a", "b", "kept", "🎉", "مرحبا"]) expect(told).toContain(word);
    }
  });

  it.each([
    ["stars", "*a ".repeat(100_000)],
    ["brackets", "[".repeat(100_000)],
    ["tags", "<b>".repeat(20_000)],
    ["prose", "The printer burns. ".repeat(50_000)],
  ])("of many %s is told all the same", (_what, text) => {
    expect(markdownToHtml(text).length).toBeGreaterThan(1_000);
  });
});
