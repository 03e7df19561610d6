import { VendorError, type Fault } from "../domain/errors.js";
import type { TicketRef } from "../domain/ticket.js";
import type { Outcome } from "./connector.js";

/** What a failed write is to the one thing that it was for. Throws what isn't a vendor's failure: a bug. */
export function failed(error: unknown, also: readonly Fault[] = []): Outcome<never> {
  if (!(error instanceof VendorError)) throw error;
  return { state: error.sent === "no" ? "rejected" : "unknown", error, ...(also.length > 0 && { also }) };
}

/** Writes things one by one, side by side, each with its own outcome: for vendors that take no several at once. */
export function eachAlone<In>(
  things: readonly In[],
  write: (thing: In) => Promise<Outcome<TicketRef>>,
): Promise<readonly Outcome<TicketRef>[]> {
  return Promise.all(things.map((thing) => write(thing).catch((error: unknown) => failed(error))));
}

/** A change that presents a revision which somebody else's has overtaken; `current` is the one to read, where it is known. */
export function overtaken(ticketId: string, current: string | null | undefined, cause?: VendorError): VendorError {
  const now = current ? ` Its revision is now ${current}.` : "";
  const message = `${ticketId} has changed since the revision that was given.${now} Read it, and decide anew.`;
  const fault: Fault = { code: "CONFLICT", message, path: ["revision"], ...(current && { allowedValues: [current] }) };
  return new VendorError(fault, "no", { ...cause?.info, cause });
}
