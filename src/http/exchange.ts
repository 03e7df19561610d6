import { Readable } from "node:stream";
import type { Pool } from "undici";
import type { Headers } from "./http.js";
import { readBody } from "./read-body.js";

export interface WireRequest {
  readonly method: string;
  /** Encoded, with the query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  /** Called when the socket stands and the body is about to go out; what it throws ends the request without the body. */
  readonly lastCheck?: () => void;
}
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One request and its whole answer. Rejects with whatever broke it, and with VendorError for an answer beyond `maxBytes`. */
export async function exchange(
  pool: Pool,
  request: WireRequest,
  maxBytes: number,
  signal: AbortSignal,
): Promise<WireAnswer> {
  const { body = null, lastCheck } = request;
  const checked = body !== null && lastCheck !== undefined;
  const answer = await pool.request({
    method: request.method as "GET",
    path: request.path,
    headers: checked ? { ...request.headers, "content-length": String(Buffer.byteLength(body)) } : request.headers,
    body: checked ? Readable.from(checkedBody(body, lastCheck), { objectMode: false }) : body,
    signal,
  });
  const headers = single(answer.headers);
  const text = await readBody(answer.body, headers["content-encoding"], maxBytes);
  return { status: answer.statusCode, headers, text };
}

/** Asked for its bytes only when there is a socket to write them to. */
function* checkedBody(body: string, lastCheck: () => void): Generator<Buffer> {
  lastCheck();
  yield Buffer.from(body);
}

function single(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const one: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) one[name] = typeof value === "string" ? value : (value.at(-1) ?? "");
  }
  return one;
}
