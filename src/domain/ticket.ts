import type { RichText, Text } from "./rich-text.js";

/** The vendor's own immutable id of a thing; keys that people read (`PROJ-12`) are resolved to it once, at the edge. */
export type VendorId = string;

export const STATUS_CATEGORIES = ["TODO", "IN_PROGRESS", "DONE", "UNKNOWN"] as const;
/** The common meaning of a vendor's status; UNKNOWN where the vendor's word has none that we know. */
export type StatusCategory = (typeof STATUS_CATEGORIES)[number];

export const PRIORITY_LEVELS = ["LOWEST", "LOW", "MEDIUM", "HIGH", "HIGHEST"] as const;
/** The common meaning of a vendor's priority. */
export type PriorityLevel = (typeof PRIORITY_LEVELS)[number];

/** A ticket as the vendor tells it. Dates are UTC; null means that the vendor has no value. */
export interface Ticket {
  readonly vendorId: VendorId;
  readonly key: string | null;
  readonly identifier: string | null;
  readonly name: string;
  readonly description: RichText | null;
  readonly status: string;
  readonly statusCategory: StatusCategory;
  readonly statusUpdatedAt: Date | null;
  readonly priority: string | null;
  readonly priorityLevel: PriorityLevel | null;
  readonly typeId: VendorId | null;
  readonly projectId: VendorId | null;
  readonly assigneeIds: readonly VendorId[];
  readonly createdById: VendorId | null;
  readonly reporterIds: readonly VendorId[];
  readonly parentId: VendorId | null;
  readonly tags: readonly string[];
  readonly active: boolean;
  readonly url: string | null;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  readonly dueDate: Date | null;
  readonly closedAt: Date | null;
  /** What an update must present where the vendor guards against lost ones; null where it doesn't. */
  readonly revision: string | null;
  /** The vendor's record as it came. */
  readonly data: Readonly<Record<string, unknown>>;
  /** When the gateway last saw it at the vendor, of a ticket of the synced store; absent where it comes from the vendor now. */
  readonly syncedAt?: Date;
  /** What the vendor sent along whole with the ticket, so that nobody has to ask for it again. */
  readonly along?: Along;
}

/** The parts of tickets that a read is for: a connector need not ask its vendor for others, and nobody looks at them. */
export type TicketParts = ReadonlySet<keyof Ticket>;

/** Whole objects that came with another one. */
export interface Along {
  readonly projects?: readonly Project[];
  readonly issueTypes?: readonly IssueType[];
  readonly users?: readonly User[];
}

export interface Project {
  readonly vendorId: VendorId;
  readonly key: string | null;
  readonly name: string;
  readonly projectType: string | null;
  readonly url: string | null;
}

export interface IssueType {
  readonly vendorId: VendorId;
  readonly name: string;
  readonly description: string | null;
  /** Whether a ticket of this type needs a parent. */
  readonly subtask: boolean;
}

export interface User {
  readonly vendorId: VendorId;
  readonly name: string;
  readonly email: string | null;
  readonly active: boolean;
  readonly avatarUrl: string | null;
}

export const FIELD_TYPES = [
  "TEXT",
  "RICH_TEXT",
  "NUMBER",
  "BOOLEAN",
  "DATE",
  "DATETIME",
  "USER",
  "OPTION",
  "OPTIONS",
  "TICKET",
  "ATTACHMENT",
  "OTHER",
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** A field that a ticket of some type takes. */
export interface FieldDefinition {
  readonly id: string;
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  readonly defaultValue: unknown;
  readonly allowedValues: readonly FieldOption[];
}
export interface FieldOption {
  readonly vendorId: VendorId;
  readonly name: string;
}

/** A ticket to be made: references are resolved to vendor ids, and what is absent is left to the vendor. */
export interface TicketDraft {
  readonly name: string;
  readonly projectId: VendorId | null;
  readonly typeId: VendorId | null;
  readonly description?: Text;
  readonly status?: string;
  readonly priority?: string;
  readonly assigneeIds: readonly VendorId[];
  readonly reporterIds: readonly VendorId[];
  readonly parentId?: VendorId;
  readonly tags: readonly string[];
  readonly dueDate?: Date;
  /** The vendor's own fields by field id. */
  readonly customFields: Readonly<Record<string, unknown>>;
  /** The tracking identifier; absent where neither the caller nor the gateway gave one. */
  readonly identifier?: string;
  /** What only this vendor's creates take, as its `createInput` describes it. */
  readonly own?: Readonly<Record<string, unknown>>;
  /** By which the ticket is found again when the answer to its create is lost. */
  readonly marker?: string;
}

/** What is to become of a ticket: what is absent is left alone, null or an empty list clears. */
export interface TicketChange {
  readonly ticketId: VendorId;
  readonly name?: string;
  readonly description?: Text | null;
  readonly status?: string;
  /** Instead of a status: any that means this. */
  readonly statusCategory?: StatusCategory;
  readonly priority?: string | null;
  readonly assigneeIds?: readonly VendorId[];
  readonly reporterIds?: readonly VendorId[];
  readonly parentId?: VendorId | null;
  readonly tags?: readonly string[];
  readonly dueDate?: Date | null;
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** `Ticket.revision` as the caller knows it, so that nobody else's change is overwritten. */
  readonly revision?: string;
}

/** A comment to be added; by its marker it is found again when the answer is lost. */
export interface CommentDraft {
  readonly ticketId: VendorId;
  readonly body: Text;
  readonly marker?: string;
}

export interface Comment {
  readonly vendorId: VendorId;
  readonly authorId: VendorId | null;
  readonly body: RichText;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  /** What the vendor sent along whole with it: its author. */
  readonly along?: Along;
}

/** A file that hangs on a ticket. `size` is in bytes. */
export interface Attachment {
  readonly vendorId: VendorId;
  readonly name: string;
  readonly mediaType: string | null;
  readonly size: number | null;
  readonly createdAt: Date | null;
}

/** What a write answers: enough to find the ticket, or the comment, again, and no more than every vendor gives. */
export interface TicketRef {
  readonly vendorId: VendorId;
  readonly key: string | null;
  readonly url: string | null;
  /** Where the answer tells it. */
  readonly revision?: string;
}
