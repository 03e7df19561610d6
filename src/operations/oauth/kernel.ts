import type { HostRules } from "../../connectors/allowed-host.js";
import type { Vendor } from "../../connectors/connector.js";
import type { OAuthSite } from "../../connectors/oauth.js";
import type { AccessToken } from "../../http/http.js";
import type { Applicant, PendingStore } from "./pending.js";

/** How long a person may take for each of the two steps, in milliseconds. */
export const STEP_MS = 600_000;

/** What the flow works with. */
export interface OAuthKernel {
  readonly pending: PendingStore;
  readonly vendors: ReadonlyMap<string, Vendor>;
  /** Where vendors send browsers back to: the gateway's own public address and `/oauth/<vendor>/callback`. */
  redirectUri(vendor: string): string;
  /** What the operator allows beyond the vendors' own hosts. */
  readonly hosts: HostRules;
  /** Keeps what was granted. Nobody is told of success before it resolves. */
  granted(applicant: Applicant, grant: Grant): Promise<void>;
}

/** What a person agreed to: the connection's new credentials, and the access token that came along. */
export interface Grant {
  /** As the vendor's settings take them under `credentials`. */
  readonly credentials: unknown;
  readonly token: AccessToken;
  readonly site: OAuthSite;
}

/** Why the flow ended without a grant, in a person's words with what to do. */
export class OAuthRefused extends Error {
  override readonly name = "OAuthRefused";
}
