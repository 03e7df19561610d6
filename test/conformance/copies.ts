import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ticketOf, type KeptTicket } from "../../src/domain/synced-ticket.js";
import type { Ticket } from "../../src/domain/ticket.js";
import { recordOf } from "../../src/operations/sync/record-of.js";
import { draftFor, type Opened, type Subject } from "./subject.js";

const INTERACTIVE = { lane: "interactive" } as const;
const MINUTE = 60_000;
/** A real server may hold many tickets, and read them slowly. */
const LONG_MS = 120_000;

/** What a copy of a connection's tickets is made from: every ticket is listed, and what changed is found. */
export function describeCopies(subject: Subject): void {
  const { capabilities } = subject.vendor;
  describe("copies", () => {
    let opened: Opened;
    const made: string[] = [];
    const begun = new Date(Date.now() - MINUTE);
    beforeAll(async () => {
      opened = await subject.open();
      const names = ["one", "two", "three", "four", "five"].map((name) => `Copied ${name}`);
      // One after another: what is asked for one by one has an id at every vendor.
      for (const name of names) {
        const [outcome] = await opened.connection.createTickets([draftFor(opened, name)], INTERACTIVE);
        if (outcome?.state !== "done") throw outcome?.error;
        made.push(outcome.value.vendorId);
      }
    });
    afterAll(() => opened.close());

    const list = async (since: Date | null, first: number): Promise<Ticket[]> => {
      const all: Ticket[] = [];
      let after: string | undefined;
      for (let pages = 0; pages < 2_000; pages += 1) {
        const page = await opened.connection.listTickets(since, { first, ...(after !== undefined && { after }) });
        expect(page.items.length).toBeLessThanOrEqual(Math.max(first, 100));
        all.push(...page.items);
        if (page.next === undefined) return all;
        after = page.next;
      }
      throw new Error("The list has no end.");
    };

    it(
      "list every ticket, page by page, each once while nothing changes",
      async () => {
        if (!capabilities.sync) {
          await expect(opened.connection.listTickets(null, { first: 5 })).rejects.toMatchObject({
            code: "UNSUPPORTED",
          });
          return;
        }
        const ids = (await list(null, opened.sandbox ? 3 : 50)).map(({ vendorId }) => vendorId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining(made));
      },
      LONG_MS,
    );

    it(
      "list what changed since a moment, and miss nothing of it",
      async () => {
        if (!capabilities.sync) return;
        const ids = (await list(begun, 100)).map(({ vendorId }) => vendorId);
        expect(ids).toEqual(expect.arrayContaining(made));
      },
      LONG_MS,
    );

    it(
      "give whole tickets, which are the same when they come back from the store",
      async () => {
        if (!capabilities.sync) return;
        const listed = (await list(begun, 100)).filter(({ vendorId }) => made.includes(vendorId));
        for (const ticket of listed) {
          const live = await opened.connection.ticket(ticket.vendorId);
          const { json, digest } = recordOf(ticket, capabilities.richText);
          expect(recordOf(live as Ticket, capabilities.richText).digest).toBe(digest);
          const kept = JSON.parse(json) as { ticket: KeptTicket; data: Record<string, unknown> };
          const syncedAt = new Date();
          const again = ticketOf(kept.ticket, kept.data, syncedAt, (text) => opened.connection.readText(text));
          const { along: _along, description, ...rest } = ticket;
          const { description: kept_, ...others } = again;
          expect(others).toEqual({ ...(JSON.parse(JSON.stringify(rest), revived) as object), syncedAt });
          for (const format of ["PLAIN", "MARKDOWN", "HTML"] as const)
            expect(kept_?.to(format).trim()).toBe(description?.to(format).trim());
        }
      },
      LONG_MS,
    );
  });
}

/** Dates are the only texts of this form among the common fields; the vendor's own record keeps its texts. */
function revived(this: unknown, key: string, value: unknown): unknown {
  const isOurs = ["statusUpdatedAt", "createdAt", "updatedAt", "dueDate", "closedAt"].includes(key);
  const isDate = typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
  return isOurs && isDate && typeof this === "object" && this !== null && "vendorId" in this ? new Date(value) : value;
}
