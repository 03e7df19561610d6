import type { Fault, VendorError, VendorErrorCode } from "./errors.js";

export const TICKET_ERROR_CODES = [
  "INVALID_INPUT",
  "NOT_FOUND",
  "FORBIDDEN",
  "CONFLICT",
  "UNSUPPORTED",
  "VENDOR_REJECTED",
  "VENDOR_RATE_LIMITED",
  "VENDOR_UNAVAILABLE",
  "VENDOR_UNAUTHORIZED",
  "VENDOR_BAD_RESPONSE",
  "GATEWAY_UNAVAILABLE",
  "IDEMPOTENCY_KEY_REUSED",
  "OUTCOME_UNKNOWN",
] as const;
export type TicketErrorCode = (typeof TICKET_ERROR_CODES)[number];

/** Why one ticket was not written, or not written whole: data for the caller, with its place in the caller's input. */
export interface TicketError {
  readonly code: TicketErrorCode;
  readonly message: string;
  readonly path: readonly string[];
  readonly allowedValues: readonly string[];
  /** Whether the same input may succeed later. */
  readonly retryable: boolean;
  readonly vendorStatus: number | null;
}

const CODES: Record<VendorErrorCode, TicketErrorCode> = {
  AUTH: "VENDOR_UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  INVALID: "VENDOR_REJECTED",
  CONFLICT: "CONFLICT",
  RATE_LIMITED: "VENDOR_RATE_LIMITED",
  UNAVAILABLE: "VENDOR_UNAVAILABLE",
  TIMEOUT: "VENDOR_UNAVAILABLE",
  BAD_RESPONSE: "VENDOR_BAD_RESPONSE",
  UNSUPPORTED: "UNSUPPORTED",
};
const RETRYABLE: ReadonlySet<VendorErrorCode> = new Set(["RATE_LIMITED", "UNAVAILABLE", "TIMEOUT", "CONFLICT"]);

/** The code by which callers know a vendor's failure, and whether trying again may help. */
export function codeOf(error: VendorError): { readonly code: TicketErrorCode; readonly retryable: boolean } {
  const checkedHere = error.code === "INVALID" && error.info.status === undefined;
  // A revision that was overtaken stays overtaken.
  const retryable = RETRYABLE.has(error.code) && error.path?.[0] !== "revision";
  return { code: checkedHere ? "INVALID_INPUT" : CODES[error.code], retryable };
}

/** A ticket that the vendor, or the connector's own check, refused. */
export function refused(error: VendorError): TicketError {
  return { ...told(error), ...codeOf(error), vendorStatus: error.info.status ?? null };
}

/** A ticket of which nobody knows whether the vendor made it. Never told as failed. */
export function unknownOutcome(error: VendorError): TicketError {
  return {
    ...told(error),
    code: "OUTCOME_UNKNOWN",
    message: `It is not known whether the ticket was created: ${error.message} The gateway goes on looking for it; ask for the delivery by its key before you send it under another one.`,
    retryable: false,
    vendorStatus: error.info.status ?? null,
  };
}

/** The gateway's own store is away: nothing was sent, since nothing could be written down before. */
export function gatewayUnavailable(): TicketError {
  const message = "The gateway's database does not answer, so the ticket was not sent. Send it again in a while.";
  return { code: "GATEWAY_UNAVAILABLE", message, path: [], allowedValues: [], retryable: true, vendorStatus: null };
}

/** So much waits for the connection that the ticket's turn didn't come. */
export function tooBusy(): TicketError {
  const message =
    "So many tickets wait for this connection that the turn of this one didn't come: it was not sent. Send it again in a while.";
  return { code: "GATEWAY_UNAVAILABLE", message, path: [], allowedValues: [], retryable: true, vendorStatus: null };
}

/** A ticket of a job that was cancelled before its turn. */
export function cancelled(): TicketError {
  const message = "The job was cancelled before this ticket was sent.";
  return { code: "CONFLICT", message, path: [], allowedValues: [], retryable: true, vendorStatus: null };
}

/** A ticket on which the gateway itself fails, whatever it tries. */
export function failedInGateway(): TicketError {
  const message = "The gateway failed on this ticket several times. Its log says why.";
  return { code: "GATEWAY_UNAVAILABLE", message, path: [], allowedValues: [], retryable: true, vendorStatus: null };
}

/** A ticket that waited for a connection which was taken away meanwhile. */
export function connectionGone(connectionId: string): TicketError {
  const message = `The connection "${connectionId}" was taken away before the ticket was sent.`;
  return { code: "NOT_FOUND", message, path: [], allowedValues: [], retryable: false, vendorStatus: null };
}

/** A person gave up a write whose outcome stayed unknown. */
export function abandoned(): TicketError {
  const message = "A person found that the vendor made no ticket, and gave this one up.";
  return { code: "CONFLICT", message, path: [], allowedValues: [], retryable: false, vendorStatus: null };
}

/** A key that was used for another ticket. */
export function keyReused(key: string): TicketError {
  const message = `The idempotency key "${key}" was used for another ticket. Give each ticket a key of its own.`;
  return {
    code: "IDEMPOTENCY_KEY_REUSED",
    message,
    path: ["idempotencyKey"],
    allowedValues: [],
    retryable: false,
    vendorStatus: null,
  };
}

/** Something that the vendor left out of a ticket that it did make. */
export function leftOut(fault: Fault): TicketError {
  return { ...told(fault), code: CODES[fault.code], retryable: false, vendorStatus: null };
}

/** A mistake in the caller's input that was found before anything was sent. */
export function invalid(path: readonly string[], message: string, allowedValues: readonly string[] = []): TicketError {
  return { code: "INVALID_INPUT", message, path, allowedValues, retryable: false, vendorStatus: null };
}

function told(fault: Fault): Pick<TicketError, "message" | "path" | "allowedValues"> {
  return { message: fault.message, path: fault.path ?? [], allowedValues: fault.allowedValues ?? [] };
}
