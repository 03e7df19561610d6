import { hashKey, makeKey, shownPrefix } from "../auth/key-format.js";
import type { Settings } from "../config/settings.js";
import type { ApiKey } from "../domain/api-key.js";
import type { KeyRing } from "../operations/keys/key-ring.js";

/** What is told of the configured keys, and how others are made. */
export function openKeyRing({ tenants }: Settings): KeyRing {
  const configured = new Map(
    tenants.map(({ id, apiKeys }) => [
      id,
      apiKeys.map(({ name, scopes, connections, defaultConnection }): ApiKey => ({
        id: `config:${name}`,
        source: "CONFIGURATION",
        name,
        prefix: null,
        scopes,
        connections,
        defaultConnection: defaultConnection ?? null,
        createdAt: null,
        createdBy: null,
        expiresAt: null,
        lastUsedAt: null,
        revokedAt: null,
        revokedBy: null,
      })),
    ]),
  );
  return {
    configuredOf: (tenantId) => configured.get(tenantId) ?? [],
    make() {
      const secret = makeKey();
      return { secret, prefix: shownPrefix(secret), hash: hashKey(secret) };
    },
  };
}
