import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { refusedChange, updateEach } from "../../src/connectors/update-each.js";
import { VendorError } from "../../src/domain/errors.js";
import type { TicketChange } from "../../src/domain/ticket.js";

const change = fc.record({ ticketId: fc.constantFrom("1", "2", "3"), name: fc.string(), isBad: fc.boolean() });

describe("changes", () => {
  it("get one outcome each, in order; those of one ticket go one after another", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (asked) => {
        const sent: TicketChange[] = [];
        const outcomes = await updateEach(
          asked.map(({ ticketId, name }, n) => ({ ticketId, name: `${n} ${name}` })),
          ({ name }) => {
            const isBad = asked[Number.parseInt(name ?? "", 10)]?.isBad ?? false;
            return isBad
              ? { state: "rejected", error: new VendorError({ code: "INVALID", message: "bad" }, "no") }
              : undefined;
          },
          async (some) => {
            expect(new Set(some.map(({ ticketId }) => ticketId)).size).toBe(some.length);
            sent.push(...some);
            return some.map(({ name }) => ({ state: "done", value: { vendorId: name ?? "", key: null, url: null } }));
          },
        );
        expect(outcomes.map((one) => (one.state === "done" ? one.value.vendorId : one.state))).toEqual(
          asked.map(({ name, isBad }, n) => (isBad ? "rejected" : `${n} ${name}`)),
        );
        for (const id of ["1", "2", "3"]) {
          const order = sent
            .filter(({ ticketId }) => ticketId === id)
            .map(({ name }) => Number.parseInt(name ?? "", 10));
          expect(order).toEqual([...order].sort((a, b) => a - b));
        }
      }),
    );
  });

  it("that a call as a whole fails for are rejected or unknown, as the failure knows", async () => {
    for (const [sent, state] of [
      ["no", "rejected"],
      ["maybe", "unknown"],
    ] as const) {
      const fail = () => Promise.reject(new VendorError({ code: "UNAVAILABLE", message: "away" }, sent));
      const outcomes = await updateEach([{ ticketId: "1" }, { ticketId: "2" }], () => undefined, fail);
      expect(outcomes.map((one) => one.state)).toEqual([state, state]);
    }
  });

  it("are refused by every place at once", () => {
    const refused = refusedChange(
      { ticketId: "1", tags: [], assigneeIds: [], priority: "x" },
      { fields: ["priority"], revision: "required" },
      "Desk",
    );
    expect([refused?.error, ...(refused?.also ?? [])].map((fault) => [fault?.code, fault?.path?.join(".")])).toEqual([
      ["UNSUPPORTED", "tags"],
      ["UNSUPPORTED", "assignees"],
      ["INVALID", "revision"],
    ]);
  });
});
