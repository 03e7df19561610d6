import { randomBytes } from "node:crypto";
import type { Connection } from "../connectors/connection.js";
import { secretNamed } from "../store/ledger.js";
import type { Db } from "../store/store.js";
import { openDeliverer, type Deliver } from "./delivery/deliverer.js";
import type { DeliveryEvents, DeliveryOptions } from "./delivery/options.js";
import type { Kernel } from "./kernel.js";

/** What a kernel is made of. */
export interface KernelParts {
  readonly connections: ReadonlyMap<string, ReadonlyMap<string, Connection>>;
  readonly db: Db;
  readonly delivery: DeliveryOptions;
  readonly deliveryEvents: DeliveryEvents;
  readonly queue: Kernel["queue"];
  readonly limits: Kernel["limits"];
}

/** Puts the kernel together; the key of its markers is made at the first start and kept. Throws StoreUnavailable. */
export async function openKernel({
  connections,
  db,
  delivery,
  deliveryEvents,
  queue,
  limits,
}: KernelParts): Promise<Kernel> {
  const markerSecret = await secretNamed(db, "markers", () => randomBytes(32).toString("base64"));
  const deliverers = new WeakMap<Connection, Deliver>();
  return {
    connectionsOf: (tenantId) => connections.get(tenantId) ?? new Map(),
    db,
    markerSecret,
    delivery,
    deliveryEvents,
    queue,
    limits,
    delivererOf(tenantId, connection) {
      let deliver = deliverers.get(connection);
      if (!deliver) {
        const sending = { db, connection, options: delivery, events: deliveryEvents };
        deliver = openDeliverer(sending, { tenantId, connectionId: connection.id });
        deliverers.set(connection, deliver);
      }
      return deliver;
    },
    randomHash: () => randomBytes(4).toString("hex"),
  };
}
