import { describe, expect, it } from "@jest/globals";
import { draft, openTestJira } from "./support.js";

describe("a create whose answer was lost", () => {
  it("is found among all that were made since, however many, and what was never made is not", async () => {
    const { jira, connection } = await openTestJira({ sandbox: { issues: 30, indexLagMs: 3_600_000 } });
    const [trace] = await connection.traces([draft("first")]);
    if (!trace) throw new Error("Nothing to begin at.");
    // As many as several pages hold; the last two carry one marker.
    const markers = Array.from({ length: 460 }, (_, n) => `gw-${n === 459 ? 458 : n}`);
    for (let n = 0; n < markers.length; n += 50)
      await connection.createTickets(
        markers.slice(n, n + 50).map((marker) => draft(marker, { marker })),
        { lane: "background" },
      );
    const before = jira.calls.length;
    const wanted = ["gw-0", "gw-99", "gw-100", "gw-457", "gw-458", "gw-never"];
    const found = await connection.findByMarker(wanted.map((marker) => ({ marker, trace })));
    const names = new Map([...jira.state.all()].map(({ key, summary }) => [key, summary]));
    const told = Object.fromEntries(
      [...found].map(([marker, refs]) => [marker, refs.map(({ key }) => names.get(key ?? ""))]),
    );
    expect(told).toEqual({
      "gw-0": ["gw-0"],
      "gw-99": ["gw-99"],
      "gw-100": ["gw-100"],
      "gw-457": ["gw-457"],
      "gw-458": ["gw-458", "gw-458"],
    });
    const [older, younger] = found.get("gw-458") ?? [];
    expect(Number(older?.vendorId)).toBeLessThan(Number(younger?.vendorId));
    // Five pages with issues, a sixth without; the last calls go out together.
    expect(jira.calls.length - before).toBeLessThanOrEqual(7);
  });
});
