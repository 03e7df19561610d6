import { Marked, type Tokens } from "marked";
import { VendorError } from "../domain/errors.js";
import type { RichText, Text, TextFormat } from "../domain/rich-text.js";
import { escapeMarkdown, isTangled } from "./markdown-text.js";
import { htmlToMarkdown, htmlToText } from "./html-text.js";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Whether an address may stand in a link: web and mail only, never a script. */
function isSafeHref(href: string): boolean {
  return /^(https?|mailto):/i.test(href.trim());
}

const safe = new Marked({
  async: false,
  gfm: true,
  renderer: {
    html: ({ text }) => escapeHtml(text),
    link({ href, tokens }: Tokens.Link) {
      const text = this.parser.parseInline(tokens);
      return isSafeHref(href) ? `<a href="${escapeHtml(href)}">${text}</a>` : text;
    },
    image: ({ href, text }: Tokens.Image) =>
      isSafeHref(href) ? `<a href="${escapeHtml(href)}">${escapeHtml(text || href)}</a>` : escapeHtml(text),
  },
});

/** Markdown as HTML that runs nothing: raw HTML is shown as text, and links lead to the web or to mail only. */
export function markdownToHtml(markdown: string): string {
  if (isTangled(markdown)) return `<p>${escapeHtml(markdown)}</p>`;
  return (safe.parse(markdown) as string).trim();
}

/** Markdown without its markup. */
export function markdownToText(markdown: string): string {
  return htmlToText(markdownToHtml(markdown));
}

/** A text of a vendor that keeps plain text, Markdown or HTML, in whatever format is asked for. `to("ADF")` throws VendorError. */
export function richTextOf({ format, text }: Text): RichText {
  return { to: (wanted) => (wanted === format ? text : CONVERT[format](text, wanted)) };
}

const CONVERT: Record<TextFormat, (text: string, wanted: TextFormat) => string> = {
  PLAIN: (text, wanted) =>
    pick(
      wanted,
      () => text,
      () => escapeMarkdown(text),
      () => escapeHtml(text).replace(/\n/g, "<br>\n"),
    ),
  MARKDOWN: (text, wanted) =>
    pick(
      wanted,
      () => markdownToText(text),
      () => text,
      () => markdownToHtml(text),
    ),
  HTML: (text, wanted) =>
    pick(
      wanted,
      () => htmlToText(text),
      () => htmlToMarkdown(text),
      () => markdownToHtml(htmlToMarkdown(text)),
    ),
  ADF: (_, wanted) => pick(wanted, unsupported, unsupported, unsupported),
};

function pick(wanted: TextFormat, plain: () => string, markdown: () => string, html: () => string): string {
  return { PLAIN: plain, MARKDOWN: markdown, HTML: html, ADF: unsupported }[wanted]();
}

function unsupported(): never {
  const message = "ADF is Atlassian's own format; this vendor's texts can be had as PLAIN, MARKDOWN or HTML.";
  throw new VendorError({ code: "UNSUPPORTED", message }, "no");
}

/** A draft's text in the format that a vendor keeps. Throws VendorError UNSUPPORTED, by its place, for ADF. */
export function written(text: Text, format: "PLAIN" | "MARKDOWN" | "HTML", vendor: string): string {
  if (text.format !== "ADF") return richTextOf(text).to(format);
  const message = `${vendor} can't take ADF. Give the description as Markdown, HTML or plain text.`;
  throw new VendorError({ code: "UNSUPPORTED", message, path: ["descriptionFormat"] }, "no");
}
