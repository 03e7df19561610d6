import type { Ticket } from "../../domain/ticket.js";
import type { BulkTasks } from "./bulk-tasks.js";
import type { BulkEdit } from "./bulk-fields.js";
import type { CreateParts } from "./create-parts.js";
import type { Goal, Step } from "./ways.js";

/** What changing needs of a connection to Jira. */
export interface UpdateParts extends CreateParts {
  readonly bulk: BulkTasks;
}

/** A change whose every step is known. */
export interface Planned {
  readonly ticket: Ticket;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The fields in the words of a bulk edit; absent where it can't carry them. */
  readonly edit?: BulkEdit;
  readonly goal?: Goal;
  readonly steps: readonly Step[];
}
