import { randomBytes } from "node:crypto";
import type { Connection } from "../connectors/connection.js";
import type { Operation } from "../domain/delivery.js";
import { openMemory } from "../connectors/memory.js";
import { secretNamed } from "../store/secrets.js";
import { findSyncs } from "../store/syncs.js";
import type { Store } from "../store/store.js";
import { openDeliverer, type Deliver } from "./delivery/deliverer.js";
import type { DeliveryEvents, DeliveryOptions } from "./delivery/options.js";
import { vendorsByName } from "../connectors/registry.js";
import { openPending } from "../store/oauth-pending.js";
import { keepGrant } from "./connections/sign-in.js";
import type { Grant } from "./oauth/kernel.js";
import type { Applicant } from "./oauth/pending.js";
import type { Kernel } from "./kernel.js";

/** What a kernel is made of. */
interface KernelParts {
  readonly connections: Kernel["connections"];
  readonly vault: Kernel["vault"];
  readonly hosts: Kernel["hosts"];
  readonly audit: Kernel["audit"];
  readonly onError: Kernel["onError"];
  /** Where browsers reach this gateway; absent of a process that doesn't listen. */
  readonly publicUrl?: () => string;
  readonly store: Pick<Store, "of" | "system">;
  readonly delivery: DeliveryOptions;
  readonly deliveryEvents: DeliveryEvents;
  readonly queue: Kernel["queue"];
  readonly keys: Kernel["keys"];
  readonly limits: Kernel["limits"];
  readonly wakeSync: Kernel["wakeSync"];
  readonly wakeInbox: Kernel["wakeInbox"];
}

/** For how long it is remembered whether a connection is synced, in milliseconds. */
const SYNCED_MS = 5_000;

/** Puts the kernel together; the key of its markers is made at the first start and kept. Throws StoreUnavailable. */
export async function openKernel({
  connections,
  store,
  delivery,
  deliveryEvents,
  queue,
  keys,
  limits,
  wakeSync,
  wakeInbox,
  vault,
  hosts,
  audit,
  onError,
  publicUrl,
}: KernelParts): Promise<Kernel> {
  const markerSecret = await secretNamed(store.system, "markers", () => randomBytes(32).toString("base64"));
  const memory = openMemory({ ttlMs: SYNCED_MS, max: 10_000 });
  const deliverers = new WeakMap<Connection, Map<Operation, Deliver>>();
  const kernel: Kernel = {
    connectionsOf: (tenantId) => connections.of(tenantId),
    dbOf: (tenantId) => store.of(tenantId),
    systemDb: store.system,
    markerSecret,
    delivery,
    deliveryEvents,
    queue,
    keys,
    limits,
    connections,
    vault,
    hosts,
    audit,
    onError,
    wakeSync,
    wakeInbox,
    isSynced: ({ tenantId, connectionId }) =>
      memory(`${tenantId} ${connectionId}`, async () => {
        const [row] = await findSyncs(store.of(tenantId), tenantId, [connectionId]);
        return row !== undefined && (row.syncedAt !== null || row.phase !== null);
      }),
    delivererOf(tenantId, connection, operation) {
      const own = deliverers.get(connection) ?? new Map<Operation, Deliver>();
      deliverers.set(connection, own);
      const sending = { db: store.of(tenantId), connection, options: delivery, events: deliveryEvents };
      const deliver =
        own.get(operation) ?? openDeliverer(sending, { tenantId, connectionId: connection.id }, operation);
      own.set(operation, deliver);
      return deliver;
    },
    randomHash: () => randomBytes(4).toString("hex"),
    ...(publicUrl && {
      oauth: {
        pending: openPending(store.system, vault),
        vendors: vendorsByName,
        redirectUri: (vendor: string) => `${publicUrl()}/oauth/${vendor}/callback`,
        hosts,
        granted: (applicant: Applicant, grant: Grant) => keepGrant(kernel, applicant, grant),
      },
    }),
  };
  return kernel;
}
