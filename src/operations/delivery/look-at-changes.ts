import { isApplied } from "../../domain/change-rules.js";
import { VendorError } from "../../domain/errors.js";
import { invalid } from "../../domain/ticket-error.js";
import type { Ticket, TicketChange } from "../../domain/ticket.js";
import type { Settlement } from "../../store/ledger.js";
import type { LedgerRow, UpdateRow } from "../../store/ledger-row.js";
import { ATTEMPTS_MAX, VENDOR_AWAY_MS, type Looked } from "./looked.js";
import { settleRows, type Sending } from "./send.js";

/** What became of changes whose answer was lost: the tickets themselves tell. */
export async function lookAtChanges(sending: Sending, rows: readonly UpdateRow[]): Promise<Looked> {
  const { connection } = sending;
  const resendable: LedgerRow[] = [];
  const judged = await Promise.all(
    rows.map(async (row): Promise<Settlement> => {
      const { id, fence, state, change } = row;
      try {
        const ticket = await connection.ticket(change.ticketId);
        const verdict = judge(sending, row, ticket && (await withRevision(connection, ticket, change)));
        if (verdict !== "resend") return verdict;
        resendable.push(row);
        return { id, fence, state: "UNKNOWN", dueInMs: sending.options.leaseMs, looked: true };
      } catch (error) {
        if (!(error instanceof VendorError)) throw error;
        return { id, fence, state, dueInMs: VENDOR_AWAY_MS };
      }
    }),
  );
  const settled = await settleRows(sending, rows, judged);
  return { rows: settled, resendable: resendable.filter((row) => settled[rows.indexOf(row as UpdateRow)] !== null) };
}

/** A change that presents a revision is judged by it, even where reads don't bring it along. */
async function withRevision(connection: Sending["connection"], ticket: Ticket, change: TicketChange): Promise<Ticket> {
  if (change.revision === undefined || ticket.revision !== null) return ticket;
  return { ...ticket, revision: await connection.revisionOf(ticket.vendorId) };
}

/**
 * A ticket that is as it should be was changed. One that isn't may be yet, within the quiet time; after it the change is sent
 * again only where that surely overwrites nobody's: the ticket has not been touched since.
 */
function judge({ options, connection }: Sending, row: UpdateRow, ticket: Ticket | null): Settlement | "resend" {
  const { id, fence, change, looks, sentMsAgo, sentAt, attempts } = row;
  if (!ticket) {
    const message = "The ticket isn't there any more, so it can't be changed.";
    const gone = { ...invalid(["ticket"], message), code: "NOT_FOUND" as const };
    return { id, fence, state: "REJECTED", errors: [gone], reconciledBy: "read", dueInMs: null };
  }
  const applied = isApplied(ticket, change);
  if (applied) {
    const { vendorId, key, url, revision } = ticket;
    const ref = { vendorId, key, url, ...(revision !== null && { revision }) };
    return { id, fence, state: "DONE", ref, errors: [], reconciledBy: "read", dueInMs: null, looked: true };
  }
  const quietFor = options.quietMs - sentMsAgo;
  if (quietFor > 0)
    return { id, fence, state: "UNKNOWN", dueInMs: Math.min(quietFor, 1_000 * 2 ** looks), looked: true };
  const isUntouched =
    change.revision === undefined
      ? ticket.updatedAt !== null && ticket.updatedAt < sentAt
      : ticket.revision === change.revision;
  if (isUntouched && connection.onUnknown === "resend" && attempts < ATTEMPTS_MAX) return "resend";
  return { id, fence, state: "NEEDS_REVIEW", dueInMs: null, looked: true };
}
