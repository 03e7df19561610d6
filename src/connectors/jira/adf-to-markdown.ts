import { escapeMarkdown, quoted } from "../markdown-text.js";
import { isNode, type AdfMark, type AdfNode } from "./adf.js";
import { inlineText } from "./adf-inline.js";

/** Jira's document as Markdown. Nodes that Markdown has no word for are told by what they hold; nothing throws. */
export function adfToMarkdown(doc: unknown): string {
  return isNode(doc) ? blocks(doc.content).trim() : typeof doc === "string" ? escapeMarkdown(doc) : "";
}

function blocks(nodes: readonly AdfNode[] | undefined, between = "\n\n"): string {
  return (nodes ?? [])
    .map(block)
    .filter((text) => text !== "")
    .join(between);
}

function block(node: AdfNode): string {
  switch (node.type) {
    case "paragraph":
    case "decisionItem":
    case "caption":
      return inline(node.content);
    case "heading":
      return `${"#".repeat(Math.min(6, Math.max(1, Number(node.attrs?.level) || 1)))} ${inline(node.content).replace(/\n/g, " ")}`;
    case "bulletList":
    case "decisionList":
      return items(node, () => "- ");
    case "orderedList": {
      const first = Number(node.attrs?.order ?? 1);
      return items(node, (n) => `${first + n}. `);
    }
    case "taskList":
      return items(node, (_, item) => (item.attrs?.state === "DONE" ? "- [x] " : "- [ ] "));
    case "listItem":
      return blocks(node.content, "\n");
    case "taskItem":
      return inline(node.content);
    case "codeBlock": {
      const code = (node.content ?? []).map(({ text }) => text ?? "").join("");
      const fence = "`".repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)));
      const language = typeof node.attrs?.language === "string" ? node.attrs.language : "";
      return `${fence}${language}\n${code}\n${fence}`;
    }
    case "blockquote":
    case "panel":
      return quoted(blocks(node.content));
    case "rule":
      return "---";
    case "table":
      return table(node);
    case "expand":
    case "nestedExpand": {
      const title =
        typeof node.attrs?.title === "string" && node.attrs.title !== ""
          ? `**${escapeMarkdown(node.attrs.title)}**\n\n`
          : "";
      return `${title}${blocks(node.content)}`;
    }
    case "text":
    case "hardBreak":
    case "mention":
    case "emoji":
    case "inlineCard":
    case "blockCard":
    case "embedCard":
    case "media":
    case "date":
    case "status":
      return inline([node]);
    default:
      return blocks(node.content);
  }
}

function items({ content }: AdfNode, bullet: (n: number, item: AdfNode) => string): string {
  return (content ?? [])
    .map((item, n) => {
      const mark = bullet(n, item);
      const isNestedTaskList = item.type === "taskList";
      const text = isNestedTaskList ? block(item) : block(item);
      const indent = " ".repeat(mark.startsWith("- ") ? 2 : mark.length);
      if (isNestedTaskList) return text.replace(/^/gm, indent);
      return `${mark}${text.replace(/\n(?=.)/g, `\n${indent}`)}`;
    })
    .join("\n");
}

function table({ content }: AdfNode): string {
  const rows = (content ?? []).map(({ content: cells }) =>
    (cells ?? []).map(({ content: held }) => blocks(held, " ").replace(/\s*\n\s*/g, " ")),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return "";
  const line = (row: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, n) => row[n] ?? "").join(" | ")} |`;
  const [head = [], ...rest] = rows;
  return [line(head), line(Array<string>(width).fill("---")), ...rest.map(line)].join("\n");
}

/** Marks from the outside in: neighbours that share one stand inside the same pair of signs. */
const SIGNS = [
  ["link", ""],
  ["strong", "**"],
  ["em", "*"],
  ["strike", "~~"],
] as const;

function inline(nodes: readonly AdfNode[] | undefined): string {
  // What begins a line must not become a list.
  return marked(nodes ?? [], 0).replace(
    /^(\s*)([-+]|\d+[.)])(?=\s)/gm,
    (_, blank: string, bullet: string) => `${blank}${bullet.slice(0, -1)}\\${bullet.slice(-1)}`,
  );
}

function marked(nodes: readonly AdfNode[], level: number): string {
  const sign = SIGNS[level];
  if (!sign) return nodes.map(plain).join("");
  const [type, mark] = sign;
  return runsBy(nodes, (node) => valueOf(node, type))
    .map(({ value, held }) => {
      const text = marked(held, level + 1);
      return value === undefined ? text : wrapped(text, type === "link" ? ["[", `](<${value}>)`] : [mark, mark]);
    })
    .join("");
}

/** The blanks at the edges stay outside of the signs, where Markdown needs them. */
function wrapped(text: string, [open, close]: readonly [string, string]): string {
  const core = text.trim();
  if (core === "") return text;
  const start = text.length - text.trimStart().length;
  return `${text.slice(0, start)}${open}${core}${close}${text.slice(start + core.length)}`;
}

function runsBy(
  nodes: readonly AdfNode[],
  by: (node: AdfNode) => string | undefined,
): readonly { readonly value: string | undefined; readonly held: AdfNode[] }[] {
  const runs: { value: string | undefined; held: AdfNode[] }[] = [];
  for (const node of nodes) {
    const value = by(node);
    const last = runs.at(-1);
    if (last && last.value === value) last.held.push(node);
    else runs.push({ value, held: [node] });
  }
  return runs;
}

/** What a node's mark of this type says: a link's address, something for any other; undefined where it has none. */
function valueOf({ marks }: AdfNode, type: AdfMark["type"]): string | undefined {
  const mark = (marks ?? []).find((one) => one.type === type);
  if (type !== "link") return mark && "yes";
  const href = mark?.attrs?.href;
  return typeof href === "string" ? href.replace(/[<>\n]/g, encodeURIComponent) : undefined;
}

function plain(node: AdfNode): string {
  if (node.type === "hardBreak") return "\\\n";
  const text = inlineText(node);
  if (CARDS.has(node.type)) return text && `<${text}>`;
  const isCode = node.type === "text" && (node.marks ?? []).some(({ type }) => type === "code");
  return isCode ? codeSpan(text) : escapeMarkdown(text);
}

const CARDS = new Set(["inlineCard", "blockCard", "embedCard"]);

function codeSpan(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const pad = /^`|`$/.test(text) ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}
