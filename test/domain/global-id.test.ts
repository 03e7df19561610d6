import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { globalId, readGlobalId, type NodeKind } from "../../src/domain/global-id.js";

const kinds: NodeKind[] = ["Ticket", "Project", "IssueType", "User", "VendorConnection"];

describe("a global id", () => {
  it("gives back what it was made of, whatever the vendor's id looks like", () => {
    const connection = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        connection,
        fc.string({ unit: "grapheme" }),
        (kind, connectionId, vendorId) => {
          expect(readGlobalId(globalId(kind, connectionId, vendorId))).toEqual({ kind, connectionId, vendorId });
        },
      ),
    );
  });

  it("is undefined for whatever nobody made", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readGlobalId(text);
        if (read) expect(globalId(read.kind, read.connectionId, read.vendorId)).toBe(text);
      }),
    );
    for (const text of ["", "!", "10042", "T:jira:1", Buffer.from("X:jira:1").toString("base64url")])
      expect(readGlobalId(text)).toBeUndefined();
  });

  it("has one spelling: padding or other tails make it another id", () => {
    const id = globalId("Ticket", "acme", "1");
    expect(readGlobalId(`${id}=`)).toBeUndefined();
    expect(readGlobalId(`${id} `)).toBeUndefined();
  });
});
