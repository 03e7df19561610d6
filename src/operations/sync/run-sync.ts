import type { Connection } from "../../connectors/connection.js";
import { VendorError } from "../../domain/errors.js";
import type { TicketRecord } from "../../domain/synced-ticket.js";
import type { Ticket } from "../../domain/ticket.js";
import type { Owner } from "../../domain/owner.js";
import { keepThings } from "../../store/synced-things.js";
import { dropTickets, keepTickets, unseenTickets, weighTickets } from "../../store/synced-tickets.js";
import { inTransaction, mayForgetLast, type Db } from "../../store/store.js";
import { advanceSync, failSync, finishSync, takeSync, type Progress, type SyncRow } from "../../store/syncs.js";
import type { Kernel } from "../kernel.js";
import { LostPlace } from "./lost-place.js";
import { openMentioned, type Mentioned } from "./mentioned.js";
import { tellNews } from "./news.js";
import { readAhead } from "./read-ahead.js";
import { readPages } from "./read-pages.js";
import { recordOf } from "./record-of.js";
import { AHEAD, OVERLAP_MS, PAGE } from "./options.js";

/** What became of a run: it saw everything, it broke off and goes on later, or it is another process's. */
export type SyncEnd = "done" | "broken" | "held";

/** What a run works with. */
interface Run {
  readonly db: Db;
  readonly row: SyncRow;
  /** How long the run is this process's alone, from each page on; a page may wait for the vendor's limits. */
  readonly leaseMs: number;
  readonly connection: Connection;
  readonly mentioned: Mentioned;
  readonly signal: AbortSignal;
}

/** Somebody else goes on with this run. */
class Overtaken extends Error {}

/**
 * Copies a connection's tickets into the store: all of them, or what changed. Each page is kept together with the place from which
 * to go on, so a process may be killed at any moment. `signal` ends the run between two pages.
 */
export async function runSync(kernel: Kernel, owner: Owner, signal: AbortSignal): Promise<SyncEnd> {
  const { delivery } = kernel;
  const db = kernel.dbOf(owner.tenantId);
  const connection = kernel.connectionsOf(owner.tenantId).get(owner.connectionId);
  if (!connection) return "done";
  const row = await takeSync(db, owner, delivery.leaseMs, OVERLAP_MS);
  if (!row) return "held";
  const run: Run = {
    db,
    row,
    leaseMs: delivery.leaseMs,
    connection,
    mentioned: openMentioned(db, owner, connection),
    signal,
  };
  try {
    if (row.phase === "READING") await readAll(run);
    if (row.mode === "FULL") await lookForUnseen(run);
    if (row.mode === "FULL") await weighTickets(db);
    return (await finishSync(db, row)) ? "done" : "held";
  } catch (error) {
    if (error instanceof Overtaken) return "held";
    return (await broke(run, error)) ? "broken" : "held";
  }
}

/** Says why a run broke off; false where it is another process's by now. Throws what is a mistake of ours, or the store's trouble. */
async function broke({ db, row, signal }: Run, error: unknown): Promise<boolean> {
  if (signal.aborted) return failSync(db, row, "The gateway was stopped; it goes on when it is started again.");
  if (error instanceof VendorError) return failSync(db, row, error.message, error instanceof LostPlace);
  throw error;
}

/** Reads the vendor's list and keeps it: a page at a time where the vendor is slow, several where the store is. */
async function readAll(run: Run): Promise<void> {
  const { row, connection, signal } = run;
  let pages = 0;
  for await (const some of readAhead(readPages(row, connection, signal), AHEAD)) {
    const next = some.at(-1)?.next;
    const phase = next || row.mode === "CHANGES" ? "READING" : "LOOKING";
    const tickets = some.flatMap((page) => page.tickets);
    const records = some.flatMap((page) => page.records);
    const mark = next?.mark ?? null;
    await keep(run, tickets, records, { phase, cursor: next?.cursor ?? null, mark, tickets: tickets.length });
    // Queries need not wait for the end of a long copy to be planned well.
    const before = Math.log2(Math.max(1, pages));
    pages += some.length;
    if (Math.floor(Math.log2(pages) / 3) > Math.floor(before / 3)) await weighTickets(run.db);
  }
}

/** Asks by id for what is kept and was in no list: it may be gone, or have been skipped. */
async function lookForUnseen(run: Run): Promise<void> {
  const { db, row, connection, signal } = run;
  for (let after = row.phase === "LOOKING" ? Number(row.cursor ?? 0) : 0; ;) {
    const unseen = await unseenTickets(db, row, row.run, after, PAGE);
    const last = unseen.at(-1);
    if (!last) return;
    const found = await Promise.all(unseen.map(({ vendorId }) => connection.ticketInBackground(vendorId)));
    signal.throwIfAborted();
    const gone = unseen.filter((_, n) => found[n] === null).map(({ vendorId }) => vendorId);
    const there = found.filter((ticket) => ticket !== null);
    after = last.id;
    const records = there.map((ticket) => recordOf(ticket, connection.capabilities.richText));
    const progress = { phase: "LOOKING", cursor: String(after), mark: null, tickets: there.length } as const;
    await keep(run, there, records, progress, gone);
  }
}

/** Keeps what a page told and where to go on, both or nothing. Throws Overtaken where another process goes on. */
async function keep(
  { db, row, leaseMs, mentioned }: Run,
  tickets: readonly Ticket[],
  records: readonly TicketRecord[],
  progress: Progress,
  gone: readonly string[] = [],
): Promise<void> {
  const things = await mentioned(tickets);
  await inTransaction(db, async (inside) => {
    await mayForgetLast(inside);
    if (!(await advanceSync(inside, row, progress, leaseMs))) throw new Overtaken();
    await keepThings(inside, row, things);
    const news = [
      ...(await keepTickets(inside, row, records, row.run, row.syncedAt !== null)),
      ...(await dropTickets(inside, row, gone)),
    ];
    // What a first copy holds is no news to anybody.
    if (row.syncedAt !== null) await tellNews(inside, row, news);
  });
}
