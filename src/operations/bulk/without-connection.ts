import { operationOf, type BulkItem, type BulkJob, type SettledItem } from "../../domain/bulk-job.js";
import { connectionGone } from "../../domain/ticket-error.js";
import { findByKeys } from "../../store/ledger.js";
import type { LedgerRow } from "../../store/ledger-row.js";
import type { Kernel } from "../kernel.js";

/** What is final of items whose connection was taken away: the ledger's word where it has one, else they were never sent. */
export async function settledWithout(kernel: Kernel, job: BulkJob, items: readonly BulkItem[]): Promise<SettledItem[]> {
  const { tenantId, kind } = job;
  const settled: SettledItem[] = [];
  for (const [connectionId, some] of Map.groupBy(items, (item) => item.connectionId)) {
    const keys = some.map(({ key }) => key);
    const rows = await findByKeys(kernel.dbOf(tenantId), { tenantId, connectionId }, keys, operationOf(kind));
    const byKey = new Map(rows.map((row) => [row.key, row]));
    settled.push(...some.map((item) => settledBy(item, byKey.get(item.key))));
  }
  return settled;
}

function settledBy({ index, connectionId, identifier }: BulkItem, row: LedgerRow | undefined): SettledItem {
  if (row?.state === "DONE") return { index, state: "DELIVERED", identifier, ref: row.ref, errors: row.errors };
  const isSure = row === undefined || row.state === "REJECTED";
  const errors = row?.state === "REJECTED" ? row.errors : [connectionGone(connectionId)];
  // Nobody can look for it any more, so a person must.
  return { index, state: isSure ? "REJECTED" : "NEEDS_REVIEW", identifier, ref: null, errors };
}
