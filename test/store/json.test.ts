import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { keepable } from "../../src/store/json.js";
import { openStore } from "../../src/store/open.js";
import { rowsOf, type Store } from "../../src/store/store.js";
import { ENGINES, newPlace, type Place } from "../support/databases.js";

/** Texts of whatever is hard to keep: NUL, halves of characters, backslashes, and what looks like their escapes. */
const pieces = ["\0", "\ud800", "\udfff", "\ud83d\ude00", "\\", "\\\\", "\\u0000", "\\ud800", "u0000", '"', "a", "\n"];
const text = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join("")),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const key = text.filter((name) => name !== "__proto__");
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constantFrom(null, true, 0, 1e308, 5e-324, -1.5),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4 }),
  ),
}));

/** The same with U+FFFD for each NUL and each half of a character. */
function replaced(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\ufffd");
  if (Array.isArray(value)) return value.map(replaced);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [replaced(name), replaced(one)]));
}

describe.each(ENGINES)("JSON on %s", (engine) => {
  let place: Place;
  let store: Store;
  beforeAll(async () => {
    place = await newPlace(engine);
    store = await openStore(place.where);
  });
  afterAll(async () => {
    await store.close();
    await place.drop();
  });

  it("comes back as it was, but for what no database keeps", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(json, { maxLength: 20 }), async (values) => {
        const result = await store.db.execute(sql`select ${keepable(values)}::jsonb as kept`);
        const [row] = rowsOf<{ kept: unknown }>(result);
        expect(row?.kept).toEqual(replaced(values));
      }),
      { numRuns: 100 },
    );
  });

  it("is left alone where there is nothing to replace", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const kept = keepable(value);
        if (!/\\u(0000|d[89a-f])/.test(JSON.stringify(value))) expect(kept).toBe(JSON.stringify(value));
        expect(kept).toBe(keepable(JSON.parse(kept)));
      }),
    );
  });
});
