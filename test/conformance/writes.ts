import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import type { Outcome } from "../../src/connectors/connector.js";
import { codeOf } from "../../src/domain/ticket-error.js";
import type { TicketRef } from "../../src/domain/ticket.js";
import { draftFor, type Opened, type Subject } from "./subject.js";

const INTERACTIVE = { lane: "interactive" } as const;

/** What becomes of drafts: each its own, whatever becomes of the others; and lost ones are found. */
export function describeWrites(subject: Subject): void {
  describe("writes", () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await subject.open();
    });
    afterEach(() => opened.sandbox?.faults.clear());
    afterAll(() => opened.close());

    const nameOf = async (outcome: Outcome<TicketRef>): Promise<string | undefined> =>
      outcome.state === "done" ? (await opened.connection.ticket(outcome.value.vendorId))?.name : undefined;
    let run = 0;

    it("give each draft its own outcome, in order, whichever of them the vendor refuses", async () => {
      const { batch } = subject.vendor.capabilities;
      const isBad = fc.array(fc.boolean(), { minLength: 1, maxLength: Math.min(8, batch.create) });
      await fc.assert(
        fc.asyncProperty(isBad, async (bad) => {
          run += 1;
          const drafts = bad.map((is, n) => draftFor(opened, `Run ${run}, ticket ${n}`, is ? opened.refused : {}));
          const outcomes = await opened.connection.createTickets(drafts, INTERACTIVE);
          expect(outcomes.map(({ state }) => state)).toEqual(bad.map((is) => (is ? "rejected" : "done")));
          const names = await Promise.all(outcomes.map(nameOf));
          expect(names).toEqual(drafts.map(({ name }, n) => (bad[n] ? undefined : name)));
          for (const outcome of outcomes)
            if (outcome.state !== "done") {
              expect(outcome.error.message).not.toBe("");
              expect(codeOf(outcome.error).retryable).toBe(false);
            }
        }),
        { numRuns: opened.sandbox ? 12 : 4 },
      );
    });

    it("give each draft its own outcome when the vendor fails on some of them by chance", async () => {
      if (!opened.sandbox) return;
      opened.sandbox.faults.add({ kind: "partial", operation: opened.creating, share: 0.5 });
      const drafts = Array.from({ length: 10 }, (_, n) => draftFor(opened, `By chance ${n}`));
      const outcomes = await opened.connection.createTickets(drafts, INTERACTIVE);
      const states = new Set(outcomes.map(({ state }) => state));
      expect([...states].every((state) => state === "done" || state === "rejected")).toBe(true);
      const names = await Promise.all(outcomes.map(nameOf));
      expect(names).toEqual(drafts.map(({ name }, n) => (outcomes[n]?.state === "done" ? name : undefined)));
    });

    it("find a ticket whose answer was lost by its marker, where that is claimed, and no other", async () => {
      const { connection, creating, sandbox } = opened;
      const draft = draftFor(opened, "Lost on the way", {
        ...(subject.vendor.capabilities.draft.identifier && opened.sandbox && { identifier: "lost-0a1b2c3d" }),
      });
      const marker = newMarker();
      const [trace] = await connection.traces([draft]);
      if (subject.vendor.capabilities.guarantee === "AT_MOST_ONCE") return expect(trace).toBeNull();
      if (trace == null)
        throw new Error("A better guarantee than AT_MOST_ONCE is claimed, and nothing to look by is given.");
      expect(await connection.findByMarker([{ marker, trace }])).toEqual(new Map());
      sandbox?.faults.add({ kind: "commit-reset", operation: creating, times: 1 });
      const [outcome] = await connection.createTickets([{ ...draft, marker }], INTERACTIVE);
      expect(outcome?.state).toBe(sandbox ? "unknown" : "done");
      const other = { marker: newMarker(), trace: trace.replace("lost-0", "lost-1") };
      const found = await connection.findByMarker([{ marker, trace }, other]);
      expect([...found.keys()]).toEqual([marker]);
      const refs = found.get(marker) ?? [];
      expect(refs).toHaveLength(1);
      expect((await connection.ticket(refs[0]?.vendorId ?? ""))?.name).toBe("Lost on the way");
    });
  });
}

/** As the gateway makes them, and each another: a real server keeps those of earlier runs. */
function newMarker(): string {
  const letters = [...randomBytes(26)].map((byte) => "abcdefghijklmnopqrstuvwxyz234567".charAt(byte % 32));
  return `gw-${letters.join("")}`;
}
