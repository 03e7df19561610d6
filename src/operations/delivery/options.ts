import type { Owner } from "../../domain/owner.js";
import type { RowState } from "../../store/ledger-row.js";

/** How carefully writes are delivered; all in milliseconds. */
export interface DeliveryOptions {
  /** How long a write is one process's alone, renewed while it is at work. */
  readonly leaseMs: number;
  /** Longer than a vendor takes to commit late: only after it is "not found" believed. */
  readonly quietMs: number;
  /** How long a caller waits before it is told PENDING. */
  readonly waitMs: number;
  /** How often rows that nobody holds are looked for. */
  readonly sweepMs: number;
  /** When to look again for what the quiet time did not settle. */
  readonly laterLooksMs: readonly number[];
}

export const DELIVERY_DEFAULTS: DeliveryOptions = {
  leaseMs: 60_000,
  quietMs: 120_000,
  waitMs: 10_000,
  sweepMs: 2_000,
  laterLooksMs: [600_000, 3_600_000, 86_400_000],
};

/** What deliveries tell of themselves; src/server turns it into logs and metrics. */
export interface DeliveryEvents {
  /** The ledger was told what became of writes. */
  onSettled?(event: Owner & { readonly state: RowState; readonly rows: number }): void;
  /** A late word of a former holder was refused. */
  onFenced?(event: Owner & { readonly rows: number }): void;
  /** A lost answer was made up for. */
  onReconciled?(event: Owner & { readonly marker: string; readonly vendorId: string }): void;
  /** Two tickets carry one marker: the older one counts. */
  onDuplicate?(event: Owner & { readonly marker: string; readonly vendorIds: readonly string[] }): void;
  /** A write is sent once more: its ticket was surely not made. */
  onResend?(event: Owner & { readonly rows: number }): void;
  /** The store could not take what became of writes; the sweep will find it out. */
  onUnsettled?(event: Owner & { readonly rows: number; readonly error: unknown }): void;
}
