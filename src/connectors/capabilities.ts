import type { ChangeField } from "../domain/change-rules.js";
import type { DeliveryGuarantee } from "../domain/delivery.js";
import type { DraftLimits } from "../domain/new-ticket.js";
import type { TextFormat } from "../domain/rich-text.js";

export const BULK_MODES = ["NATIVE", "NATIVE_ASYNC", "ALL_OR_NOTHING", "FAN_OUT"] as const;
export const SEARCH_LANGUAGES = ["JQL", "TICKET_SQL", "ENCODED_QUERY", "ZENDESK", "GITHUB", "TEXT"] as const;

/** What one vendor can do, as plain data: read by Connection, the contract tests, README's table and the schema alike. */
export interface Capabilities {
  readonly batch: {
    /** How many things one read takes, and how many tickets one create takes. */
    readonly read: number;
    readonly create: number;
    /** How many of a job's changes are handed over at once, where more of them make fewer calls; 50 unless told. */
    readonly update?: number;
  };
  /** How many creating calls one connection may have under way at once. */
  readonly createSlots: number;
  readonly bulkCreate: (typeof BULK_MODES)[number];
  /** "transition": the vendor sets it by moving the ticket through its workflow; "yes": as any other field. */
  readonly statusOnCreate: "no" | "yes" | "transition";
  /** The format that the vendor keeps, so that a text in it is stored without loss. */
  readonly richText: TextFormat;
  readonly search: (typeof SEARCH_LANGUAGES)[number] | null;
  /** At best: where a vendor keeps no marker, as in a project without the field for it, a delivery says less. */
  readonly guarantee: DeliveryGuarantee;
  /** Whether a marker that isn't found means that no ticket was made. Where that is unsure nothing is sent again unless somebody says so. */
  readonly absence: "sure" | "unsure";
  readonly fieldDiscovery: boolean;
  readonly comments: Access;
  readonly attachments: Access;
  /** Whether it can tell of changes by itself, or be made to by a script; the gateway takes what is signed from any vendor. */
  readonly webhooks: boolean;
  /** Whether all tickets can be listed, so that they can be copied into the store. */
  readonly sync: boolean;
  /** What a change may hold here; null where tickets can't be changed. */
  readonly update: ChangeLimits | null;
  /** What a draft may hold here; what isn't supported is refused before any call. */
  readonly draft: DraftLimits;
}

/** What can be done with a ticket's comments, or with its attachments. */
interface Access {
  readonly read: boolean;
  readonly write: boolean;
}

/** The parts of a ticket that one update changes, and whether it must present the ticket's revision. */
export interface ChangeLimits {
  readonly fields: readonly ChangeField[];
  /** Whether a change must, may or can't present the ticket's revision; "none": the last write wins. */
  readonly revision: "required" | "optional" | "none";
}
