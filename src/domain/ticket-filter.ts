import type { PriorityLevel, StatusCategory, VendorId } from "./ticket.js";

/** Which synced tickets are wanted; what is absent doesn't matter, several values mean any of them. */
export interface TicketFilter {
  /** By connection, as configured; always within what the caller may see. */
  readonly connectionIds: readonly string[];
  readonly projects?: readonly PlacedId[];
  readonly assignees?: readonly PlacedId[];
  readonly statusCategories?: readonly StatusCategory[];
  readonly statuses?: readonly string[];
  readonly priorityLevels?: readonly PriorityLevel[];
  readonly tags?: readonly string[];
  readonly identifier?: string;
  /** As people type it into a search box: words, "phrases", -without, or. */
  readonly text?: string;
  readonly createdAt?: DateRange;
  readonly updatedAt?: DateRange;
}

/** A vendor's id means something on its connection only. */
export interface PlacedId {
  readonly connectionId: string;
  readonly vendorId: VendorId;
}

/** From, including; to, excluding. */
export interface DateRange {
  readonly from?: Date;
  readonly to?: Date;
}

export const TICKET_ORDER_FIELDS = ["CREATED_AT", "UPDATED_AT", "PRIORITY"] as const;
export const ORDER_DIRECTIONS = ["ASC", "DESC"] as const;
/** By what synced tickets are ordered; ties are broken the same way every time. */
export interface TicketOrder {
  readonly field: (typeof TICKET_ORDER_FIELDS)[number];
  readonly direction: (typeof ORDER_DIRECTIONS)[number];
}
