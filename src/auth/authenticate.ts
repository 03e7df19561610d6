import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "../domain/caller.js";
import type { ApiKeys } from "./api-key.js";
import { MISSING, MISTYPED, UNKNOWN, wrongTenant, type Authentication } from "./authentication.js";
import { looksLikeToken, type VerifyToken } from "./jwt.js";
import { hashKey, isWellFormed, looksCreated } from "./key-format.js";
import type { StoredKeys } from "./stored-keys.js";

/** By what callers are known: the configured keys first, then those that were created, then tokens. */
interface Doors {
  readonly keys: ApiKeys;
  readonly stored?: StoredKeys;
  readonly jwt?: VerifyToken;
}

/** Turns headers into a caller, before anything else of a request is read. Throws only what is a bug. */
export type Authenticate = (headers: IncomingHttpHeaders) => Promise<Authentication>;

/** The key in `X-API-Key`, else the one in `Authorization: Bearer`; undefined where neither header holds one. */
export function presentedKey(headers: IncomingHttpHeaders): string | undefined {
  return textOf(headers["x-api-key"]) ?? /^Bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1];
}

/**
 * Knows callers by their keys and tokens; `X-Connection-Id` becomes the default connection and `Idempotency-Key` the key of
 * writes that give none. An `X-Tenant-Id` never chooses a tenant: it may only say what the key says too.
 */
export function authenticateBy(doors: Doors): Authenticate {
  return async (headers) => {
    const presented = presentedKey(headers);
    if (presented === undefined) return { refused: MISSING };
    const answer = await knownBy(doors, presented);
    return "caller" in answer ? asked(answer.caller, headers) : answer;
  };
}

function knownBy({ keys, stored, jwt }: Doors, presented: string): Authentication | Promise<Authentication> {
  const hash = hashKey(presented);
  const caller = keys.find(hash);
  if (caller) return { caller };
  if (looksCreated(presented)) {
    if (!isWellFormed(presented)) return { refused: MISTYPED };
    return stored?.find(hash) ?? { refused: UNKNOWN };
  }
  return jwt && looksLikeToken(presented) ? jwt(presented, hash) : { refused: UNKNOWN };
}

function asked(caller: Caller, headers: IncomingHttpHeaders): Authentication {
  const tenant = textOf(headers["x-tenant-id"]);
  if (tenant !== undefined && tenant !== caller.tenantId) return { refused: wrongTenant(caller.tenantId) };
  const defaultConnection = textOf(headers["x-connection-id"]);
  const idempotencyKey = textOf(headers["idempotency-key"]);
  if (!defaultConnection && !idempotencyKey) return { caller };
  return {
    caller: { ...caller, ...(defaultConnection && { defaultConnection }), ...(idempotencyKey && { idempotencyKey }) },
  };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" && header.trim() !== "" ? header.trim() : undefined;
}
