import type { OAuthClient } from "../../connectors/oauth.js";
import type { Owner } from "../../domain/owner.js";

/** For which connection somebody is asked to agree. */
export interface Applicant extends Owner {
  /** As the vendor is registered: "jira". */
  readonly vendor: string;
}

/** What is remembered from one step to the next. It holds secrets, so whoever keeps it seals it. Plain JSON. */
export interface Pending extends Applicant {
  readonly client: OAuthClient;
  /** PKCE's secret, once the person's browser has been sent off. */
  readonly verifier?: string;
  /** By what the browser that was sent off is known again: the hash of its cookie. */
  readonly browser?: string;
}

/** Keeps what is pending, for all replicas. */
export interface PendingStore {
  /** Keeps it for `ttlMs` milliseconds. `key` is a SHA-256 in hexadecimal digits: the secret itself is kept nowhere. */
  put(key: string, pending: Pending, ttlMs: number): Promise<void>;
  /** Gives it once, to one caller, and never after its time. */
  take(key: string): Promise<Pending | undefined>;
}
