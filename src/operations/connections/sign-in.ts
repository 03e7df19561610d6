import type { Vendor } from "../../connectors/connector.js";
import { withGranted } from "../../connectors/granted.js";
import type { OAuthClient } from "../../connectors/oauth.js";
import { vendorsByName } from "../../connectors/registry.js";
import type { Caller } from "../../domain/caller.js";
import { RequestError } from "../../domain/request-error.js";
import { writeAudit } from "../../store/audit-log.js";
import { findConnectionRow, updateConnectionRow } from "../../store/connections.js";
import { inTransaction } from "../../store/store.js";
import type { Kernel } from "../kernel.js";
import { issueTicket } from "../oauth/authorize.js";
import { OAuthRefused, type Grant } from "../oauth/kernel.js";
import type { Applicant } from "../oauth/pending.js";
import { openStored, sealStored, vendorSettingsOf, type StoredConnection } from "./stored.js";
import { storedConnection } from "./update-connection.js";

/** Where somebody must sign in before the connection can be used; null where nobody needs to. */
export async function signInAddress(kernel: Kernel, connection: StoredConnection): Promise<string | null> {
  const vendor = vendorsByName.get(connection.vendor);
  const isPending = vendor && withGranted(vendor.settings, vendorSettingsOf(connection)).isPending;
  return isPending ? addressFor(kernel, vendor, connection) : null;
}

/** Lets somebody sign in anew, as after the vendor took its permission back. Throws RequestError. */
export async function authorizeConnection(kernel: Kernel, caller: Caller, id: string): Promise<string> {
  const connection = await storedConnection(kernel, caller, id);
  const vendor = vendorsByName.get(connection.vendor);
  const address = vendor && (await addressFor(kernel, vendor, connection));
  if (address == null) {
    const message = `The connection "${id}" doesn't sign in by OAuth. Give it other credentials by updateConnection.`;
    throw new RequestError("BAD_USER_INPUT", message);
  }
  await kernel.audit(caller, [{ action: "authorizeConnection", connectionId: id, outcome: "DONE" }]);
  return address;
}

async function addressFor(kernel: Kernel, vendor: Vendor, connection: StoredConnection): Promise<string | null> {
  const { oauth } = connection.secrets.credentials as { readonly oauth?: object };
  if (!oauth || !vendor.oauth || !kernel.oauth) return null;
  const { baseUrl } = connection.options.site;
  const client: OAuthClient = vendor.oauth.client.parse({ ...oauth, baseUrl });
  const { tenantId, connectionId } = connection;
  const ticket = await issueTicket(kernel.oauth, { tenantId, connectionId, vendor: vendor.name }, client);
  return new URL(`/oauth/${vendor.name}/start?ticket=${ticket}`, kernel.oauth.redirectUri(vendor.name)).href;
}

/** Puts what was granted into its connection. Throws OAuthRefused where that is gone, StoreUnavailable. */
export async function keepGrant(
  kernel: Pick<Kernel, "dbOf" | "vault" | "connections">,
  { tenantId, connectionId, vendor }: Applicant,
  { credentials }: Grant,
): Promise<void> {
  const owner = { tenantId, connectionId };
  const before = await findConnectionRow(kernel.dbOf(tenantId), owner);
  if (!before) throw new OAuthRefused("The connection was deleted meanwhile. Create it anew.");
  const stored = await openStored(kernel.vault, before);
  const next = { ...stored, version: stored.version + 1, secrets: { ...stored.secrets, credentials } };
  const row = await sealStored(kernel.vault, next);
  const entry = { actorId: `oauth:${vendor}`, actorName: "whoever signed in at the vendor", source: null };
  const act = { action: "signIn", connectionId, ticketId: null, subject: null, outcome: "DONE", reason: null };
  const kept = await inTransaction(kernel.dbOf(tenantId), async (tx) => {
    if (!(await updateConnectionRow(tx, row))) return false;
    await writeAudit(tx, tenantId, [{ ...entry, ...act }]);
    return true;
  });
  if (!kept) throw new OAuthRefused("Somebody else has changed the connection meanwhile. Start again.");
  await kernel.connections.reload(owner);
}
