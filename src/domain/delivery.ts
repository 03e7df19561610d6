import type { TicketError } from "./ticket-error.js";
import type { CommentDraft, TicketChange, TicketDraft, TicketRef, VendorId } from "./ticket.js";

export const DELIVERY_STATES = ["PENDING", "DELIVERED", "REJECTED", "UNKNOWN", "NEEDS_REVIEW"] as const;
/** What is known of a write. It is never told as rejected while it may have happened. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DELIVERY_GUARANTEES = ["EXACTLY_ONCE", "EFFECTIVELY_ONCE", "AT_MOST_ONCE"] as const;
/** How sure it is that one request makes one ticket. */
export type DeliveryGuarantee = (typeof DELIVERY_GUARANTEES)[number];

/** A write as its ledger row tells it. */
export interface Delivery {
  readonly idempotencyKey: string;
  readonly connectionId: string;
  readonly state: DeliveryState;
  readonly guarantee: DeliveryGuarantee;
  /** How often it was sent; 0 where it never was. */
  readonly attempts: number;
  /** How a lost answer was made up for: "marker" where the ticket was found by it, "read" where it is as it should be, "person" where somebody said so. */
  readonly reconciledBy: string | null;
  readonly identifier: string | null;
  /** The ticket, where there is one; of a comment, the ticket that it was added to. */
  readonly ref: TicketRef | null;
  /** The comment that was added; null where none was, or where only a person's word says so. */
  readonly commentId: VendorId | null;
  /** Why there is none, or what was left out of it. */
  readonly errors: readonly TicketError[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const OPERATIONS = ["createTicket", "updateTicket", "addComment"] as const;
/** What a write does. */
export type Operation = (typeof OPERATIONS)[number];

/** A write that is about to be sent; `payload` is what its operation writes. */
export interface Parcel {
  readonly key: string;
  /** SHA-256 of what the caller asked for. */
  readonly requestHash: string;
  readonly marker: string;
  readonly trace: string | null;
  readonly payload: TicketDraft | TicketChange | CommentDraft;
}
