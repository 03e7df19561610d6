import { Readable } from "node:stream";
import type { Dispatcher, Pool } from "undici";
import { gather } from "./gather.js";
import type { Headers } from "./http.js";
import { readBody } from "./read-body.js";

interface WireRequest {
  readonly method: string;
  /** Encoded, with the query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string | AsyncIterable<Uint8Array> | undefined;
  /** Called when the socket stands and the body is about to go out; what it throws ends the request without the body. */
  readonly lastCheck?: () => void;
}
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The whole body, inflated. */
  readonly body: Buffer;
}

/** One request and its whole answer. Rejects with whatever broke it, and with VendorError for an answer beyond `maxBytes`. */
export async function exchange(
  pool: Pool,
  request: WireRequest,
  maxBytes: number,
  signal: AbortSignal,
): Promise<WireAnswer> {
  const answer = await gather(pool, written(request), maxBytes, signal);
  return { status: answer.status, headers: single(answer.headers), body: answer.bytes };
}

/** The same, but the bytes of a 2xx answer are left to be read as they come. */
export async function openExchange(
  pool: Pool,
  request: WireRequest,
  maxBytes: number,
  signal: AbortSignal,
): Promise<WireAnswer & { readonly stream?: Readable }> {
  const answer = await pool.request({ ...written(request), signal });
  const headers = single(answer.headers);
  const status = answer.statusCode;
  if (status >= 200 && status < 300) return { status, headers, body: Buffer.alloc(0), stream: answer.body };
  return { status, headers, body: await readBody(answer.body, headers["content-encoding"], maxBytes) };
}

/** A request as undici takes it. */
function written({ method, path, headers, body, lastCheck }: WireRequest): Dispatcher.DispatchOptions {
  const request = { method: method as Dispatcher.HttpMethod, path, headers };
  if (body === undefined) return request;
  if (typeof body !== "string") return { ...request, body: Readable.from(body, { objectMode: false }) };
  if (!lastCheck) return { ...request, body };
  const length = { "content-length": String(Buffer.byteLength(body)) };
  const checked = Readable.from(checkedBody(body, lastCheck), { objectMode: false });
  return { ...request, headers: { ...headers, ...length }, body: checked };
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
