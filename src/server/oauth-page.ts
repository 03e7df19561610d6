import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { send } from "./answer.js";

const STYLE =
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}";
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** What keeps an answer to a browser from being framed, kept, sniffed at, or told to others by its address. */
export const BROWSER_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
};

/** Answers with a page that loads nothing: a heading and a sentence. Both may hold what others wrote. */
export function sendPage(
  res: ServerResponse,
  status: number,
  { title, text }: { readonly title: string; readonly text: string },
  headers: Readonly<Record<string, string>> = {},
): void {
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
</html>
`;
  send(res, status, "text/html; charset=utf-8", page, { ...BROWSER_HEADERS, ...headers });
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
