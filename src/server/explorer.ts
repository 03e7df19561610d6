import { createHash } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { createGunzip, gzip } from "node:zlib";
import { sendEmpty } from "./answer.js";
import { graphiqlPage, sandboxPage, type ExplorerOptions } from "./explorer-page.js";

/** The page that a browser gets at /graphql. */
export interface Explorer {
  answer(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

interface Packed {
  readonly zipped: Buffer;
  readonly headers: OutgoingHttpHeaders;
  readonly etag: string;
}

/** The explorer that the options ask for, built when it is first opened and kept compressed; undefined where it is off. */
export function openExplorer(options: ExplorerOptions): Explorer | undefined {
  if (options.kind === "off") return undefined;
  let packed: Promise<Packed> | undefined;
  return {
    async answer(req, res) {
      packed ??= pack(options);
      packed.catch(() => (packed = undefined));
      serve(req, res, await packed);
    },
  };
}

/** Whether a request comes from somebody who looks at it in a browser. */
export function wantsPage(req: IncomingMessage): boolean {
  const accept = req.headers.accept ?? "";
  return (req.method === "GET" || req.method === "HEAD") && accept.includes("text/html") && !accept.includes("json");
}

async function pack(options: ExplorerOptions): Promise<Packed> {
  const { html, policy } = options.kind === "apollo" ? sandboxPage(options) : await graphiqlPage(options);
  const zipped = await promisify(gzip)(html);
  const etag = `"${createHash("sha256").update(zipped).digest("base64url").slice(0, 22)}"`;
  const headers = {
    // It may hold a demo's key, so no shared cache keeps it; the browser asks each time whether it is still the same.
    "cache-control": "private, no-cache",
    "content-security-policy": policy,
    "content-type": "text/html; charset=utf-8",
    // Apollo's page signs in by a window of its own.
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    vary: "Accept, Accept-Encoding",
    etag,
  };
  return { zipped, headers, etag };
}

function serve(req: IncomingMessage, res: ServerResponse, { zipped, headers, etag }: Packed): void {
  if (req.headers["if-none-match"] === etag) return sendEmpty(res, 304, headers);
  const takesZipped = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(req.headers["accept-encoding"] ?? ""));
  const length = takesZipped && { "content-encoding": "gzip", "content-length": zipped.length };
  if (req.method === "HEAD") return sendEmpty(res, 200, { ...headers, ...length });
  if (res.destroyed) return;
  res.writeHead(200, { ...headers, ...length });
  if (takesZipped) res.end(zipped);
  else Readable.from([zipped]).pipe(createGunzip()).pipe(res);
}
