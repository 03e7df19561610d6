import type { Duplex } from "node:stream";
import { refusalBody } from "./answer.js";

const ANSWERS: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "HEADERS_TOO_LARGE",
    "The request's headers are too long. Send long queries by POST.",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    "408 Request Timeout",
    "REQUEST_TIMEOUT",
    "The request came in too slowly. Send it again.",
  ],
};
const MALFORMED = [
  "400 Bad Request",
  "BAD_REQUEST",
  "This is not a valid HTTP request. Check what the client sends.",
] as const;

/** Answers, in JSON, what was no HTTP request or came in too slowly, and ends its connection. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = ANSWERS[error.code ?? ""] ?? MALFORMED;
  const body = `${JSON.stringify(refusalBody(code, message))}\n`;
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`, () => socket.destroy());
}
