import type { LedgerRow } from "../../store/ledger-row.js";

/** What became of a look: rows that are settled or wait, and rows that were surely never done and may be sent again. */
export interface Looked {
  readonly rows: readonly (LedgerRow | null)[];
  readonly resendable: readonly LedgerRow[];
}

/** More attempts than these mean that something else is wrong: a person decides. */
export const ATTEMPTS_MAX = 5;
/** When to ask again after a vendor that could not be asked. */
export const VENDOR_AWAY_MS = 15_000;
