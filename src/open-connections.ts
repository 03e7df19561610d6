import { ConfigError } from "./config/config-error.js";
import type { Config } from "./config/env.js";
import type { ConnectionSettings, Settings } from "./config/settings.js";
import { Connection } from "./connectors/connection.js";
import type { VendorSettings } from "./connectors/connector.js";
import { vendorsByName } from "./connectors/registry.js";
import { ForbiddenAddress } from "./http/guard.js";
import { openHttp } from "./http/open-http.js";
import type { Logger } from "./server/logger.js";
import { observeHttp } from "./server/observe.js";
import { openRefreshTokens } from "./store/refresh-tokens.js";

/** Every connection of the settings, by tenant and by its own id. Throws ConfigError for an address that may not be dialled. */
export function openConnections(
  config: Config,
  settings: Settings,
  log: Logger,
): ReadonlyMap<string, ReadonlyMap<string, Connection>> {
  const refreshTokens = openRefreshTokens(config.dataDir);
  const open = (
    tenantId: string,
    { id, name, vendor: vendorName, allowPrivateAddress, onUnknown, timeoutSeconds, settings }: ConnectionSettings,
  ) => {
    const vendor = vendorsByName.get(vendorName);
    if (!vendor) throw new Error(`No vendor is called ${vendorName}; the configuration's check should have said so.`);
    // The demo and embedders hand settings in as people write them; parsing twice changes nothing.
    const own = vendor.settings.parse(settings) as VendorSettings;
    const place = `The connection "${id}" of the tenant "${tenantId}"`;
    const http = dialable(place, () =>
      openHttp({
        wire: vendor.wire,
        settings: own,
        allowPrivateAddress,
        refreshTokens: refreshTokens(`${tenantId}/${id}`, own.credentials),
        events: observeHttp(log, id),
        options: {
          ...vendor.pool,
          ...(vendor.timeoutMs !== undefined && { timeoutMs: vendor.timeoutMs }),
          ...(timeoutSeconds !== undefined && { timeoutMs: timeoutSeconds * 1_000 }),
        },
      }),
    );
    return new Connection({ id, name, vendor, settings: own, http, ...(onUnknown && { onUnknown }) });
  };
  return new Map(
    settings.tenants.map((tenant) => [
      tenant.id,
      new Map(tenant.connections.map((connection) => [connection.id, open(tenant.id, connection)])),
    ]),
  );
}

/** A wrong address is the operator's to mend, so it is told as a mistake in the configuration. */
function dialable<T>(place: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof ForbiddenAddress) throw new ConfigError(`${place} can't be opened: ${error.message}`);
    throw error;
  }
}
