/** Plain text as Markdown that reads the same. Underscores inside words need no escape, and addresses are full of them. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*[\]<>~|]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(/^(\s*)(#{1,6}(?=\s|$)|=+\s*$|-{2,}\s*$)/gm, "$1\\$2");
}

/** Each line behind a `>`. */
export function quoted(markdown: string): string {
  return markdown.replace(/^/gm, "> ").replace(/^> $/gm, ">");
}

/** Delimiters in one paragraph beyond which a Markdown parser's time grows out of hand; no person writes so many. */
const DELIMITERS_MAX = 1_000;

/** Whether a text is so full of markup characters that it is better taken as plain text than parsed. */
export function isTangled(markdown: string): boolean {
  return markdown
    .split(/\n{2,}/)
    .some((one) => one.length > DELIMITERS_MAX && (one.match(/[*_~`[\]<>]/g)?.length ?? 0) > DELIMITERS_MAX);
}
