import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { call } from "../../http/support.js";
import { draft, openFake, page, recordedTicket } from "./support.js";

const lostOf = (markers: readonly string[]) => markers.map((marker) => ({ marker, trace: "3/ticketgraph" }));
const carrying = (id: string, marker: string) => ({
  ...recordedTicket,
  id,
  CustomFields: [{ id: "2", name: "ticketgraph", values: [marker] }],
});

describe("a create whose answer was lost", () => {
  it("is found by its marker, the oldest ticket first", async () => {
    const { rt, seen } = await openFake({
      "GET /tickets": () => page([carrying("2", "gw-1"), carrying("7", "gw-1"), carrying("8", "gw-2")]),
    });
    const found = await rt.findByMarker(lostOf(["gw-1", "gw-2", "gw-3"]));
    expect(found.get("gw-1")?.map(({ vendorId }) => vendorId)).toEqual(["2", "7"]);
    expect(found.get("gw-2")?.map(({ vendorId }) => vendorId)).toEqual(["8"]);
    expect(found.has("gw-3")).toBe(false);
    expect(new URL(seen.at(-1)?.url ?? "", "http://rt").searchParams.get("orderby")).toBe("id");
  });

  it("is never taken for absent because the search failed", async () => {
    const { rt } = await openFake({ "GET /tickets": (_seen, res) => void res.end("<html>") });
    await expect(rt.findByMarker(lostOf(["gw-1"]))).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  it("is never taken for absent because its field is gone", async () => {
    const { rt } = await openFake({
      "GET /tickets": () => page([]),
      "GET /queue/3/customfields": () => page([]),
    });
    await expect(rt.findByMarker(lostOf(["gw-1"]))).rejects.toThrow('has no custom field "ticketgraph" any more');
  });

  it("leaves a trace only where the queue keeps markers", async () => {
    const { rt } = await openFake({ "GET /queue/1/customfields": () => page([]) }, { markerField: "ticketgraph" });
    expect(await rt.traces([draft(), draft({ projectId: "1" }), draft({ projectId: null })])).toEqual([
      "3/ticketgraph",
      null,
      null,
    ]);
  });

  it("is asked for by a query that no marker gets out of", async () => {
    const { port, seen } = await openFake({ "GET /tickets": () => page([]) });
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("' OR id > 0 OR '", "\\", "\\' OR id>0 --", "a''b"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 25 }), async (markers) => {
        await port.findByMarker?.(lostOf(markers), call());
        const query = new URL(seen.at(-1)?.url ?? "", "http://rt").searchParams.get("query");
        expect(query).toMatch(/^CF\.\{ticketgraph\} = '[A-Za-z0-9-]*'( OR CF\.\{ticketgraph\} = '[A-Za-z0-9-]*')*$/);
      }),
    );
  });
});
