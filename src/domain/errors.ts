/** Every way in which a vendor can fail us; a closed list, so that each place that translates it must know them all. */
export type VendorErrorCode =
  | "AUTH"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "INVALID"
  | "CONFLICT"
  | "RATE_LIMITED"
  | "UNAVAILABLE"
  | "TIMEOUT"
  | "BAD_RESPONSE"
  | "UNSUPPORTED";

/** What a refusal means, in the vendor's own (cleaned) words. Whether a byte went out only src/http can say. */
export interface Fault {
  readonly code: VendorErrorCode;
  readonly message: string;
  /** Where in the draft, as a path of TicketDraft's names: `["priority"]`, `["customFields", "customfield_10010"]`. */
  readonly path?: readonly string[];
  /** What could have been given, where the vendor or its metadata tell. */
  readonly allowedValues?: readonly string[];
}

/** What is known of the failed call beside its fault. */
interface VendorErrorInfo {
  /** The HTTP status that the vendor answered with. */
  readonly status?: number;
  /** Which part of getting through failed, where it was one of these. */
  readonly failed?: "ADDRESS" | "TLS";
  /** How long the vendor asks us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** On which connection it happened, as configured. */
  readonly connectionId?: string;
  readonly cause?: unknown;
}

/** The only error that leaves http or a connector. `sent: "maybe"` on a write means: it may have happened, so never retry, look it up. */
export class VendorError extends Error implements Fault {
  override readonly name = "VendorError";
  readonly code: VendorErrorCode;
  readonly path: readonly string[] | undefined;
  readonly allowedValues: readonly string[] | undefined;

  constructor(
    fault: Fault,
    readonly sent: "no" | "maybe",
    readonly info: VendorErrorInfo = {},
  ) {
    super(fault.message, { cause: info.cause });
    this.code = fault.code;
    this.path = fault.path;
    this.allowedValues = fault.allowedValues;
  }
}
