import type { HostSettings } from "../config/settings.js";
import { admitAddresses } from "../connectors/allowed-host.js";
import type { VendorSettings } from "../connectors/connector.js";
import { openConnection, vendorNamed, type OpenWith } from "./open-connection.js";
import type { OpenedConnection } from "../operations/connection-book.js";
import { openStored, vendorSettingsOf } from "../operations/connections/stored.js";
import type { ConnectionRow } from "../store/connections.js";

/**
 * Opens a connection that was made over the API; undefined where nobody has signed in at its vendor yet. Throws Unsealable, and
 * ForbiddenAddress where the operator's rules don't allow its address any more.
 */
export async function openStoredConnection(
  open: OpenWith,
  row: ConnectionRow,
  rules: HostSettings = { allow: [], allowPrivate: [] },
): Promise<OpenedConnection | undefined> {
  const { tenantId, connectionId: id } = row;
  const stored = await openStored(open.vault, row);
  const vendor = vendorNamed(stored.vendor);
  const parsed = vendor.settings.safeParse(vendorSettingsOf(stored));
  // An authorization that was begun and not finished yet: there is nothing to sign with.
  if (!parsed.success) return undefined;
  const { name, options, secrets } = stored;
  const { site: _site, webhook, ...rest } = options;
  return openConnection(open, {
    ...rest,
    tenantId,
    id,
    name,
    vendor: stored.vendor,
    madeBy: "api",
    allowPrivateAddress: await admitAddresses(vendor, parsed.data as VendorSettings, rules),
    settings: parsed.data,
    ...(secrets.webhookSecret !== undefined && { webhook: { ...webhook, secret: secrets.webhookSecret } }),
  });
}
