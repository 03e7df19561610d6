import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { Answer, Wire } from "./answer.js";
import { sendWire } from "./answer.js";
import type { FaultKind, FaultRule } from "./faults.js";
import { isObject } from "./json.js";

const SIGN_IN = `<!DOCTYPE html><html><head><title>Log in to continue</title></head><body><form action="/login"><input name="username"></form></body></html>`;
const NOT_FOUND = `<!DOCTYPE html><html><head><title>Oops, you've found a dead link.</title></head><body><h1>Not found</h1></body></html>`;
const BROKEN = `<html>\r\n<head><title>STATUS</title></head>\r\n<body>\r\n<center><h1>STATUS</h1></center>\r\n<hr><center>AtlassianEdge</center>\r\n</body>\r\n</html>\r\n`;
const MIB = 1_048_576;

/** The answer that a fault puts in the place of the right one; undefined for a fault that changes only how it is sent. */
export function wrongAnswer(rule: FaultRule, now: number): Answer | undefined {
  if (rule.kind === "html-200") return { status: 200, body: SIGN_IN };
  if (rule.kind === "html-404") return { status: 404, body: NOT_FOUND };
  if (rule.kind === "status" || rule.kind === "half") {
    const status = rule.status ?? (rule.kind === "half" ? 500 : 503);
    return {
      status,
      body: BROKEN.replaceAll("STATUS", String(status)),
      headers: { ...retryAfter(rule, now), ...rule.headers },
    };
  }
  if (rule.kind === "429")
    return {
      status: 429,
      body: { errorMessages: ["Rate limit exceeded"], errors: {} },
      headers: { ...retryAfter(rule, now), ...rule.headers },
    };
  return undefined;
}

function retryAfter({ retryAfter: wanted }: FaultRule, now: number): Record<string, string> {
  if (wanted === undefined) return {};
  return { "retry-after": wanted === "date" ? new Date(now + 2_000).toUTCString() : String(wanted) };
}

/** The right answer with the mistake in its content that the fault asks for. */
export function damaged(answer: Answer, rule: FaultRule): Answer {
  if (rule.kind === "empty") return { ...answer, body: undefined };
  if (rule.kind === "null-body") return { ...answer, body: null };
  if (rule.kind === "wrong-type")
    return { ...answer, headers: { ...answer.headers, "content-type": "text/plain;charset=UTF-8" } };
  if (rule.kind === "dup-ids") return { ...answer, body: withTwins(answer.body) };
  return answer;
}

/** In the first list of things with ids, the last gets the id and key of the first; a lone thing comes twice. */
function withTwins(body: unknown): unknown {
  if (Array.isArray(body)) return twins(body);
  if (!isObject(body)) return body;
  const list = Object.entries(body).find(([, value]) => Array.isArray(value) && isObject(value[0]) && "id" in value[0]);
  return list ? { ...body, [list[0]]: twins(list[1] as unknown[]) } : body;
}

function twins(things: readonly unknown[]): unknown[] {
  const [first, ...others] = things;
  if (!isObject(first)) return [...things];
  const last = others.pop() ?? first;
  const { id, key, self } = first;
  const twin = {
    ...(isObject(last) ? last : {}),
    id,
    ...(key !== undefined && { key }),
    ...(self !== undefined && { self }),
  };
  return [first, ...others, twin];
}

/** Sends an answer in the way that the fault asks for; resolves when there is no more to do. `signal` ends it early. */
export async function sendBadly(
  outgoing: ServerResponse,
  wire: Wire,
  rule: FaultRule,
  signal: AbortSignal,
): Promise<void> {
  const send = SENDERS[rule.kind];
  if (send) await send(outgoing, wire, rule, signal);
  else sendWire(outgoing, wire);
}

type Sender = (outgoing: ServerResponse, wire: Wire, rule: FaultRule, signal: AbortSignal) => Promise<void> | void;

const neverAnswer: Sender = () => undefined;
const reset: Sender = (outgoing) => void outgoing.socket?.resetAndDestroy();

const SENDERS: Partial<Record<FaultKind, Sender>> = {
  hang: neverAnswer,
  "commit-timeout": neverAnswer,
  reset,
  "commit-reset": reset,
  "reset-mid"(outgoing, { status, headers, body }) {
    outgoing.writeHead(status, { ...headers, "content-length": String(Math.max(2, body.length)) });
    outgoing.write(body.subarray(0, body.length / 2), () => outgoing.socket?.resetAndDestroy());
  },
  truncated: (outgoing, wire) => sendWire(outgoing, { ...wire, body: wire.body.subarray(0, wire.body.length / 2) }),
  async slowloris(outgoing, { status, headers, body }, { delayMs = 1_000 }, signal) {
    outgoing.writeHead(status, { ...headers, "content-length": String(body.length) }).flushHeaders();
    for (let at = 0; at < body.length && !outgoing.destroyed; at += 1) {
      outgoing.write(body.subarray(at, at + 1));
      await wait(delayMs, undefined, { signal });
    }
    outgoing.end();
  },
  huge: (outgoing, { status, headers }, { bytes = 512 * MIB }) =>
    pour(outgoing, { status, headers: without(headers, "content-encoding") }, Buffer.alloc(65_536, "x"), bytes),
  // Members of gzip may follow each other, so one packed mebibyte is enough to send again and again.
  gzipbomb: (outgoing, { status, headers }, { bytes = 1_024 * MIB }) =>
    pour(
      outgoing,
      { status, headers: { ...headers, "content-encoding": "gzip" } },
      gzipSync(Buffer.alloc(MIB, " ")),
      bytes,
      MIB,
    ),
  "deep-json"(outgoing, { status, headers }, { bytes = 100_000 }) {
    const body = Buffer.from(`{"issues":${"[".repeat(bytes)}${"]".repeat(bytes)}}`);
    sendWire(outgoing, { status, headers: without(headers, "content-encoding"), body });
  },
};

async function pour(
  outgoing: ServerResponse,
  { status, headers }: Pick<Wire, "status" | "headers">,
  piece: Buffer,
  bytes: number,
  worth: number = piece.length,
): Promise<void> {
  outgoing.writeHead(status, headers);
  const closed = once(outgoing, "close").catch(() => undefined);
  for (let sent = 0; sent < bytes && !outgoing.destroyed; sent += worth)
    if (!outgoing.write(piece)) await Promise.race([once(outgoing, "drain").catch(() => undefined), closed]);
  outgoing.end();
}

function without(headers: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}
