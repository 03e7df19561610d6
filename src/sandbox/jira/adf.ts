import { isObject } from "../json.js";
import type { Document } from "./issue.js";

/** Whether a value is a document as far as the sandbox looks: its frame, and nodes that each have a type. */
export function isDocument(value: unknown): value is Document {
  return isObject(value) && value.type === "doc" && value.version === 1 && areNodes(value.content);
}

function areNodes(value: unknown): boolean {
  return Array.isArray(value) && value.every(isNode);
}

function isNode(value: unknown): boolean {
  if (!isObject(value) || typeof value.type !== "string") return false;
  if (value.type === "text") return typeof value.text === "string" && value.text !== "";
  return value.content === undefined || areNodes(value.content);
}

/** The words of a document; blocks stand on lines of their own. */
export function textOf(document: Document | null): string {
  return document ? document.content.map(words).join("\n") : "";
}

function words(node: unknown): string {
  if (!isObject(node)) return "";
  if (typeof node.text === "string") return node.text;
  if (isObject(node.attrs) && typeof node.attrs.text === "string") return node.attrs.text;
  if (node.type === "hardBreak") return "\n";
  const inner = Array.isArray(node.content) ? node.content.map(words) : [];
  return inner.join(node.type === "paragraph" || node.type === "heading" ? "" : "\n");
}

/** A document of paragraphs; lines that begin with "- " become a list, with "# " a heading. */
export function documentOf(text: string): Document {
  return { type: "doc", version: 1, content: text.split("\n\n").map(block) };
}

function block(text: string): unknown {
  if (text.startsWith("# ")) return { type: "heading", attrs: { level: 2 }, content: inline(text.slice(2)) };
  if (text.startsWith("- "))
    return {
      type: "bulletList",
      content: text
        .split("\n")
        .map((line) => ({ type: "listItem", content: [{ type: "paragraph", content: inline(line.slice(2)) }] })),
    };
  if (text.startsWith("    ")) return { type: "codeBlock", attrs: {}, content: [{ type: "text", text: text.trim() }] };
  return { type: "paragraph", content: inline(text) };
}

function inline(text: string): unknown[] {
  return text.split(/(\*\*[^*]+\*\*)/).flatMap((part) => {
    if (part === "") return [];
    return part.startsWith("**")
      ? [{ type: "text", text: part.slice(2, -2), marks: [{ type: "strong" }] }]
      : [{ type: "text", text: part }];
  });
}
