import type { JoinEvents } from "../domain/join-events.js";
import { allParts } from "../domain/ticket-parts.js";
import type { Ticket, TicketParts, VendorId } from "../domain/ticket.js";
import { inOrder } from "./batch.js";
import { joined } from "./joined.js";

/** How many reads of one kind are under way at once; what is asked meanwhile gathers, and a lone read never waits. */
const READ_SLOTS = 3;

interface ReadOptions {
  /** At most so many things in one call. */
  readonly size: number;
  /** Who is told of the calls that callers share. */
  readonly joins: JoinEvents | undefined;
  /** Whether a text can be an id at all; nothing else is ever sent. */
  isId(text: string): boolean;
  /** Sees every call's answer, and how it failed. */
  watch<T>(answer: Promise<T>): Promise<T>;
}

type Found<T> = Promise<readonly T[]>;
type Named = { readonly vendorId: VendorId };
type TicketRead = { readonly id: VendorId; readonly parts: TicketParts | undefined };

/** Reads of single things, of which those that come together share a call. */
export class JoinedReads {
  constructor(private readonly options: ReadOptions) {}

  /** Things of one kind by their ids; null for what isn't there. */
  of<T extends Named>(kind: string, ask: (ids: readonly VendorId[]) => Found<T>): (id: VendorId) => Promise<T | null> {
    const load = this.joined(kind, async (ids: readonly VendorId[]) => inOrder(ids, await ask([...new Set(ids)])));
    return async (id) => (this.options.isId(id) ? load(id) : null);
  }

  /** Tickets, which are read together for all that any of them is wanted for; without `parts`, whole. */
  tickets(
    ask: (ids: readonly VendorId[], parts: TicketParts | undefined) => Found<Ticket>,
  ): (id: VendorId, parts?: TicketParts) => Promise<Ticket | null> {
    const load = this.joined("ticket", async (reads: readonly TicketRead[]) => {
      const ids = reads.map(({ id }) => id);
      return inOrder(ids, await ask([...new Set(ids)], allParts(reads.map(({ parts }) => parts))));
    });
    return async (id, parts) => (this.options.isId(id) ? load({ id, parts }) : null);
  }

  private joined<In, Out>(kind: string, ask: (items: readonly In[]) => Found<Out>): (item: In) => Promise<Out> {
    const { size, joins, watch } = this.options;
    return joined<In, Out>((items) => watch(ask(items)), {
      size,
      windowMs: 0,
      slots: READ_SLOTS,
      ...(joins && { told: { kind, events: joins } }),
    });
  }
}
