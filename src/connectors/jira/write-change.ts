import { VendorError, type Fault } from "../../domain/errors.js";
import type { Ticket, TicketRef } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import type { Outcome } from "../connector.js";
import type { Planned, UpdateParts } from "./update-parts.js";
import type { Step } from "./ways.js";

/**
 * Writes one change: the fields in one call, and the status by its steps. `taken` says that a part of it was written before.
 * Throws VendorError where nothing of it was written, or nobody knows.
 */
export async function writeChange(
  { http }: UpdateParts,
  { ticket, fields, steps }: Planned,
  call: Call,
  taken = false,
): Promise<Outcome<TicketRef>> {
  const onScreens = new Set(steps.flatMap(({ screen }) => [...screen]));
  const direct = Object.fromEntries(Object.entries(fields).filter(([id]) => !onScreens.has(id)));
  if (Object.keys(direct).length > 0) await edit(http, ticket.vendorId, direct, call);
  let isTaken = taken || Object.keys(direct).length > 0;
  for (const step of steps) {
    const own = Object.fromEntries(Object.entries(fields).filter(([id]) => step.screen.has(id)));
    try {
      await move(http, ticket.vendorId, step, own, call);
      isTaken = true;
    } catch (error) {
      // What was done before stays done: that is told, and not that nothing was.
      if (!(error instanceof VendorError) || error.sent === "maybe" || !isTaken) throw error;
      return { state: "done", value: refOf(ticket), faults: [notMoved(step.to, error)] };
    }
  }
  return { state: "done", value: refOf(ticket) };
}

export function refOf({ vendorId, key, url }: Ticket): TicketRef {
  return { vendorId, key, url };
}

/** What is told of a ticket whose fields were changed and whose status was not. */
export function notMoved(to: string, { code, message }: VendorError): Fault {
  return {
    code,
    message: `The ticket was changed, but it could not be moved to "${to}": ${message}`,
    path: ["status"],
  };
}

function edit(http: Http, issueId: string, fields: object, call: Call): Promise<void> {
  return http.send(
    {
      operation: "issue.edit",
      kind: "write",
      method: "PUT",
      path: ["rest", "api", "3", "issue", issueId],
      body: { fields },
      parse: () => undefined,
    },
    call,
  );
}

function move(http: Http, issueId: string, { id }: Step, fields: object, call: Call): Promise<void> {
  return http.send(
    {
      operation: "issue.transition",
      kind: "write",
      method: "POST",
      path: ["rest", "api", "3", "issue", issueId, "transitions"],
      body: { transition: { id }, ...(Object.keys(fields).length > 0 && { fields }) },
      parse: () => undefined,
    },
    call,
  );
}
