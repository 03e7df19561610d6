import { markdownToHtml } from "../rich-text.js";
import { htmlToMarkdown } from "../html-text.js";
import { isNode, type AdfDoc, type AdfNode } from "./adf.js";
import { markdownToAdf } from "./adf-from-markdown.js";
import { inlineText } from "./adf-inline.js";
import { adfToMarkdown } from "./adf-to-markdown.js";

/** HTML as a document, by way of Markdown: what Markdown can't say, Jira's tickets rarely hold. */
export function htmlToAdf(html: string): AdfDoc {
  return markdownToAdf(htmlToMarkdown(html));
}

/** A document as HTML that runs nothing. */
export function adfToHtml(doc: unknown): string {
  return markdownToHtml(adfToMarkdown(doc));
}

/** A document's words, a line for each block. */
export function adfToText(doc: unknown): string {
  if (!isNode(doc)) return typeof doc === "string" ? doc : "";
  return textOf(doc)
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const INLINE_HOLDERS = new Set(["paragraph", "heading", "taskItem", "decisionItem", "codeBlock", "caption"]);

function textOf(node: AdfNode): string {
  if (INLINE_HOLDERS.has(node.type)) return `${(node.content ?? []).map(inlineText).join("")}\n`;
  if (node.type === "tableRow") return `${(node.content ?? []).map((cell) => textOf(cell).trim()).join("\t")}\n`;
  if (node.content === undefined) return inlineText(node);
  return `${node.content.map(textOf).join("")}${node.type === "listItem" ? "" : "\n"}`;
}
