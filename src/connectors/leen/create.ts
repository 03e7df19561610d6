import { VendorError, type Fault } from "../../domain/errors.js";
import type { TicketDraft, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { Outcome } from "../connector.js";
import { failed } from "../failed.js";
import { newTicketOf, type NewWireTicket } from "./draft.js";
import type { LeenParts } from "./endpoints.js";
import { ticketOf } from "./map.js";
import { hintedBy, updateOne } from "./update.js";
import { BulkAnswer, WireTicket } from "./wire.js";
import { cleaned } from "../words.js";

/** A draft in the words in which it is sent. */
interface Prepared {
  readonly index: number;
  readonly draft: TicketDraft;
  readonly body: NewWireTicket;
}

/**
 * Creates tickets and gives one outcome each, in order. Many go in one call; alone go those that need Leen's own id
 * afterwards: to be given a status, or to be found again by their identifier, since in bulk Leen keeps no record of them.
 */
export async function createTickets(
  parts: LeenParts,
  drafts: readonly TicketDraft[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  const outcomes = new Map<number, Outcome<TicketRef>>();
  const prepared = drafts.flatMap((draft, index): Prepared[] => {
    try {
      return [{ index, draft, body: newTicketOf(draft) }];
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      outcomes.set(index, { state: "rejected", error });
      return [];
    }
  });
  const needsRecord = ({ draft }: Prepared): boolean => draft.status !== undefined || draft.marker !== undefined;
  const together = prepared.filter((one) => !needsRecord(one));
  const alone = prepared.filter((one) => needsRecord(one) || together.length === 1);
  await Promise.all([
    ...alone.map(async (one) => outcomes.set(one.index, await createOne(parts, one, call))),
    ...(together.length > 1 ? [createMany(parts, together, outcomes, call)] : []),
  ]);
  return drafts.map((_, index) => outcomes.get(index) as Outcome<TicketRef>);
}

async function createOne(parts: LeenParts, { draft, body }: Prepared, call: Call): Promise<Outcome<TicketRef>> {
  let made: WireTicket;
  try {
    made = await parts.http.send(
      {
        operation: "ticket.create",
        kind: "write",
        method: "POST",
        path: ["itsm", "tickets"],
        body,
        parse: (answer) => WireTicket.parse(answer),
      },
      call,
    );
  } catch (error) {
    return failed(hintedBy(draft, error));
  }
  const { vendorId, key, url } = ticketOf(made);
  const fault = draft.status === undefined ? undefined : await moved(parts, vendorId, draft.status, call);
  return { state: "done", value: { vendorId, key, url }, ...(fault && { faults: [fault] }) };
}

/** Gives a new ticket its status. Whatever happens here, the ticket stays made. */
async function moved(parts: LeenParts, id: string, status: string, call: Call): Promise<Fault | undefined> {
  try {
    const now = await updateOne(parts, id, { status }, call);
    if (now?.status == null || now.status.toLowerCase() === status.toLowerCase()) return undefined;
    return { code: "INVALID", message: `The ticket was created, but its status is "${now.status}".`, path: ["status"] };
  } catch (cause) {
    const error = hintedBy({ status }, cause);
    if (!(error instanceof VendorError)) throw error;
    const what = error.sent === "no" ? "its status could not be set" : "it is not certain that its status was set";
    return { code: error.code, message: `The ticket was created, but ${what}: ${error.message}`, path: ["status"] };
  }
}

async function createMany(
  parts: LeenParts,
  prepared: readonly Prepared[],
  outcomes: Map<number, Outcome<TicketRef>>,
  call: Call,
): Promise<void> {
  let answer: BulkAnswer | undefined;
  try {
    answer = await parts.http.send(
      {
        operation: "ticket.bulk",
        kind: "write",
        method: "POST",
        path: ["itsm", "tickets", "bulk", "sync"],
        body: { tickets: prepared.map(({ body }) => body) },
        parse: (body) => BulkAnswer.parse(body),
      },
      call,
    );
  } catch (error) {
    // One bad ticket makes Leen refuse all of them: then each goes alone, and only the bad one is refused.
    if (error instanceof VendorError && error.sent === "no" && error.code === "INVALID") {
      await Promise.all(prepared.map(async (one) => outcomes.set(one.index, await createOne(parts, one, call))));
      return;
    }
    for (const { index } of prepared) outcomes.set(index, failed(error));
    return;
  }
  const results = new Map(answer.results.map((result) => [result.request_index, result]));
  prepared.forEach(({ index, draft }, n) => outcomes.set(index, outcomeOf(results.get(n), draft)));
}

function outcomeOf(result: BulkAnswer["results"][number] | undefined, draft: TicketDraft): Outcome<TicketRef> {
  if (!result) return unsure("Leen's answer says nothing of this ticket.");
  const key = result.vendor_ticket_id ?? null;
  if (!result.success) {
    const words = cleaned(result.error ?? "") || "Leen refused this ticket without saying why.";
    // The words are all that there is: a time that ran out between Leen and Jira says nothing of what Jira did.
    if (/time[d -]*out|gateway|unavailable|internal server|\b5\d\d\b/i.test(words)) return unsure(words);
    const error = new VendorError({ code: "INVALID", message: words }, "no", { status: 200 });
    return failed(hintedBy(draft, error));
  }
  const vendorId = result.ticket_id ?? key;
  if (vendorId === null) return unsure("Leen says that it made this ticket, and doesn't say which it is.");
  return { state: "done", value: { vendorId, key, url: null } };
}

function unsure(message: string): Outcome<TicketRef> {
  return { state: "unknown", error: new VendorError({ code: "BAD_RESPONSE", message }, "maybe", { status: 200 }) };
}
