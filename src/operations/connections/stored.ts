import type { ConnectionRow } from "../../store/connections.js";
import type { Owner } from "../../domain/owner.js";
import type { Vault } from "../../store/vault.js";
import type { OnUnknown } from "../../connectors/connection.js";

/** A connection that was made while the gateway ran, in the clear. */
export interface StoredConnection extends Owner {
  readonly vendor: string;
  readonly name: string;
  readonly options: StoredOptions;
  readonly secrets: StoredSecrets;
  /** Raised by each change. */
  readonly version: number;
}

/** What is no secret. */
interface StoredOptions {
  /** The vendor's own settings, but for its credentials. */
  readonly site: Readonly<Record<string, unknown>>;
  readonly onUnknown?: OnUnknown;
  readonly timeoutSeconds?: number;
  readonly sync?: { readonly everyMinutes: number; readonly fullEveryHours: number };
  readonly webhook?: { readonly signatureHeader?: string; readonly ticketIdAt?: readonly string[] };
}

/** What nobody reads again but the gateway itself. */
interface StoredSecrets {
  readonly credentials: unknown;
  readonly webhookSecret?: string;
}

/** The secrets of one version open as no other's: who puts an old row back, puts back what can't be opened. */
const fieldOf = (version: number): string => `secrets@${version}`;

export async function sealStored(
  vault: Vault,
  { options, secrets, ...rest }: StoredConnection,
): Promise<ConnectionRow> {
  return { ...rest, settings: { ...options }, sealed: await vault.seal(rest, fieldOf(rest.version), secrets) };
}

/** Throws Unsealable. */
export async function openStored(vault: Vault, row: ConnectionRow): Promise<StoredConnection> {
  const { settings, sealed, ...rest } = row;
  const secrets = (await vault.open(row, fieldOf(row.version), sealed)) as StoredSecrets;
  return { ...rest, options: settings as unknown as StoredOptions, secrets };
}

/** All settings together, as the vendor's own schema reads them. */
export function vendorSettingsOf({ options, secrets }: StoredConnection): Readonly<Record<string, unknown>> {
  return { ...options.site, credentials: secrets.credentials };
}
