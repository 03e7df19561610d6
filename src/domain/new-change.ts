import type { Reference } from "./new-ticket.js";
import type { Text } from "./rich-text.js";
import type { StatusCategory } from "./ticket.js";

/** What is to become of a ticket, as a caller asks for it, references not yet looked up: absent is left alone, null clears. */
export interface NewChange {
  readonly ticket: Reference;
  readonly name?: string;
  readonly description?: Text | null;
  readonly status?: string;
  readonly statusCategory?: StatusCategory;
  readonly priority?: string | null;
  readonly assignees?: readonly Reference[];
  readonly parent?: Reference | null;
  readonly tags?: readonly string[];
  readonly dueDate?: Date | null;
  /** Meant to be an object by field id; what it really is, the rules check. */
  readonly customFields?: unknown;
  readonly revision?: string;
}
