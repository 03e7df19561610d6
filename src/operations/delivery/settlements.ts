import type { Outcome } from "../../connectors/connector.js";
import { VendorError, type Fault } from "../../domain/errors.js";
import { leftOut, refused, unknownOutcome, type TicketError } from "../../domain/ticket-error.js";
import type { TicketRef } from "../../domain/ticket.js";
import type { Settlement } from "../../store/ledger.js";
import type { LedgerRow } from "../../store/ledger-row.js";

/** When a lost answer is looked for again, in milliseconds after it was lost; an answer may only be late. */
const FIRST_LOOK_MS = 1_000;
/** When a ticket that was sent twice is looked for once more: a late first one would make it two. */
const CHECK_MS = 600_000;

/** What the vendor's answer makes of a row. */
export function settlementOf(
  row: LedgerRow,
  outcome: Outcome<TicketRef>,
): Settlement & { readonly errors: readonly TicketError[] } {
  const { id, fence } = row;
  switch (outcome.state) {
    case "done": {
      const dueInMs = row.attempts > 1 ? CHECK_MS : null;
      return { id, fence, state: "DONE", ref: outcome.value, errors: (outcome.faults ?? []).map(leftOut), dueInMs };
    }
    case "rejected":
      return { id, fence, state: "REJECTED", errors: refusals(outcome), dueInMs: null };
    case "unknown":
      return { id, fence, state: "UNKNOWN", errors: [unknownOutcome(outcome.error)], dueInMs: FIRST_LOOK_MS };
  }
}

/** All that was said against a ticket, the most telling first. */
function refusals({
  error,
  also = [],
}: {
  readonly error: VendorError;
  readonly also?: readonly Fault[];
}): TicketError[] {
  return [error, ...also.map((fault) => new VendorError(fault, error.sent, error.info))].map(refused);
}

/** The row as it is once the settlement is written. */
export function settled(row: LedgerRow, settlement: Settlement): LedgerRow {
  const { state, ref, errors, reconciledBy, dueInMs = null } = settlement;
  return {
    ...row,
    state,
    ref: ref ?? row.ref,
    errors: errors ?? row.errors,
    reconciledBy: reconciledBy ?? row.reconciledBy,
    dueInMs,
  };
}
