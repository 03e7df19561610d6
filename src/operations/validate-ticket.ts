import type { Caller } from "../domain/caller.js";
import type { NewTicket } from "../domain/new-ticket.js";
import { refused, type TicketError } from "../domain/ticket-error.js";
import { connectionFor, need } from "./access.js";
import { draftTicket } from "./draft-ticket.js";
import type { Kernel } from "./kernel.js";

/**
 * What a create would refuse before anything is sent; empty where nothing would. The vendor itself may still refuse what only it
 * knows. Throws RequestError, and VendorError where the vendor couldn't be asked.
 */
export async function validateTicket(
  kernel: Kernel,
  caller: Caller,
  connectionId: string | null | undefined,
  ticket: NewTicket,
): Promise<readonly TicketError[]> {
  need(caller, "tickets:read");
  const connection = connectionFor(kernel, caller, connectionId);
  const { draft, errors } = await draftTicket(kernel, connection, ticket);
  if (!draft) return errors;
  const error = await connection.checkTicket(draft);
  return error ? [refused(error)] : [];
}
