import type { Scope } from "./caller.js";

export const API_KEY_SOURCES = ["CONFIGURATION", "API"] as const;
/** Where a key comes from: the operator's file, which alone can change it, or createApiKey. */
type ApiKeySource = (typeof API_KEY_SOURCES)[number];

export const API_KEY_STATES = ["ACTIVE", "EXPIRED", "REVOKED"] as const;
type ApiKeyState = (typeof API_KEY_STATES)[number];

/** A key as its tenant's administrators see it; the key itself is nowhere. */
export interface ApiKey {
  /** A UUID, or `config:` and the name: what `Caller.keyId` says. */
  readonly id: string;
  readonly source: ApiKeySource;
  readonly name: string;
  /** Its first characters, by which people tell keys apart; null for a configured one. */
  readonly prefix: string | null;
  readonly scopes: readonly Scope[];
  /** The ids of the connections that it is bound to. */
  readonly connections: readonly string[] | "all";
  readonly defaultConnection: string | null;
  readonly createdAt: Date | null;
  /** The name of the key, or the subject of the token, by which it was created. */
  readonly createdBy: string | null;
  readonly expiresAt: Date | null;
  /** Within a minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
}

/** Whether a key opens anything at this moment. */
export function stateOf({ revokedAt, expiresAt }: ApiKey, now: Date): ApiKeyState {
  if (revokedAt) return "REVOKED";
  return expiresAt && expiresAt <= now ? "EXPIRED" : "ACTIVE";
}
