import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { FIELD_TYPES, type TicketDraft } from "../../src/domain/ticket.js";
import { draftFor, type Opened, type Subject } from "./subject.js";

/** What a type's fields are told to be, and that drafts are held against them before the vendor is asked. */
export function describeFields(subject: Subject): void {
  if (!subject.vendor.capabilities.fieldDiscovery) return;
  describe("fields", () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await subject.open();
    });
    afterAll(() => opened.close());

    const refusal = async (change: Partial<TicketDraft>) => {
      const { connection } = opened;
      const draft = draftFor(opened, "A ticket", change);
      const [outcome] = await connection.createTickets([draft], { lane: "interactive" });
      if (outcome?.state !== "rejected") throw new Error(`The ticket was ${outcome?.state ?? "nothing"}.`);
      expect(await connection.checkTicket(draft)).toMatchObject({ message: outcome.error.message });
      return outcome.error;
    };

    it("have an id, a name and a type; no two have the same id", async () => {
      const fields = await opened.connection.listFields(opened.least.projectId ?? "", opened.least.typeId ?? "");
      for (const { id, name, type, allowedValues } of fields) {
        expect([id !== "", name !== "", FIELD_TYPES.includes(type)]).toEqual([true, true, true]);
        for (const option of allowedValues) expect([option.vendorId !== "", option.name !== ""]).toEqual([true, true]);
      }
      expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    });

    it("that are required are asked for before the vendor is", async () => {
      const { lacking } = opened;
      if (!lacking) return;
      const writes = countWrites(opened);
      const error = await refusal(lacking.draft);
      expect(error).toMatchObject({ code: "INVALID", sent: "no", path: lacking.path });
      expect(error.info.status).toBeUndefined();
      expect(countWrites(opened)).toBe(writes);
    });

    it("with a misspelt option are refused with what was meant, and all that could have been given", async () => {
      const { misspelt } = opened;
      if (!misspelt) return;
      const writes = countWrites(opened);
      const error = await refusal(misspelt.draft);
      expect(error).toMatchObject({ code: "INVALID", sent: "no", path: misspelt.path });
      expect(error.message).toContain(`Did you mean "${misspelt.meant}"?`);
      expect(error.allowedValues).toContain(misspelt.meant);
      expect(countWrites(opened)).toBe(writes);
    });
  });
}

/** How often anything was sent that may write; searches by POST are rare enough before a refusal. */
function countWrites({ sandbox }: Opened): number {
  return sandbox?.calls.filter(({ method }) => method !== "GET").length ?? 0;
}
