import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal, send, UNKEPT } from "./answer.js";

/** Who may read the metrics, and what they are. */
export interface MetricsDoor {
  /** What a scraper must send as `Authorization: Bearer`; without it, only this machine is let in. */
  readonly token: string | undefined;
  scrape(): Promise<string>;
}

/** Answers with all metrics, as text for Prometheus. Throws Refusal: they name tenants and connections, so they aren't for everybody. */
export async function answerMetrics(door: MetricsDoor, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (door.token !== undefined) needToken(door.token, req);
  else needThisMachine(req);
  send(res, 200, "text/plain; version=0.0.4; charset=utf-8", await door.scrape(), UNKEPT);
}

function needToken(token: string, { headers }: IncomingMessage): void {
  const [, sent] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  if (sent !== undefined && isSame(sent, token)) return;
  const message = "The metrics are for who sends METRICS_TOKEN as Authorization: Bearer. Check the scraper's settings.";
  throw new Refusal(401, "UNAUTHENTICATED", message, { "www-authenticate": 'Bearer realm="ticketgraph metrics"' });
}

/** Takes equally long however much is right. */
function isSame(sent: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(sent), digest(token));
}

/** What a proxy adds: then the client is somebody else, wherever the connection comes from. */
const FORWARDED = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];
const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
/** A page of another name that leads here would send that name. */
const OWN_NAME = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

function needThisMachine({ headers, socket }: IncomingMessage): void {
  const isHere = LOOPBACK.test(socket.remoteAddress ?? "") && OWN_NAME.test(headers.host ?? "");
  if (isHere && FORWARDED.every((name) => headers[name] === undefined)) return;
  const message =
    "The metrics are shown to this machine alone. Set METRICS_TOKEN to let a scraper in from elsewhere, and have it send that as Authorization: Bearer.";
  throw new Refusal(403, "FORBIDDEN", message);
}
