import type { ApiKey } from "../../domain/api-key.js";

/** What the door knows of keys, for those who administer them. */
export interface KeyRing {
  /** The keys that the operator's file gives a tenant, in its order. */
  configuredOf(tenantId: string): readonly ApiKey[];
  /** A new key, which is nowhere kept as it is. */
  make(): { readonly secret: string; readonly prefix: string; readonly hash: string };
}
