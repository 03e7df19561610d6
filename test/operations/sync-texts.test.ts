import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Ticket } from "../../src/domain/ticket.js";
import { richTextOf } from "../../src/connectors/rich-text.js";
import type { Kernel } from "../../src/operations/kernel.js";
import { countSynced, listSynced, type AskedFilter } from "../../src/operations/sync/list-synced.js";
import type { Owner } from "../../src/domain/owner.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";
import { wantSync } from "../../src/store/syncs.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";
import { CALLER } from "../support/gateway.js";
import { newOwner, newTicketOf, run, stubbed } from "../support/sync.js";

const LONG = randomBytes(20_000).toString("hex");
const plain = (text: string) => richTextOf({ format: "PLAIN", text });
const megabyte = `marmalade ${"The printer burns again. 🔥 ".repeat(37_000)}`;
/** Tickets as no one would write them, and as some vendor will give them one day. */
const ODD: readonly (Partial<Ticket> & { readonly name: string })[] = [
  { name: "nul \0 in between", description: plain("before\0after"), data: { "a\0b": ["\0"] } },
  { name: "half \ud83d of one", description: plain("\udc00 alone"), data: { text: "\ud800" } },
  { name: "snail 🐌 مرحبا 你好 e\u0301", tags: ["🐌", "with space"] },
  { name: "huge", description: plain(megabyte) },
  { name: "one word", description: plain("x".repeat(1_000_000)) },
  { name: "cut amid one", description: plain(`${"🔥".repeat(24_996)}a${"🔥".repeat(100)}`) },
  { name: "odd words", status: "In\0Progress", tags: ["\0", "\ud800", "\\u0000"], identifier: "id\ud800\0" },
  { name: "long words", status: LONG, tags: [LONG], identifier: LONG },
  { name: "'; drop table synced_tickets; --", description: plain('\\ % _ "quoted" <b>&amp;</b>') },
];

describe.each(ENGINES)("odd texts on %s", (engine) => {
  let place: Place;
  let store: Store;
  let owner: Owner;
  const tickets = ODD.map((one, n) => newTicketOf(String(n), one));
  const connection = stubbed({ listTickets: async () => ({ items: tickets, total: null }) });
  const ask = async (filter: AskedFilter) => {
    const connections = new Map([[connection.id, connection]]);
    const kernel = { dbOf: store.of, systemDb: store.system, connectionsOf: () => connections } as unknown as Kernel;
    const caller = { ...CALLER, tenantId: owner.tenantId };
    const order = { field: "CREATED_AT", direction: "ASC" } as const;
    const { items } = await listSynced(kernel, caller, filter, order, { first: 100 });
    expect(await countSynced(kernel, caller, filter)).toBe(items.length);
    return items.map(({ ticket }) => ticket);
  };
  const named = async (filter: AskedFilter) => (await ask(filter)).map(({ vendorId }) => Number(vendorId));
  beforeAll(async () => {
    place = await newPlace(engine);
    store = await openStore(place.where);
    owner = newOwner();
    await wantSync(store.db, owner, "FULL");
    expect(await run({ db: store.db, connection, owner })).toBe("done");
  });
  afterAll(async () => {
    await store.close();
    await place.drop();
  });

  it("are kept as they are, but for NUL and halves of characters", async () => {
    const keepable = (text: string | undefined) => text?.toWellFormed().replaceAll("\0", "\ufffd");
    const kept = await ask({});
    expect(kept.map(({ vendorId }) => vendorId).sort()).toEqual(tickets.map(({ vendorId }) => vendorId));
    for (const one of kept) {
      const { name, description, status, tags, identifier } = tickets[Number(one.vendorId)] ?? newTicketOf("none");
      expect(one.name).toBe(keepable(name));
      expect(one.description?.to("PLAIN") === keepable(description?.to("PLAIN"))).toBe(true);
      expect(one.status === keepable(status)).toBe(true);
      expect(one.identifier === (identifier && keepable(identifier))).toBe(true);
      expect(one.tags).toEqual(tags.map(keepable));
    }
  });

  it("are found by their words", async () => {
    const found = (text: string) => named({ text });
    expect(await found("between")).toEqual([0]);
    expect(await found("half")).toEqual([1]);
    expect(await found("مرحبا")).toEqual([2]);
    expect(await found("marmalade printer")).toEqual([3]);
    expect(await found("amid")).toEqual([5]);
    expect(await found("\ud800")).toEqual([]);
  });

  it("are found by status, tag and identifier, in the vendor's own words", async () => {
    expect(await named({ statuses: ["In\0Progress"] })).toEqual([6]);
    expect(await named({ tags: ["\0"] })).toEqual([6]);
    expect(await named({ tags: ["\ud800"] })).toEqual([6]);
    expect(await named({ tags: ["\\u0000"] })).toEqual([6]);
    expect(await named({ tags: ["🐌"] })).toEqual([2]);
    expect(await named({ identifier: "id\ud800\0" })).toEqual([6]);
    expect(await named({ statuses: [LONG] })).toEqual([7]);
    expect(await named({ tags: [LONG] })).toEqual([7]);
    expect(await named({ identifier: LONG })).toEqual([7]);
    expect(await named({ identifier: `${LONG.slice(0, -1)}!`, statuses: [`${LONG}!`] })).toEqual([]);
  });
});
