import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CHANGE_KINDS } from "../../src/domain/ticket-news.js";
import { noticesOf } from "../../src/operations/sync/news.js";

/** https://www.postgresql.org/docs/current/sql-notify.html: the payload "must be shorter than 8000 bytes". */
const LIMIT = 8_000;

const id = fc.oneof(fc.nat().map(String), fc.string({ unit: "binary", maxLength: 100 }), fc.string({ minLength: 200 }));
const one = fc.record({ kind: fc.constantFrom(...CHANGE_KINDS), vendorId: id, projectId: fc.option(id) });
const owner = fc.record({ tenantId: fc.string({ maxLength: 64 }), connectionId: fc.string({ maxLength: 64 }) });

describe("notices of what changed", () => {
  it("hold all of it in order, and each is short enough to be sent", () => {
    fc.assert(
      fc.property(owner, fc.array(one, { maxLength: 400, size: "max" }), (of, news) => {
        const notices = noticesOf(of, news);
        expect(notices.flatMap((notice) => notice.news)).toEqual(news);
        for (const notice of notices) {
          expect(Buffer.byteLength(JSON.stringify(notice))).toBeLessThan(LIMIT);
          expect(notice).toMatchObject(of);
          expect(notice.news.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are few", () => {
    const news = Array.from({ length: 1_000 }, (_, n) => ({
      kind: "UPDATED" as const,
      vendorId: String(10_000 + n),
      projectId: "10000",
    }));
    expect(noticesOf({ tenantId: "acme", connectionId: "jira" }, news).length).toBeLessThan(10);
    expect(noticesOf({ tenantId: "acme", connectionId: "jira" }, [])).toEqual([]);
  });
});
