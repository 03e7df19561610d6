import type { Connection } from "../connectors/connection.js";
import type { Operation } from "../domain/delivery.js";
import type { Db } from "../store/store.js";
import type { Queue } from "./bulk/queue.js";
import type { Owner } from "../domain/owner.js";
import type { KeyRing } from "./keys/key-ring.js";
import type { HostRules } from "../connectors/allowed-host.js";
import type { Audit } from "./audit.js";
import type { OAuthKernel } from "./oauth/kernel.js";
import type { ConnectionBook } from "./connection-book.js";
import type { Vault } from "../store/vault.js";
import type { Deliver } from "./delivery/deliverer.js";
import type { DeliveryEvents, DeliveryOptions } from "./delivery/options.js";

/** What every operation works with: its first argument. */
export interface Kernel {
  /** The connections of a tenant by their configured id; empty for a tenant that isn't known. */
  connectionsOf(tenantId: string): ReadonlyMap<string, Connection>;
  /** The database as this tenant may see it. */
  dbOf(tenantId: string): Db;
  /** The database as those see it who work for all tenants together. */
  readonly systemDb: Db;
  /** From which the markers of deliveries are made. */
  readonly markerSecret: string;
  readonly delivery: DeliveryOptions;
  readonly deliveryEvents: DeliveryEvents;
  /** The one way to a connection's vendor for writes of this tenant and kind. */
  delivererOf(tenantId: string, connection: Connection, operation: Operation): Deliver;
  readonly queue: Queue;
  readonly keys: KeyRing;
  /** All connections, and what is to be known of them beyond how they are spoken to. */
  readonly connections: ConnectionBook;
  /** Where connections that are made over the API may lead beyond their vendors' own hosts. */
  readonly hosts: HostRules;
  /** Lets people sign in at vendors; absent of a process that doesn't listen. */
  readonly oauth?: OAuthKernel;
  /** Takes what goes wrong where nobody waits for it. */
  onError(error: unknown): void;
  /** Writes down who did what. */
  readonly audit: Audit;
  /** Where the secrets of connections are. */
  readonly vault: Vault;
  /** Whether the store holds copies of this connection's tickets; briefly remembered. */
  isSynced(owner: Owner): Promise<boolean>;
  /** Has a worker look after a connection's sync. */
  wakeSync(owner: Owner): Promise<void>;
  /** Has a worker read the tickets of which a connection's vendor has told. */
  wakeInbox(owner: Owner): void;
  readonly limits: {
    /** How many tickets one synchronous bulk mutation takes. */
    readonly bulkSyncMax: number;
    /** How many tickets one bulk job takes. */
    readonly bulkJobMax: number;
  };
  /** Eight random characters of 0-9a-f, for identifiers that nobody gave. */
  randomHash(): string;
}
