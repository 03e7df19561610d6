import type { Connection } from "../connectors/connection.js";
import type { Owner } from "../domain/owner.js";
import type { SyncPlan } from "./sync/options.js";

/** A connection that is open, and how the gateway looks after it. */
export interface OpenedConnection {
  readonly tenantId: string;
  readonly connection: Connection;
  /** Where it was made. What stands in the configuration file is the operator's, and is changed there. */
  readonly madeBy: "configuration" | "api";
  /** How often its tickets are copied by themselves; never where this is absent. */
  readonly sync?: SyncPlan;
  /** How its vendor signs what it sends by itself; nothing is taken where this is absent. */
  readonly webhook?: WebhookSecret;
}

/** By which secret, and how, a vendor signs what it sends. */
export interface WebhookSecret {
  readonly secret: string;
  /** A header with the HMAC-SHA256 of the body, for vendors that are not known to sign otherwise. */
  readonly signatureHeader?: string;
  /** Where in the body the ticket's id is, for the same. */
  readonly ticketIdAt?: readonly string[];
}

/** Every connection of this process: those of the configuration, and those that were made since, on any replica. */
export interface ConnectionBook {
  /** A tenant's connections by their own id, in the order in which they were made. */
  of(tenantId: string): ReadonlyMap<string, Connection>;
  find(owner: Owner): OpenedConnection | undefined;
  /** Those of all tenants that are called so. */
  named(connectionId: string): readonly OpenedConnection[];
  all(): Iterable<OpenedConnection>;
  /** Whether the gateway serves this tenant. */
  hasTenant(tenantId: string): boolean;
  /** Opens a connection as the store has it now, and lets go of what it was before. */
  reload(owner: Owner): Promise<void>;
}
