import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { FaultRule } from "./faults.js";

/** A request as a vendor's endpoint sees it. */
export interface Request {
  readonly method: string;
  /** As the vendor's routes write it: decoded dots tidied, the vendor's own prefix taken off. */
  readonly path: string;
  /** Where links in the answer begin: the server's address and the prefix that was taken off. */
  readonly base: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The path's parts that the route left open, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The file of a form, where the route takes one. */
  readonly file?: SentFile;
  /** The fault that this call falls under, for those that only an endpoint can commit. */
  readonly fault: FaultRule | undefined;
}

/** A file that came in a form. */
export interface SentFile {
  readonly field: string;
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** What an endpoint answers: a body that is a string is HTML, a buffer is itself, any other is JSON, undefined is none. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer as bytes. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const WORTH_PACKING = 1_024;

/** Turns an answer into bytes, packed where the caller takes gzip and it is worth it. */
export function toWire(answer: Answer, jsonType: string, acceptEncoding: string): Wire {
  const { status, body } = answer;
  if (body === undefined) return { status, headers: { ...answer.headers }, body: Buffer.alloc(0) };
  if (Buffer.isBuffer(body)) return { status, headers: { ...answer.headers }, body };
  const isHtml = typeof body === "string";
  const plain = Buffer.from(isHtml ? body : JSON.stringify(body));
  const packed = plain.length > WORTH_PACKING && /\bgzip\b/.test(acceptEncoding);
  return {
    status,
    headers: {
      "content-type": isHtml ? "text/html;charset=UTF-8" : jsonType,
      ...(packed && { "content-encoding": "gzip" }),
      ...answer.headers,
    },
    body: packed ? gzipSync(plain, { level: 1 }) : plain,
  };
}

/** Sends all of it. */
export function sendWire(outgoing: ServerResponse, { status, headers, body }: Wire): void {
  const length = status === 204 ? {} : { "content-length": String(body.length) };
  outgoing.writeHead(status, { ...headers, ...length }).end(body);
}
