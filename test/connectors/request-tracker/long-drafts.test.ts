import { describe, expect, it } from "@jest/globals";
import type { ServerResponse } from "node:http";
import { call, type Seen } from "../../http/support.js";
import { draft, openFake, page, recordedTicket } from "./support.js";

const MEGABYTE = 1_000_000;
const long = (n: number, length = MEGABYTE) =>
  draft({ name: `long ${n}`, description: { format: "PLAIN", text: "x".repeat(length) } });
const subjects = ({ body }: Seen): string[] =>
  (JSON.parse(body) as { Subject: string }[]).map(({ Subject }) => Subject);

/** A server that gives each ticket the number in its name, and ends its `bad`-th bulk call as told. */
async function open(bad = 0, end: (res: ServerResponse) => void = () => {}) {
  const calls: string[][] = [];
  const fake = await openFake({
    "POST /tickets/bulk": (one, res) => {
      calls.push(subjects(one));
      if (calls.length === bad) return void end(res);
      return subjects(one).map((name) => ({ type: "ticket", id: name.replace("long ", "") }));
    },
    "GET /tickets": ({ url }) => {
      const ids = new URL(url, "http://rt").searchParams.get("query")?.match(/\d+/g) ?? [];
      return page(ids.map((id) => ({ ...recordedTicket, id, Subject: `long ${id}` })));
    },
  });
  return { ...fake, calls };
}
const drafts = Array.from({ length: 8 }, (_, n) => long(n + 1));

describe("long drafts", () => {
  it("go in several calls, and every one gets its own answer", async () => {
    const { port, calls } = await open();
    const outcomes = await port.createTickets(drafts, call());
    expect(calls.map((names) => names.length)).toEqual([3, 3, 2]);
    expect(calls.flat()).toEqual(drafts.map(({ name }) => name));
    expect(outcomes).toEqual(
      drafts.map((_, n) => ({ state: "done", value: expect.objectContaining({ vendorId: String(n + 1) }) })),
    );
  });

  it("go in one call while they are short", async () => {
    const { port, calls } = await open();
    await port.createTickets(
      drafts.map((_, n) => long(n + 1, 1_000)),
      call(),
    );
    expect(calls.map((names) => names.length)).toEqual([8]);
  });

  it.each([
    ["unknown", (res: ServerResponse) => res.destroy()],
    ["rejected", (res: ServerResponse) => res.writeHead(413).end()],
  ])("are %s where their call failed, and made where it didn't", async (state, end) => {
    const { port, calls } = await open(2, (res) => void end(res));
    const outcomes = await port.createTickets(drafts, call());
    expect(outcomes.map((one) => one.state)).toEqual([
      ...["done", "done", "done"],
      ...[state, state, state],
      ...["done", "done"],
    ]);
    expect(calls).toHaveLength(3);
  });

  it("fail together when the first call fails", async () => {
    const { port, calls } = await open(1, (res) => void res.destroy());
    await expect(port.createTickets(drafts, call())).rejects.toMatchObject({ sent: "maybe" });
    expect(calls).toHaveLength(1);
  });
});
