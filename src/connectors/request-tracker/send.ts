import { VendorError } from "../../domain/errors.js";
import type { Call, Http } from "../../http/http.js";
import type { NewWireTicket } from "./draft.js";
import { Created, CreatedOrNot, Message } from "./wire.js";

/** An id, Request Tracker's words, or why the call that the ticket went with failed. */
export type Made = { readonly id: string } | { readonly message: string; readonly status?: number } | VendorError;

/** How much JSON goes in one call: a small server may take two seconds over a megabyte, and an answer is awaited for thirty. */
const CALL_LENGTH = 4_000_000;

/**
 * Sends tickets, in several calls if they are long. A failure before anything was answered is thrown; after that it is the
 * outcome of its own tickets only.
 */
export async function sendTickets(http: Http, tickets: readonly NewWireTicket[], call: Call): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const some of byLength(tickets)) {
    try {
      made.push(...(await sendTogether(http, some, call)));
    } catch (error) {
      if (!(error instanceof VendorError) || made.length === 0) throw error;
      made.push(...some.map(() => error));
    }
  }
  return made;
}

/** Tickets in their order, in as few calls as their lengths allow. */
function byLength(tickets: readonly NewWireTicket[]): readonly (readonly NewWireTicket[])[] {
  const calls: NewWireTicket[][] = [];
  let left = 0;
  for (const ticket of tickets) {
    const { length } = JSON.stringify(ticket);
    if (length > left) {
      calls.push([]);
      left = CALL_LENGTH;
    }
    calls.at(-1)?.push(ticket);
    left -= length;
  }
  return calls;
}

async function sendTogether(http: Http, tickets: readonly NewWireTicket[], call: Call): Promise<readonly Made[]> {
  const [only] = tickets;
  const write = { kind: "write", method: "POST" } as const;
  if (only && tickets.length === 1) {
    const path = ["REST", "2.0", "ticket"];
    const alone = { ...write, operation: "ticket.create", path, body: only };
    return [await http.send<Made>({ ...alone, accept: isMadeOrRefused, parse: readMade }, call)];
  }
  const parse = (body: unknown) => CreatedOrNot.parse(body) as readonly Made[];
  const path = ["REST", "2.0", "tickets", "bulk"];
  const made = await http.send({ ...write, operation: "tickets.bulk", path, body: tickets, parse }, call);
  if (made.length === tickets.length) return made;
  const message = `Request Tracker gave ${made.length} answers for ${tickets.length} tickets, so which were made can't be told.`;
  throw new VendorError({ code: "BAD_RESPONSE", message }, "maybe");
}

/** Alone, a refused draft is a 400 or a 403; in bulk it is the same words amid a 201. */
function isMadeOrRefused(status: number, body: unknown): boolean {
  const isRefused = (status === 400 || status === 403) && Message.safeParse(body).success;
  return isRefused || (status >= 200 && status < 300);
}

function readMade(body: unknown, { status }: { readonly status: number }): Made {
  return status < 300 ? Created.parse(body) : { ...Message.parse(body), status };
}
