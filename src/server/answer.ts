import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

/** Nothing that is answered to one caller may be kept for another. */
export const UNKEPT: OutgoingHttpHeaders = { "cache-control": "no-store" };

/** What goes with every answer that is not a page: nothing in it may be sniffed, framed or run. */
export const SAFE: OutgoingHttpHeaders = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** A request that is refused before GraphQL has seen it; told as JSON in the shape of a GraphQL error. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: OutgoingHttpHeaders = {},
  ) {
    super(message);
  }
}

/** Sends a whole body in one write. Does nothing where the client has gone. */
export function send(
  res: ServerResponse,
  status: number,
  contentType: string,
  text: string,
  headers?: OutgoingHttpHeaders,
): void {
  if (res.destroyed || res.headersSent) return;
  const body = Buffer.from(text);
  res.writeHead(status, { ...SAFE, "content-type": contentType, "content-length": body.length, ...headers });
  res.end(body);
}

/** Sends JSON. */
export function sendJson(res: ServerResponse, status: number, value: unknown, headers?: OutgoingHttpHeaders): void {
  send(res, status, "application/json; charset=utf-8", `${JSON.stringify(value)}\n`, { ...UNKEPT, ...headers });
}

/** Sends a refusal as `{"errors": [{"message", "extensions": {"code"}}]}`. */
export function sendRefusal(res: ServerResponse, { status, code, message, headers }: Refusal): void {
  sendJson(res, status, refusalBody(code, message), headers);
}

/** The JSON of a refusal. */
export function refusalBody(code: string, message: string): object {
  return { errors: [{ message, extensions: { code } }] };
}

/** Answers with headers alone. */
export function sendEmpty(res: ServerResponse, status: number, headers?: OutgoingHttpHeaders): void {
  if (res.destroyed || res.headersSent) return;
  res.writeHead(status, { ...SAFE, ...headers });
  res.end();
}
