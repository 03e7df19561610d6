import type { Delivery } from "../domain/delivery.js";
import { VendorError } from "../domain/errors.js";
import { gatewayUnavailable, keyReused, refused, tooBusy } from "../domain/ticket-error.js";
import type { Call } from "../http/http.js";
import type { LedgerRow } from "../store/ledger-row.js";
import { StoreUnavailable } from "../domain/store-unavailable.js";
import type { Keyed } from "./delivery/known.js";
import { awaitOutcome } from "./delivery/await-outcome.js";
import { markerOf } from "./delivery/keys.js";
import { deliveryOf, unsent } from "./delivery/tell.js";
import type { Kernel } from "./kernel.js";
import type { Writing } from "./writing.js";

/**
 * Drafts one write and delivers it, or waits for whoever is delivering it. A caller is told PENDING when that takes longer than
 * callers wait; the write goes on, and its key tells later what became of it.
 */
export async function deliverTicket<T extends object>(
  kernel: Kernel,
  tenantId: string,
  writing: Writing<T>,
  { connection, ticket, key, requestHash }: Keyed<T>,
  lane: Call["lane"],
  storeError: StoreUnavailable | undefined,
): Promise<Delivery> {
  const identifier = writing.identifierOf(ticket);
  const owner = { tenantId, connectionId: connection.id };
  try {
    if (storeError) throw storeError;
    const { payload, errors } = await writing.draft(kernel, connection, ticket);
    if (!payload) return unsent(connection, key, identifier, errors);
    const shipment = { key, requestHash, marker: markerOf(kernel.markerSecret, owner, key), payload };
    const until = performance.now() + kernel.delivery.waitMs;
    const delivering = kernel.delivererOf(tenantId, connection, writing.operation)(shipment, lane);
    const row =
      (await within(delivering.row, until)) ??
      (await awaitOutcome(kernel.dbOf(owner.tenantId), owner, writing.operation, key, until));
    // What isn't in the ledger would be lost with this process: so it is taken back, or is just being written there.
    if (!row && delivering.withdraw()) return unsent(connection, key, identifier, [tooBusy()]);
    if (!row) return { ...unsent(connection, key, identifier, []), state: "PENDING" };
    if (row.requestHash !== requestHash) return unsent(connection, key, identifier, [keyReused(key)]);
    return deliveryOf(row, connection);
  } catch (error) {
    // Whatever throws here came before the first byte of the create.
    if (error instanceof VendorError) return unsent(connection, key, identifier, [refused(error)]);
    if (error instanceof StoreUnavailable) return unsent(connection, key, identifier, [gatewayUnavailable()]);
    throw error;
  }
}

/** What a delivery gives, if it does so in time; a late failure is nobody's any more. */
async function within(delivered: Promise<LedgerRow | null>, until: number): Promise<LedgerRow | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), until - performance.now());
  });
  delivered.catch(() => {});
  try {
    return await Promise.race([delivered, late]);
  } finally {
    clearTimeout(timer);
  }
}
