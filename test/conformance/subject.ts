import type { Connection } from "../../src/connectors/connection.js";
import type { Vendor } from "../../src/connectors/connector.js";
import type { TicketChange, TicketDraft, VendorId } from "../../src/domain/ticket.js";
import type { Sandbox } from "../../src/sandbox/start.js";
import type { ConnectOptions } from "../support/connect.js";

/** A vendor as the promises are tried on it. */
export interface Subject {
  readonly vendor: Vendor;
  open(options?: ConnectOptions): Promise<Opened>;
}

/** A connection to a vendor in small, or to the real thing, and what the promises need to know of it. */
export interface Opened {
  readonly connection: Connection;
  /** Absent where the vendor is the real thing, which does nothing wrong on demand. */
  readonly sandbox?: Pick<Sandbox, "calls" | "faults">;
  /** By which operation tickets are created, for faults. */
  readonly creating: RegExp;
  /** What must be in no error and no log. */
  readonly secrets: readonly string[];
  /** What a draft needs and no more. */
  readonly least: Pick<TicketDraft, "projectId" | "typeId" | "own" | "customFields">;
  /** What makes the vendor refuse a draft, and only that one. */
  readonly refused: Partial<TicketDraft>;
  /** A draft without something that the vendor, or its administrators, demand; absent where they demand nothing more. */
  readonly lacking?: { readonly draft: Partial<TicketDraft>; readonly path: readonly string[] };
  /** A draft with a word that is almost one of those that the vendor has; absent where it tells no words beforehand. */
  readonly misspelt?: {
    readonly draft: Partial<TicketDraft>;
    readonly path: readonly string[];
    readonly meant: string;
  };
  /** Everything that a draft can hold here, and a read gives back. */
  readonly full: Partial<TicketDraft>;
  /** Something to change for each field that can be changed. */
  readonly changes?: Omit<TicketChange, "ticketId">;
  /** Finds more than five tickets; null where there is no search. */
  readonly query: string | null;
  /** A ticket whose status, or priority, is a word that nobody knows. */
  strange?(): Promise<{ readonly id: VendorId; readonly status?: string; readonly priority?: string }>;
  /** A ticket with comments and attachments, where they can be read. */
  readonly discussed?: VendorId;
  close(): Promise<void>;
}

/** A draft with a name, on top of the least that the vendor takes. */
export function draftFor({ least }: Opened, name: string, change: Partial<TicketDraft> = {}): TicketDraft {
  return { name, assigneeIds: [], reporterIds: [], tags: [], ...least, ...change };
}
