import type { Text } from "./rich-text.js";

/** How a caller names a thing: exactly one of our id, the vendor's id or key, or (types only) a name. */
export interface Reference {
  readonly id?: string | null;
  readonly vendorId?: string | null;
  readonly name?: string | null;
}

/** A ticket as a caller asks for it, its references not yet looked up. */
export interface NewTicket {
  readonly name: string;
  readonly project?: Reference;
  readonly type?: Reference;
  readonly description?: Text;
  readonly status?: string;
  readonly priority?: string;
  readonly assignees: readonly Reference[];
  readonly reporters: readonly Reference[];
  readonly parent?: Reference;
  readonly tags: readonly string[];
  readonly dueDate?: Date;
  /** Meant to be an object by field id; what it really is, the rules check. */
  readonly customFields?: unknown;
  readonly identifier?: string;
  /** What only one vendor's creates take, by the vendor's name: `{ rezolve: { offerId: "23629" } }`. */
  readonly vendor?: Readonly<Record<string, unknown>>;
}

/** What a vendor's tickets may hold when they are created; `false` or 0 where it can't take the field at all. */
export interface DraftLimits {
  /** In UTF-16 code units, as vendors count. */
  readonly nameMax: number;
  /** In UTF-16 code units, as vendors count. */
  readonly descriptionMax: number;
  readonly project: "required" | "optional" | "none";
  readonly type: "required" | "optional" | "none";
  readonly status: boolean;
  readonly assignees: number;
  readonly reporters: number;
  readonly parent: boolean;
  readonly tags: boolean;
  readonly dueDate: boolean;
  readonly priority: boolean;
  readonly customFields: boolean;
  readonly identifier: boolean;
}
