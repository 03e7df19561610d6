import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "../domain/caller.js";
import type { ApiKeys } from "./api-key.js";

/** The key in `X-API-Key`, else the one in `Authorization: Bearer`; undefined where neither header holds one. */
export function presentedKey(headers: IncomingHttpHeaders): string | undefined {
  const own = headers["x-api-key"];
  if (typeof own === "string" && own.trim() !== "") return own.trim();
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1];
}

/** Turns headers into a caller, before anything else of a request is read; `X-Connection-Id` becomes the default connection and `Idempotency-Key` the key of writes that give none. */
export function authenticateBy(keys: ApiKeys): (headers: IncomingHttpHeaders) => Caller | undefined {
  return (headers) => {
    const presented = presentedKey(headers);
    const caller = presented === undefined ? undefined : keys.find(presented);
    const defaultConnection = textOf(headers["x-connection-id"]);
    const idempotencyKey = textOf(headers["idempotency-key"]);
    if (!caller || (!defaultConnection && !idempotencyKey)) return caller;
    return { ...caller, ...(defaultConnection && { defaultConnection }), ...(idempotencyKey && { idempotencyKey }) };
  };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" && header.trim() !== "" ? header.trim() : undefined;
}
