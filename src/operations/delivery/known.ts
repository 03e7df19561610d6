import type { Connection } from "../../connectors/connection.js";
import type { Operation } from "../../domain/delivery.js";
import { findByKeys } from "../../store/ledger.js";
import type { LedgerRow } from "../../store/ledger-row.js";
import { StoreUnavailable } from "../../domain/store-unavailable.js";
import type { Kernel } from "../kernel.js";

/** A request whose connection, key and hash are known. */
export interface Keyed<T> {
  readonly connection: Connection;
  readonly ticket: T;
  readonly key: string;
  readonly requestHash: string;
}

/** What the ledger holds of some requests already. */
interface Known {
  of(request: Keyed<object>): LedgerRow | undefined;
  /** The ledger could not be asked, so nothing may be sent. */
  readonly error?: StoreUnavailable;
}

/** Asks the ledger once for each connection. */
export async function knownDeliveries(
  kernel: Kernel,
  tenantId: string,
  operation: Operation,
  requests: readonly Keyed<object>[],
): Promise<Known> {
  const byConnection = new Map<string, string[]>();
  for (const { connection, key } of requests)
    byConnection.set(connection.id, [...(byConnection.get(connection.id) ?? []), key]);
  try {
    const rows = await Promise.all(
      [...byConnection].map(([connectionId, keys]) =>
        findByKeys(kernel.dbOf(tenantId), { tenantId, connectionId }, keys, operation),
      ),
    );
    const byKey = new Map(rows.flat().map((row) => [`${row.connectionId} ${row.key}`, row]));
    return { of: ({ connection, key }) => byKey.get(`${connection.id} ${key}`) };
  } catch (error) {
    if (error instanceof StoreUnavailable) return { of: () => undefined, error };
    throw error;
  }
}
