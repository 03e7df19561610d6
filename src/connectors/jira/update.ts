import type { Ticket, TicketChange, TicketRef } from "../../domain/ticket.js";
import type { Call } from "../../http/http.js";
import { beforehand } from "../beforehand.js";
import type { Outcome } from "../connector.js";
import { failed } from "../failed.js";
import { openMemory } from "../memory.js";
import { alike } from "./alike.js";
import { planChange, wrongTicket, type Planning } from "./plan-change.js";
import { fetchTickets } from "./tickets.js";
import type { Planned, UpdateParts } from "./update-parts.js";
import { writeChange } from "./write-change.js";
import { wordOf, writeAlone, writeTogether } from "./write-together.js";

/** For how long steps that were asked for serve the changes that came together. */
const WAYS_MS = 60_000;

type Tickets = ReadonlyMap<string, Ticket>;

/**
 * Changes issues, each to its own values, and at most once each. Nothing is written before all of a change is known to be
 * possible. Changes of the same values go by Jira's bulk operations where there are enough of them, all others alone.
 */
export async function updateIssues(
  parts: UpdateParts,
  changes: readonly TicketChange[],
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  const once = openMemory({ ttlMs: WAYS_MS, max: 500 });
  const ids = [...new Set(changes.map(({ ticketId }) => ticketId))];
  const tickets: Tickets = new Map(
    (await beforehand(() => fetchTickets(parts, ids, call))).map((ticket) => [ticket.vendorId, ticket]),
  );
  const groups = alike(changes, askedFor, parts.bulk.least());
  const grouped = new Set(groups.flat());
  const outcomes: Outcome<TicketRef>[] = [];
  const alone = changes.map(async (change, n) => {
    if (grouped.has(n)) return;
    const planned = await plan(parts, tickets, change, { once, isShared: false }, call);
    outcomes[n] = "state" in planned ? planned : await write(parts, planned, call);
  });
  const together = groups.map(async (places) => {
    const some = places.map((n) => changes[n] as TicketChange);
    const written = await updateGroup(parts, tickets, some, { once, isShared: true }, call);
    places.forEach((n, at) => (outcomes[n] = written[at] as Outcome<TicketRef>));
  });
  await Promise.all([...alone, ...together]);
  return outcomes;
}

/** What a change asks for, without the ticket that it is for; undefined for one that presents a revision, which no bulk operation checks. */
function askedFor({ ticketId: _, revision, ...values }: TicketChange): string | undefined {
  return revision === undefined ? JSON.stringify(values) : undefined;
}

/** Changes that ask for the same: those that come to the same in Jira's words go together. */
async function updateGroup(
  parts: UpdateParts,
  tickets: Tickets,
  changes: readonly TicketChange[],
  planning: Planning,
  call: Call,
): Promise<readonly Outcome<TicketRef>[]> {
  const planned = await Promise.all(changes.map((change) => plan(parts, tickets, change, planning, call)));
  const outcomes: Outcome<TicketRef>[] = [];
  const groups = alike(planned, (one) => ("state" in one ? undefined : wordOf(one)), parts.bulk.least());
  const grouped = new Set(groups.flat());
  await Promise.all([
    ...planned.map(async (one, n) => {
      if (!grouped.has(n)) outcomes[n] = "state" in one ? one : await writeAlone(parts, one, 0, false, call);
    }),
    ...groups.map(async (places) => {
      const some = places.map((n) => planned[n] as Planned);
      const written = await writeTogether(parts, some, call);
      places.forEach((n, at) => {
        outcomes[n] = written.get((some[at] as Planned).ticket.vendorId) as Outcome<TicketRef>;
      });
    }),
  ]);
  return outcomes;
}

async function plan(
  parts: UpdateParts,
  tickets: Tickets,
  change: TicketChange,
  planning: Planning,
  call: Call,
): Promise<Planned | Outcome<never>> {
  try {
    const ticket = tickets.get(change.ticketId);
    if (!ticket) throw wrongTicket(change.ticketId);
    return await beforehand(() => planChange(parts, ticket, change, planning, call));
  } catch (error) {
    return failed(error);
  }
}

async function write(parts: UpdateParts, planned: Planned, call: Call): Promise<Outcome<TicketRef>> {
  try {
    return await writeChange(parts, planned, call);
  } catch (error) {
    return failed(error);
  }
}
