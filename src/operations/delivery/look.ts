import { VendorError } from "../../domain/errors.js";
import type { TicketRef } from "../../domain/ticket.js";
import type { Owner } from "../../domain/owner.js";
import type { Settlement } from "../../store/ledger.js";
import type { LedgerRow, UpdateRow } from "../../store/ledger-row.js";
import { ATTEMPTS_MAX, VENDOR_AWAY_MS, type Looked } from "./looked.js";
import { lookAtChanges } from "./look-at-changes.js";
import type { DeliveryOptions } from "./options.js";
import { settleRows, type Sending } from "./send.js";

/** Looks at the vendor for what became of rows that this process holds, all of one kind, and writes what it finds. */
export function lookFor(sending: Sending, rows: readonly LedgerRow[]): Promise<Looked> {
  const changes = rows.filter((row): row is UpdateRow => row.operation === "updateTicket");
  return changes.length > 0 ? lookAtChanges(sending, changes) : lookForMarkers(sending, rows);
}

/** Looks for the tickets of creates, or for the comments that were to be added. */
async function lookForMarkers(sending: Sending, rows: readonly LedgerRow[]): Promise<Looked> {
  const { connection, options, events } = sending;
  let found: ReadonlyMap<string, readonly TicketRef[]> | undefined;
  try {
    const traceable = rows.flatMap(({ marker, trace }) => (trace === null ? [] : [{ marker, trace }]));
    const isOfComments = rows[0]?.operation === "addComment";
    found = await (isOfComments ? connection.parts.findComments(traceable) : connection.findByMarker(traceable));
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
  }
  const resendable: LedgerRow[] = [];
  const judged = rows.map((row): Settlement => {
    const { id, fence, marker } = row;
    if (row.trace !== null && !found) {
      const isOver = row.state !== "DONE" && row.sentMsAgo > (options.laterLooksMs.at(-1) ?? 0);
      return isOver
        ? { id, fence, state: "NEEDS_REVIEW", dueInMs: null }
        : { id, fence, state: row.state, dueInMs: VENDOR_AWAY_MS };
    }
    const [oldest, ...others] = found?.get(marker) ?? [];
    if (others.length > 0 && oldest) {
      const vendorIds = [oldest, ...others].map(({ vendorId }) => vendorId);
      events.onDuplicate?.({ ...ownerOf(row), marker, vendorIds });
    }
    if (oldest) {
      if (row.state !== "DONE") events.onReconciled?.({ ...ownerOf(row), marker, vendorId: oldest.vendorId });
      return made(row, oldest, options);
    }
    const verdict = notFound(row, options, connection.onUnknown);
    if (verdict === "resend") resendable.push(row);
    return verdict === "resend" ? { id, fence, state: "UNKNOWN", dueInMs: options.leaseMs, looked: true } : verdict;
  });
  const settledRows = await settleRows(sending, rows, judged);
  return { rows: settledRows, resendable: resendable.filter((row) => settledRows[rows.indexOf(row)] !== null) };
}

function ownerOf({ tenantId, connectionId }: LedgerRow): Owner {
  return { tenantId, connectionId };
}

function made(row: LedgerRow, ref: TicketRef, options: DeliveryOptions): Settlement {
  const { id, fence, state, looks } = row;
  // A ticket that was sent twice is checked for a twin at every later look.
  const next = row.attempts > 1 ? (options.laterLooksMs[state === "DONE" ? looks + 1 : 0] ?? null) : null;
  if (state === "DONE") return { id, fence, state, dueInMs: next, looked: true };
  return { id, fence, state: "DONE", ref, errors: [], reconciledBy: "marker", dueInMs: next, looked: true };
}

/** What it means that no ticket carries the marker: nothing within the quiet time, then that it was never made. */
function notFound(row: LedgerRow, options: DeliveryOptions, onUnknown: "resend" | "review"): Settlement | "resend" {
  const { id, fence, state, looks, sentMsAgo, trace, attempts } = row;
  if (state === "DONE") return { id, fence, state, dueInMs: options.laterLooksMs[looks + 1] ?? null, looked: true };
  if (trace === null) return { id, fence, state: "NEEDS_REVIEW", dueInMs: null };
  const quietFor = options.quietMs - sentMsAgo;
  // Late commits come soon or never: so the looks grow apart, and the last is at the end of the quiet time.
  if (quietFor > 0)
    return { id, fence, state: "UNKNOWN", dueInMs: Math.min(quietFor, 1_000 * 2 ** looks), looked: true };
  if (onUnknown === "resend" && attempts < ATTEMPTS_MAX) return "resend";
  const later = options.laterLooksMs.find((ms) => ms > sentMsAgo);
  if (later === undefined) return { id, fence, state: "NEEDS_REVIEW", dueInMs: null };
  return { id, fence, state: "UNKNOWN", dueInMs: later - sentMsAgo, looked: true };
}
