import { joined } from "../../connectors/joined.js";
import type { Operation, Parcel } from "../../domain/delivery.js";
import type { Connection } from "../../connectors/connection.js";
import type { CommentDraft, TicketDraft } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import type { Owner } from "../../domain/owner.js";
import { begin } from "../../store/ledger.js";
import type { LedgerRow } from "../../store/ledger-row.js";
import { lookFor } from "./look.js";
import { sendRows, type Sending } from "./send.js";

/** A new write, before its connection was asked how it could be found again. */
type Shipment = Omit<Parcel, "trace">;

/** A write that was handed in. */
interface Delivering {
  /**
   * The row as it is in the end; null where another process, or an earlier request, has the key: its row tells the rest.
   * Rejects with StoreUnavailable and VendorError: then nothing was sent.
   */
  readonly row: Promise<LedgerRow | null>;
  /** Takes back a write that still waits for its turn: it is not sent any more. False where it is too late for that. */
  readonly withdraw: () => boolean;
}

/** Delivers one connection's writes. */
export type Deliver = (shipment: Shipment, lane: Call["lane"]) => Delivering;

/** A shipment on its way: either it is withdrawn or it is begun, never both. */
interface Waiting {
  readonly shipment: Shipment;
  state: "waiting" | "begun" | "withdrawn";
}

/** How long the first create waits for others to share its call, in milliseconds. */
const WINDOW_MS = 2;
/** The same while another of its calls is under way: no vendor answers so fast that people would notice. */
const BUSY_WINDOW_MS = 40;

/** How many changes or comments go to a connector at once; how it makes calls of them is its own business. */
const OTHERS_A_CALL = 50;

/** Writes of separate callers share a ledger statement and a bulk call; nothing goes out before the ledger has it. */
export function openDeliverer(sending: Sending, owner: Owner, operation: Operation = "createTicket"): Deliver {
  const { connection, db, options } = sending;
  const { batch, createSlots } = connection.capabilities;
  const isCreate = operation === "createTicket";

  const together = async (all: readonly Waiting[], lane: Call["lane"]): Promise<(LedgerRow | null)[]> => {
    const traces = await tracesOf(
      connection,
      operation,
      all.map(({ shipment }) => shipment.payload),
    );
    const parcels = all.flatMap((one, n): Parcel[] => {
      if (one.state === "withdrawn") return [];
      one.state = "begun";
      return [{ ...one.shipment, trace: traces[n] ?? null }];
    });
    const askedAt = performance.now();
    const rows = parcels.length === 0 ? [] : await begin(db, owner, parcels, options.leaseMs, operation);
    const sent = rows.length === 0 ? [] : await sendRows(sending, rows, lane, askedAt);
    const final = new Map(rows.map(({ key }, n) => [key, sent[n] ?? null]));
    // An answer that was only lost on its way is found at once.
    const lost = sent.filter((row) => row?.state === "UNKNOWN") as LedgerRow[];
    if (lost.length > 0) for (const row of (await lookFor(sending, lost)).rows) if (row) final.set(row.key, row);
    return all.map(({ shipment: { key } }) => final.get(key) ?? null);
  };

  /** What is under way has a lease to keep: so larger calls are fewer at a time. */
  const measures = (lane: Call["lane"]): { readonly size: number; readonly slots: number } => {
    if (isCreate) return { size: batch.create, slots: createSlots };
    const size =
      lane === "background" && operation === "updateTicket" ? (batch.update ?? OTHERS_A_CALL) : OTHERS_A_CALL;
    return { size, slots: Math.max(1, Math.floor((createSlots * OTHERS_A_CALL) / size)) };
  };
  const join = (lane: Call["lane"]) =>
    joined((some: readonly Waiting[]) => together(some, lane), {
      ...measures(lane),
      windowMs: WINDOW_MS,
      busyWindowMs: BUSY_WINDOW_MS,
      ...(connection.joins && { told: { kind: operation, events: connection.joins } }),
    });
  const lanes = { interactive: join("interactive"), background: join("background") };
  const underWay = new Map<string, Delivering>();
  return (shipment, lane) => {
    const begun = underWay.get(shipment.key);
    // The ledger decides between equal keys; a second one in the same statement would only confuse it.
    if (begun) return { row: begun.row.then(() => null), withdraw: begun.withdraw };
    const waiting: Waiting = { shipment, state: "waiting" };
    const forget = (): void => {
      if (underWay.get(shipment.key) === delivering) underWay.delete(shipment.key);
    };
    const delivering: Delivering = {
      row: lanes[lane](waiting).finally(forget),
      withdraw() {
        if (waiting.state === "begun") return false;
        waiting.state = "withdrawn";
        // Who asks again gets a turn of their own, however long this one's empty place is still in the queue.
        forget();
        return true;
      },
    };
    underWay.set(shipment.key, delivering);
    return delivering;
  };
}

/** What a later look for each write needs; null where it couldn't be found again. */
function tracesOf(
  connection: Connection,
  operation: Operation,
  payloads: readonly Parcel["payload"][],
): Promise<readonly (string | null)[]> {
  switch (operation) {
    case "createTicket":
      return connection.traces(payloads as readonly TicketDraft[]);
    // A change is found again in the ticket itself, so there is nothing to ask for before.
    case "updateTicket":
      return Promise.resolve(payloads.map(() => null));
    case "addComment":
      return Promise.resolve(
        payloads.map((comment) => (connection.parts.findsComments ? (comment as CommentDraft).ticketId : null)),
      );
  }
}
