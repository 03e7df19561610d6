import type { Connection } from "../../connectors/connection.js";
import type { Delivery, DeliveryGuarantee, DeliveryState } from "../../domain/delivery.js";
import type { TicketError } from "../../domain/ticket-error.js";
import type { LedgerRow, RowState } from "../../store/ledger-row.js";

const STATES: Record<RowState, DeliveryState> = {
  SENDING: "PENDING",
  UNKNOWN: "UNKNOWN",
  DONE: "DELIVERED",
  REJECTED: "REJECTED",
  NEEDS_REVIEW: "NEEDS_REVIEW",
};
/** Which rows of the ledger a state means. */
export const ROWS: Record<DeliveryState, readonly RowState[]> = {
  PENDING: ["SENDING"],
  UNKNOWN: ["UNKNOWN"],
  DELIVERED: ["DONE"],
  REJECTED: ["REJECTED"],
  NEEDS_REVIEW: ["NEEDS_REVIEW"],
};

/** What callers are told of a row. */
export function deliveryOf(row: LedgerRow, connection: Connection): Delivery {
  return {
    idempotencyKey: row.key,
    connectionId: row.connectionId,
    state: STATES[row.state],
    guarantee: guaranteeOf(row, connection),
    attempts: row.attempts,
    reconciledBy: row.reconciledBy,
    identifier: row.operation === "createTicket" ? (row.draft.identifier ?? null) : null,
    ref: row.operation === "addComment" ? { vendorId: row.comment.ticketId, key: null, url: null } : row.ref,
    commentId: row.operation === "addComment" ? (row.ref?.vendorId ?? null) : null,
    errors: row.errors,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** A change can be read back wherever tickets can be read; a vendor that guards revisions refuses the second one itself. */
function guaranteeOf(row: LedgerRow, { capabilities }: Connection): DeliveryGuarantee {
  if (row.operation === "updateTicket") return row.change.revision === undefined ? "EFFECTIVELY_ONCE" : "EXACTLY_ONCE";
  if (row.trace === null) return "AT_MOST_ONCE";
  return row.operation === "addComment" ? "EFFECTIVELY_ONCE" : capabilities.guarantee;
}

/** A write that was refused before anything was sent: the ledger holds nothing of it. */
export function unsent(
  connection: Connection,
  idempotencyKey: string,
  identifier: string | null,
  errors: readonly TicketError[],
): Delivery {
  const now = new Date();
  return {
    idempotencyKey,
    connectionId: connection.id,
    state: "REJECTED",
    guarantee: connection.capabilities.guarantee,
    attempts: 0,
    reconciledBy: null,
    identifier,
    ref: null,
    commentId: null,
    errors,
    createdAt: now,
    updatedAt: now,
  };
}
