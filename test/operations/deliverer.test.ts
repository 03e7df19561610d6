import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Connection } from "../../src/connectors/connection.js";
import type { Outcome } from "../../src/connectors/connector.js";
import type { TicketDraft, TicketRef } from "../../src/domain/ticket.js";
import { openDeliverer } from "../../src/operations/delivery/deliverer.js";
import { DELIVERY_DEFAULTS } from "../../src/operations/delivery/options.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";
import { newPlace, type Place } from "../support/databases.js";
import { newDraft } from "../support/gateway.js";
import { until } from "../support/until.js";

describe("a write that waits for its turn", () => {
  let place: Place;
  let store: Store;
  beforeAll(async () => {
    place = await newPlace();
    store = await openStore(place.where);
  });
  afterAll(async () => {
    await store.close();
    await place.drop();
  });

  it("may be taken back, and handed in again at once; what was begun may not", async () => {
    const sent: string[] = [];
    const answer = Promise.withResolvers<undefined>();
    // One call at a time, one ticket a call, and no answer before we say so.
    const connection = {
      id: "slow",
      capabilities: { batch: { read: 1, create: 1 }, createSlots: 1 },
      traces: async (drafts: readonly TicketDraft[]) => drafts.map(() => null),
      async createTickets(drafts: readonly TicketDraft[]): Promise<readonly Outcome<TicketRef>[]> {
        sent.push(...drafts.map(({ name }) => name));
        await answer.promise;
        return drafts.map(({ name }) => ({ state: "done", value: { vendorId: name, key: name, url: null } }));
      },
    } as unknown as Connection;
    const sending = { db: store.db, connection, options: DELIVERY_DEFAULTS, events: {} };
    const deliver = openDeliverer(sending, { tenantId: "acme", connectionId: "slow" });
    const shipment = (key: string) => ({ key, requestHash: "h", marker: key, payload: newDraft(key) });

    const first = deliver(shipment("first"), "interactive");
    await until(() => sent.length === 1);
    const second = deliver(shipment("second"), "interactive");
    expect([first.withdraw(), second.withdraw()]).toEqual([false, true]);
    const again = deliver(shipment("second"), "interactive");
    answer.resolve(undefined);
    expect(await first.row).toMatchObject({ key: "first", state: "DONE" });
    expect(await again.row).toMatchObject({ key: "second", state: "DONE", attempts: 1 });
    expect(sent).toEqual(["first", "second"]);
  });
});
