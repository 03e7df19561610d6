/** A node of the Atlassian Document Format: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
export interface AdfNode {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly AdfNode[];
  readonly marks?: readonly AdfMark[];
  readonly text?: string;
}
export interface AdfMark {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
}
export interface AdfDoc extends AdfNode {
  readonly type: "doc";
  readonly version: 1;
  readonly content: readonly AdfNode[];
}

export const adfDoc = (content: readonly AdfNode[]): AdfDoc => ({ type: "doc", version: 1, content });

/** A text's paragraphs, without any reading of markup. */
export function plainToAdf(text: string): AdfDoc {
  const paragraphs = text.replace(/\r\n?/g, "\n").split(/\n{2,}/);
  return adfDoc(
    paragraphs.filter((one) => one.trim() !== "").map((one) => ({ type: "paragraph", content: lines(one) })),
  );
}

/** Lines of a paragraph, with breaks between them. */
export function lines(text: string): AdfNode[] {
  return text
    .split("\n")
    .flatMap((line, n): AdfNode[] => [
      ...(n > 0 ? [{ type: "hardBreak" }] : []),
      ...(line === "" ? [] : [{ type: "text", text: line }]),
    ]);
}

/** A caller's own document, from its JSON text; a sentence saying what is wrong where it is none. */
export function parseAdf(text: string): AdfDoc | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "The description isn't JSON. An ADF description is a document as JSON text.";
  }
  if (!isNode(value) || value.type !== "doc" || !("version" in value) || value.version !== 1)
    return 'The description isn\'t an ADF document. It begins with {"type":"doc","version":1,"content":[…]}.';
  const wrong = misshapen(value, "content", 0);
  return wrong ?? (value as AdfDoc);
}

export function isNode(value: unknown): value is AdfNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Far deeper than any editor goes, and far less deep than what a stack holds. */
const NESTING_MAX = 200;

function misshapen(node: AdfNode, path: string, depth: number): string | undefined {
  if (node.content === undefined) return undefined;
  if (!Array.isArray(node.content)) return `The description's ${path} is not a list of ADF nodes.`;
  if (depth > NESTING_MAX) return `The description's ADF nodes are nested more than ${NESTING_MAX} deep.`;
  for (const [n, child] of node.content.entries()) {
    if (!isNode(child)) return `The description's ${path}[${n}] is not an ADF node: it has no type.`;
    const wrong = misshapen(child, `${path}[${n}].content`, depth + 1);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
