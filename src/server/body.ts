import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "./answer.js";

/** How long a body that is read as a whole may take; only files may take longer. In milliseconds. */
const BODY_MS = 60_000;

/** Whether the body calls itself JSON in UTF-8. Throws Refusal 415 for JSON in another charset or a compressed one. */
export function saysJson(req: IncomingMessage): boolean {
  const [type, ...parameters] = (req.headers["content-type"] ?? "").split(";");
  if (type?.trim().toLowerCase() !== "application/json") return false;
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/i.exec(parameter)?.[1])
    .find(Boolean);
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw unsupported(`in the charset ${charset}`);
  const encoding = req.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") throw unsupported(`compressed by ${encoding}`);
  return true;
}

/**
 * Reads a JSON body of at most `limit` bytes; undefined for an empty one.
 * Throws Refusal 413 or 400; the rest of a body that is too long is thrown away as it comes in.
 */
export async function readJson(req: IncomingMessage, limit: number): Promise<unknown> {
  const bytes = await readBytes(req, limit);
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw new Refusal(400, "BAD_REQUEST", "The request body is not valid UTF-8. Send JSON in UTF-8.");
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const example = '{"query": "{ __typename }"}';
    throw new Refusal(
      400,
      "BAD_REQUEST",
      `Invalid JSON in the request body: ${why}. Send an object such as ${example}.`,
    );
  }
}

/**
 * For a request that is answered before its body has been read: node throws the rest away as it comes in, so that the client
 * gets to see the answer; whoever still sends `afterMs` later is cut.
 */
export function cutUnread(req: IncomingMessage, res: ServerResponse, afterMs: number): void {
  if (req.complete) return;
  // A request that was broken off forgets its socket.
  const { socket } = req;
  res.once("finish", () => {
    const timer = setTimeout(() => {
      if (!req.complete) socket.destroy();
    }, afterMs);
    req.once("close", () => clearTimeout(timer));
  });
}

/** The client went away before its request was whole: there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = "ClientGone";
}

/** Reads a body of at most `limit` bytes as it came. Throws Refusal 413, 408 after `withinMs`, and ClientGone. */
export function readBytes(req: IncomingMessage, limit: number, withinMs = BODY_MS): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(req.headers["content-length"] ?? 0) > limit) return reject(tooLarge(limit));
    // Gone before anybody listened: no event tells of it again.
    if (req.destroyed) return reject(new ClientGone("The client went away before its request was whole."));
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) stop(() => reject(tooLarge(limit)));
      else chunks.push(chunk);
    };
    const onEnd = () =>
      stop(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length)));
    const onGone = () => stop(() => reject(new ClientGone("The client went away before its request was whole.")));
    const late = setTimeout(() => stop(() => reject(tooSlow(withinMs))), withinMs);
    const stop = (then: () => void) => {
      clearTimeout(late);
      req.off("data", onData).off("end", onEnd).off("close", onGone).off("error", onGone);
      // A late reset of the connection must not become an uncaught error.
      req.on("error", () => {});
      then();
    };
    req.on("data", onData).on("end", onEnd).on("close", onGone).on("error", onGone);
  });
}

function tooSlow(withinMs: number): Refusal {
  const message = `The request body was not whole after ${withinMs / 1_000} s. Send it faster, or in smaller parts.`;
  return new Refusal(408, "REQUEST_TIMEOUT", message);
}

function tooLarge(limit: number): Refusal {
  const advice = "Send fewer tickets at a time, or raise BODY_LIMIT.";
  return new Refusal(413, "PAYLOAD_TOO_LARGE", `The request body is larger than ${limit} bytes. ${advice}`);
}

function unsupported(how: string): Refusal {
  const message = `A request body ${how} can't be read. Send JSON in UTF-8, not compressed.`;
  return new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", message);
}
