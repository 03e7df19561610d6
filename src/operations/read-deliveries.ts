import type { Connection } from "../connectors/connection.js";
import type { Caller } from "../domain/caller.js";
import { DELIVERY_STATES, type Delivery, type DeliveryState } from "../domain/delivery.js";
import { findByKeys, listByState } from "../store/ledger.js";
import { connectionFor, need, visibleConnections } from "./access.js";
import { deliveryOf, ROWS } from "./delivery/tell.js";
import type { Kernel } from "./kernel.js";
import { list, type Listing, type ListRequest } from "./listing.js";

/** A delivery, and the connection that it goes through. */
export interface DeliveryRead {
  readonly connection: Connection;
  readonly delivery: Delivery;
}

/** The write with this key, for a caller that lost the answer; null where the key was never sent. Throws RequestError, StoreUnavailable. */
export async function readDelivery(
  kernel: Kernel,
  caller: Caller,
  connectionId: string | null | undefined,
  key: string,
): Promise<DeliveryRead | null> {
  need(caller, "tickets:read");
  const connection = connectionFor(kernel, caller, connectionId);
  const [row] = await findByKeys(
    kernel.dbOf(caller.tenantId),
    { tenantId: caller.tenantId, connectionId: connection.id },
    [key],
  );
  return row ? { connection, delivery: deliveryOf(row, connection) } : null;
}

/** Writes by state, the latest first. Throws RequestError, StoreUnavailable. */
export async function listDeliveries(
  kernel: Kernel,
  caller: Caller,
  filter: { readonly state?: DeliveryState | null; readonly connectionId?: string | null },
  request: ListRequest,
): Promise<Listing<DeliveryRead>> {
  need(caller, "tickets:read");
  const connections = filter.connectionId
    ? [connectionFor(kernel, caller, filter.connectionId)]
    : visibleConnections(kernel, caller);
  const byId = new Map(connections.map((connection) => [connection.id, connection]));
  const states = (filter.state ? [filter.state] : DELIVERY_STATES).flatMap((state) => ROWS[state]);
  return list(request, async ({ first, after }) => {
    const before = after === undefined ? {} : { before: Number(after) };
    const rows = await listByState(kernel.dbOf(caller.tenantId), caller.tenantId, {
      states,
      connectionIds: [...byId.keys()],
      first,
      ...before,
    });
    const items = rows.flatMap((row): DeliveryRead[] => {
      const connection = byId.get(row.connectionId);
      return connection ? [{ connection, delivery: deliveryOf(row, connection) }] : [];
    });
    const last = rows.at(-1);
    return { items, total: null, ...(last && rows.length === first && { next: String(last.id) }) };
  });
}
