import type { VendorId } from "./ticket.js";

export const CHANGE_KINDS = ["CREATED", "UPDATED", "DELETED"] as const;
type ChangeKind = (typeof CHANGE_KINDS)[number];

/** That the store learnt something of a ticket. */
export interface TicketNews {
  readonly kind: ChangeKind;
  readonly vendorId: VendorId;
  /** Where the ticket lives, or lived. */
  readonly projectId: VendorId | null;
}
