import type { Caller } from "../domain/caller.js";

/** Why nobody is let in. */
type RefusalReason = "missing" | "unknown" | "mistyped" | "expired" | "revoked" | "token" | "tenant" | "unavailable";

/** Why nobody is let in, in words for whoever asked. */
export interface AuthRefusal {
  readonly reason: RefusalReason;
  /** As HTTP has it: 401 asks for another key, 403 for another request, 503 for patience. */
  readonly status: 401 | 403 | 503;
  readonly code: "UNAUTHENTICATED" | "FORBIDDEN" | "GATEWAY_UNAVAILABLE";
  readonly message: string;
  /** The same in at most 123 bytes, which is all that the end of a WebSocket can say. */
  readonly brief: string;
  /** In seconds, where waiting helps. */
  readonly retryAfter?: number;
}

/** Who asks, or why they may not. */
export type Authentication = { readonly caller: Caller } | { readonly refused: AuthRefusal };

const WHERE = "Check the header X-API-Key (or Authorization: Bearer)";

export const MISSING = refused(
  "missing",
  "An API key is missing. Send it in the header X-API-Key, or as Authorization: Bearer.",
  "An API key is missing. Send it among the connection parameters as X-API-Key.",
);
export const UNKNOWN = refused(
  "unknown",
  `This API key is not known here. ${WHERE} for a wrong or outdated key.`,
  "This API key is not known here. Check the connection parameters for a wrong or outdated key.",
);
export const MISTYPED = refused(
  "mistyped",
  `This API key was mistyped or cut: its last characters don't fit the others. ${WHERE}, and copy the key anew.`,
  "This API key was mistyped or cut: its last characters don't fit the others. Copy it anew.",
);
export const EXPIRED = refused("expired", "This API key has expired. Ask an administrator of your tenant for another.");
export const REVOKED = refused("revoked", "This API key was revoked. Ask an administrator of your tenant for another.");
export const TENANT_GONE = refused(
  "tenant",
  "The tenant of this API key is not served here any more. Ask the operator of this gateway.",
);
export const STORE_AWAY = unavailable(
  "The gateway's database does not answer, so the API key can't be looked up. Ask again in a while.",
);

/** 401: this token doesn't open anything here. */
export function wrongToken(message: string, brief?: string): AuthRefusal {
  return refused("token", message, brief);
}

/** 503: nobody can say whether this opens anything; ask again. */
export function unavailable(message: string): AuthRefusal {
  return { reason: "unavailable", status: 503, code: "GATEWAY_UNAVAILABLE", message, brief: message, retryAfter: 2 };
}

/** 403: a request that is about another tenant than its key. */
export function wrongTenant(ours: string): AuthRefusal {
  const message = `The header X-Tenant-Id names another tenant than the key or token is for, which is "${ours}". Leave the header out, or send the other tenant's key.`;
  const brief = "X-Tenant-Id names another tenant than the key or token is for. Leave it out.";
  return { reason: "tenant", status: 403, code: "FORBIDDEN", message, brief };
}

function refused(reason: RefusalReason, message: string, brief = message): AuthRefusal {
  return { reason, status: 401, code: "UNAUTHENTICATED", message, brief };
}
