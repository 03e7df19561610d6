import { lexer, type Token, type Tokens } from "marked";
import { isTangled } from "../markdown-text.js";
import { adfDoc, lines, plainToAdf, type AdfDoc, type AdfMark, type AdfNode } from "./adf.js";

/** Where blocks stand: a quote, a list item and a table cell can't hold all that a document can. */
type Place = "doc" | "quote" | "item" | "cell";

/**
 * Markdown as a document that Jira takes. What ADF can't hold where Markdown has it (a heading in a list, a table in a
 * quote) is told as the nearest thing that it can; raw HTML stays text; only web and mail addresses become links.
 */
export function markdownToAdf(markdown: string): AdfDoc {
  if (isTangled(markdown)) return plainToAdf(markdown);
  try {
    return adfDoc(blocks(lexer(markdown), "doc"));
  } catch (error) {
    // Nesting beyond what the stack holds: nobody writes so, but it must not be lost.
    if (error instanceof RangeError) return plainToAdf(markdown);
    throw error;
  }
}

function blocks(tokens: readonly Token[], place: Place): AdfNode[] {
  return tokens.flatMap((token) => block(token as Tokens.Generic, place));
}

function block(token: Tokens.Generic, place: Place): AdfNode[] {
  switch (token.type) {
    case "heading": {
      const content = inline(token.tokens, []);
      if (content.length === 0) return [];
      if (place === "doc" || place === "cell")
        return [{ type: "heading", attrs: { level: token.depth as number }, content }];
      return paragraph(inline(token.tokens, [{ type: "strong" }]));
    }
    case "paragraph":
    case "text":
      return paragraph(inline(token.tokens ?? [token], []));
    case "code":
      return [codeBlock(token as Tokens.Code)];
    case "blockquote": {
      const content = blocks(token.tokens ?? [], place === "doc" || place === "cell" ? "quote" : place);
      if (content.length === 0) return [];
      return place === "doc" || place === "cell" ? [{ type: "blockquote", content }] : content;
    }
    case "list":
      return list(token as Tokens.List, place);
    case "table":
      return table(token as Tokens.Table, place);
    case "hr":
      return place === "doc" ? [{ type: "rule" }] : [];
    case "html":
      return paragraph(lines(token.raw.trim()));
    case "space":
    case "def":
      return [];
    default:
      return paragraph(lines(token.raw));
  }
}

function paragraph(content: readonly AdfNode[]): AdfNode[] {
  return content.length === 0 ? [] : [{ type: "paragraph", content }];
}

function codeBlock({ text, lang }: Tokens.Code): AdfNode {
  return {
    type: "codeBlock",
    ...(lang && { attrs: { language: lang.split(/\s/)[0] } }),
    content: text === "" ? [] : [{ type: "text", text }],
  };
}

function list({ ordered, start, items }: Tokens.List, place: Place): AdfNode[] {
  if (place === "doc" && items.every(({ task, tokens }) => task && isOneLine(tokens))) return [taskList(items)];
  const content = items.map((item): AdfNode => {
    const held = blocks(item.tokens, "item");
    const box = item.task ? [{ type: "text", text: item.checked ? "[x] " : "[ ] " }] : [];
    const [first, ...rest] = held;
    if (first?.type === "paragraph")
      return { type: "listItem", content: [{ ...first, content: [...box, ...(first.content ?? [])] }, ...rest] };
    if (first?.type === "codeBlock" && box.length === 0) return { type: "listItem", content: held };
    return { type: "listItem", content: [{ type: "paragraph", content: box }, ...held] };
  });
  if (!ordered) return [{ type: "bulletList", content }];
  return [
    { type: "orderedList", ...(typeof start === "number" && start !== 1 && { attrs: { order: start } }), content },
  ];
}

function isOneLine(tokens: readonly Token[]): boolean {
  return (
    tokens.every(({ type }) => type === "text" || type === "paragraph" || type === "space" || type === "checkbox") &&
    tokens.length <= 2
  );
}

function taskList(items: readonly Tokens.ListItem[]): AdfNode {
  const content = items.map((item, n): AdfNode => {
    const [held] = blocks(item.tokens, "item");
    const attrs = { localId: `task-${n + 1}`, state: item.checked ? "DONE" : "TODO" };
    return { type: "taskItem", attrs, content: held?.content ?? [] };
  });
  return { type: "taskList", attrs: { localId: "tasks" }, content };
}

function table({ header, rows }: Tokens.Table, place: Place): AdfNode[] {
  if (place !== "doc") {
    return [header, ...rows].flatMap((row) =>
      paragraph(
        row.flatMap(({ tokens }, n) => [...(n > 0 ? [{ type: "text", text: " | " }] : []), ...inline(tokens, [])]),
      ),
    );
  }
  const cells = (type: string, row: readonly Tokens.TableCell[]): AdfNode => ({
    type: "tableRow",
    content: row.map(({ tokens }) => ({
      type,
      attrs: {},
      content: [{ type: "paragraph", content: inline(tokens, []) }],
    })),
  });
  return [{ type: "table", content: [cells("tableHeader", header), ...rows.map((row) => cells("tableCell", row))] }];
}

function inline(tokens: readonly Token[] | undefined, marks: readonly AdfMark[]): AdfNode[] {
  return joinText((tokens ?? []).flatMap((token) => oneInline(token as Tokens.Generic, marks)));
}

function oneInline(token: Tokens.Generic, marks: readonly AdfMark[]): AdfNode[] {
  const mark = (type: string): AdfNode[] => inline(token.tokens, withMark(marks, { type }));
  switch (token.type) {
    case "strong":
      return mark("strong");
    case "em":
      return mark("em");
    case "del":
      return mark("strike");
    case "codespan":
      return text(token.text as string, [...marks.filter(({ type }) => type === "link"), { type: "code" }]);
    case "br":
      return [{ type: "hardBreak" }];
    case "link":
      return inline(token.tokens, linked(marks, token.href as string));
    case "image":
      return text((token.text as string) || (token.href as string), linked(marks, token.href as string));
    case "checkbox":
      return [];
    case "text":
      return token.tokens ? inline(token.tokens, marks) : text(unescapeHtml(token.text as string), marks);
    case "escape":
      return text(unescapeHtml(token.text as string), marks);
    default:
      return text(token.raw, marks);
  }
}

function linked(marks: readonly AdfMark[], href: string): readonly AdfMark[] {
  return /^(https?|mailto):/i.test(href) ? withMark(marks, { type: "link", attrs: { href } }) : marks;
}

function withMark(marks: readonly AdfMark[], mark: AdfMark): readonly AdfMark[] {
  return marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];
}

function text(value: string, marks: readonly AdfMark[]): AdfNode[] {
  return value
    .split("\n")
    .flatMap((line, n): AdfNode[] => [
      ...(n > 0 ? [{ type: "text", text: " ", ...(marks.length > 0 && { marks }) }] : []),
      ...(line === "" ? [] : [{ type: "text", text: line, ...(marks.length > 0 && { marks }) }]),
    ]);
}

/** Neighbours with the same marks are one text. */
function joinText(nodes: readonly AdfNode[]): AdfNode[] {
  const joined: AdfNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    const isSame =
      last?.type === "text" && node.type === "text" && JSON.stringify(last.marks) === JSON.stringify(node.marks);
    if (isSame) joined[joined.length - 1] = { ...last, text: `${last.text}${node.text}` };
    else joined.push(node);
  }
  return joined;
}

const ENTITIES: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

/** Entities that stand for one of the five that HTML needs; all others stay as they were written. */
function unescapeHtml(value: string): string {
  return value.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}
