import type { ConnectionSettings } from "../config/settings.js";
import { Connection } from "../connectors/connection.js";
import type { Vendor, VendorSettings } from "../connectors/connector.js";
import { vendorsByName } from "../connectors/registry.js";
import type { RefreshTokens } from "../http/http.js";
import { openHttp } from "../http/open-http.js";
import type { OpenedConnection } from "../operations/connection-book.js";
import type { Observer } from "../server/observe.js";
import type { Owner } from "../domain/owner.js";
import type { Store } from "../store/store.js";
import type { Vault } from "../store/vault.js";
import { openVendorTokens } from "../store/vendor-tokens.js";

/** What every connection of a process is opened with. */
export interface OpenWith {
  readonly store: Pick<Store, "of">;
  readonly vault: Vault;
  readonly observer: Observer;
  /** Where a connection's tokens live on; in the store unless told. */
  readonly tokensOf?: (opening: Opening) => RefreshTokens;
}

/** A connection that is being opened, by what its tokens hang on. */
export interface Opening extends Owner {
  readonly vendor: Vendor;
  readonly settings: VendorSettings;
}

/** A connection's settings, wherever they come from; `settings` are as the vendor's schema reads or has read them. */
type ConnectionSpec = Omit<ConnectionSettings, "allowPrivateAddress"> & {
  readonly tenantId: string;
  readonly madeBy: OpenedConnection["madeBy"];
  /** Which of its addresses may lie outside the public internet. */
  readonly allowPrivateAddress: boolean | ((url: URL) => boolean);
};

/** The vendor of this name. Throws for one that nobody could have got past the checks with. */
export function vendorNamed(name: string): Vendor {
  const vendor = vendorsByName.get(name);
  if (!vendor) throw new Error(`No vendor is called ${name}; the check of the settings should have said so.`);
  return vendor;
}

/** Opens a connection; no call is made before somebody needs one. Throws ForbiddenAddress, and what the vendor's schema says. */
export function openConnection(open: OpenWith, spec: ConnectionSpec): OpenedConnection {
  const { store, vault, observer, tokensOf } = open;
  const { tenantId, id, name, onUnknown, timeoutSeconds, sync, webhook, madeBy } = spec;
  const vendor = vendorNamed(spec.vendor);
  // The demo and embedders hand settings in as people write them; parsing twice changes nothing.
  const settings = vendor.settings.parse(spec.settings) as VendorSettings;
  const owner = { tenantId, connectionId: id };
  const watched = observer.enter(owner, vendor.wire.api(settings));
  const http = openHttp({
    wire: vendor.wire,
    settings,
    allowPrivateAddress: spec.allowPrivateAddress,
    refreshTokens:
      tokensOf?.({ ...owner, vendor, settings }) ??
      openVendorTokens(store.of(tenantId), vault, owner, settings.credentials),
    events: watched.http,
    options: {
      ...vendor.pool,
      ...(vendor.timeoutMs !== undefined && { timeoutMs: vendor.timeoutMs }),
      ...(timeoutSeconds !== undefined && { timeoutMs: timeoutSeconds * 1_000 }),
    },
  });
  return {
    tenantId,
    madeBy,
    connection: new Connection({
      id,
      name,
      vendor,
      settings,
      http,
      joins: watched.joins,
      ...(onUnknown && { onUnknown }),
    }),
    ...(sync && { sync: { everyMs: sync.everyMinutes * 60_000, fullEveryMs: sync.fullEveryHours * 3_600_000 } }),
    ...(webhook && { webhook }),
  };
}
