import type { IncomingMessage } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { refusalBody, Refusal } from "../answer.js";

/** Whether a request asks to become a WebSocket; other upgrades, such as h2c, are answered as if they had not been asked for. */
export function wantsSocket(req: IncomingMessage): boolean {
  return req.headers.upgrade?.toLowerCase() === "websocket";
}

/** Why a request may not become a socket here. */
export function refusalOf(req: IncomingMessage, origins: readonly string[]): Refusal | undefined {
  if ((req.url ?? "").split("?", 1)[0] !== "/graphql")
    return new Refusal(404, "NOT_FOUND", "There is nothing here. Subscriptions are at /graphql.");
  if (!wantsSocket(req)) return new Refusal(400, "BAD_REQUEST", "Only an upgrade to a WebSocket is served here.");
  if (!fromHere(req) && !origins.includes(req.headers.origin ?? "")) {
    const message = "Pages of this origin may not subscribe here. List the origin in CORS_ORIGINS.";
    return new Refusal(403, "FORBIDDEN", message);
  }
  const offered = (req.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  if (offered.includes(GRAPHQL_TRANSPORT_WS_PROTOCOL)) return undefined;
  const message = `Only the subprotocol ${GRAPHQL_TRANSPORT_WS_PROTOCOL} is spoken here. Use a client such as graphql-ws.`;
  return new Refusal(400, "BAD_REQUEST", message);
}

/** Browsers always name a page's origin when they open a socket and ask nobody's leave: who doesn't name any is no browser. */
function fromHere({ headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined) return true;
  try {
    const page = new URL(origin);
    return page.host !== "" && page.host === new URL(`${page.protocol}//${host ?? ""}`).host;
  } catch {
    return false;
  }
}

/** Answers an upgrade in JSON as any other refused request, and ends its connection. */
export function refuseUpgrade(socket: Duplex, { status, code, message }: Refusal, requestId: string): void {
  socket.on("error", () => {});
  const body = `${JSON.stringify(refusalBody(code, message))}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "cache-control: no-store",
    `x-request-id: ${requestId}`,
    "x-content-type-options: nosniff",
    "sec-websocket-version: 13",
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
