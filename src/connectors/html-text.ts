import { createRequire } from "node:module";
import type Turndown from "turndown";

/** What HTML is read with: a DOM and two parsers, a sixth of all the code, and loaded only where a vendor's texts are HTML. */
const require = createRequire(import.meta.url);
let turndown: Turndown | undefined;

function openTurndown(): Turndown {
  const opened = new (require("turndown") as typeof Turndown)({
    headingStyle: "atx",
    codeBlockStyle: "fenced",
    bulletListMarker: "-",
    emDelimiter: "_",
  });
  opened.remove(["script", "style", "noscript", "template"]);
  return opened;
}

/** HTML as Markdown; scripts and styles are dropped. */
export function htmlToMarkdown(html: string): string {
  return html.trim() === "" ? "" : (turndown ??= openTurndown()).turndown(html);
}

/** HTML as people read it, without its markup. */
export function htmlToText(html: string): string {
  const { convert } = require("html-to-text") as typeof import("html-to-text");
  return convert(html, {
    wordwrap: false,
    selectors: [
      { selector: "a", options: { hideLinkHrefIfSameAsText: true } },
      { selector: "img", format: "skip" },
      ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: "table", format: "dataTable", options: { uppercaseHeaderCells: false } },
    ],
  });
}
