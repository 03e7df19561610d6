import { sql } from "drizzle-orm";
import { asked, rowsOf, type Db } from "./store.js";

/** What of the ledger isn't settled. */
export interface LedgerSummary {
  /** For a person to decide. */
  readonly toReview: number;
  /** Of which nobody knows yet, and which are being looked for. */
  readonly unknown: number;
  /** Those that somebody should have looked at ten minutes ago, and did not. */
  readonly overdue: number;
}

/** Counts over all tenants. Throws StoreUnavailable. */
export async function ledgerSummary(system: Db): Promise<LedgerSummary> {
  const result = await asked(() =>
    system.execute(sql`
      select count(*) filter (where state = 'NEEDS_REVIEW')::int as "toReview",
        count(*) filter (where state = 'UNKNOWN')::int as unknown,
        count(*) filter (where due_at < now() - interval '10 minutes')::int as overdue
      from deliveries where state in ('NEEDS_REVIEW', 'UNKNOWN') or due_at is not null`),
  );
  return rowsOf<LedgerSummary>(result)[0] as LedgerSummary;
}
