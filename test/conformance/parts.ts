import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Outcome } from "../../src/connectors/connector.js";
import type { TicketRef } from "../../src/domain/ticket.js";
import { draftFor, type Opened, type Subject } from "./subject.js";

const INTERACTIVE = { lane: "interactive" } as const;

/** What hangs on a ticket: comments, files and the tickets that are its parts. */
export function describeParts(subject: Subject): void {
  const { comments, attachments } = subject.vendor.capabilities;
  describe("parts", () => {
    let opened: Opened;
    let ticketId: string;
    beforeAll(async () => {
      opened = await subject.open();
      const [made] = await opened.connection.createTickets([draftFor(opened, "With parts")], INTERACTIVE);
      ticketId = idOf(made);
    });
    afterAll(() => opened.close());

    const add = async (text: string, marker?: string): Promise<string> => {
      const draft = { ticketId, body: { format: "MARKDOWN", text }, ...(marker !== undefined && { marker }) } as const;
      const [outcome] = await opened.connection.parts.addComments([draft], INTERACTIVE);
      return idOf(outcome);
    };

    it("refuse comments where they aren't taken, without a call", async () => {
      if (comments.write) return;
      const draft = { ticketId, body: { format: "PLAIN", text: "Hello" } } as const;
      const [outcome] = await opened.connection.parts.addComments([draft], INTERACTIVE);
      expect(outcome).toMatchObject({ state: "rejected", error: { code: "UNSUPPORTED" } });
      if (!comments.read)
        await expect(opened.connection.parts.listComments(ticketId, { first: 5 })).rejects.toMatchObject({
          code: "UNSUPPORTED",
        });
    });

    it("give comments in their order, with their texts and authors, page by page", async () => {
      if (!comments.write) return;
      const texts = ["The **first** one", "Second & <last>", "Third: ünïcode 🐌"];
      const ids: string[] = [];
      for (const text of texts) ids.push(await add(text));
      const first = await opened.connection.parts.listComments(ticketId, { first: 2 });
      const second = await opened.connection.parts.listComments(ticketId, { first: 2, after: first.next ?? "" });
      const all = [...first.items, ...second.items];
      expect(all.map(({ vendorId }) => vendorId)).toEqual(ids);
      expect(all.map(({ body }) => body.to("PLAIN").trim())).toEqual([
        "The first one",
        "Second & <last>",
        "Third: ünïcode 🐌",
      ]);
      expect(all[0]?.body.to("MARKDOWN")).toContain("**first**");
      for (const one of all) {
        expect(one.authorId).not.toBeNull();
        expect(one.createdAt).toBeInstanceOf(Date);
        expect((await opened.connection.parts.comment(ticketId, one.vendorId))?.body.to("PLAIN")).toBe(
          one.body.to("PLAIN"),
        );
      }
      expect(second.next).toBeUndefined();
      expect(await opened.connection.parts.comment(ticketId, "999999999")).toBeNull();
    });

    it("find a comment whose answer was lost by its marker, which nobody sees", async () => {
      if (!comments.write) return;
      const marker = markerLike();
      const id = await add("Lost on the way", marker);
      const found = await opened.connection.parts.findComments([
        { marker, trace: ticketId },
        { marker: markerLike(), trace: ticketId },
      ]);
      expect([...found]).toEqual([[marker, [expect.objectContaining({ vendorId: id })]]]);
      const comment = await opened.connection.parts.comment(ticketId, id);
      for (const format of ["PLAIN", "MARKDOWN", "HTML"] as const)
        expect(comment?.body.to(format)).not.toContain(marker);
    });

    it("refuse a comment on a ticket that isn't there, and take the others", async () => {
      if (!comments.write) return;
      const body = { format: "PLAIN", text: "Hello" } as const;
      const drafts = [
        { ticketId: "999999999", body },
        { ticketId, body },
      ];
      const [bad, good] = await opened.connection.parts.addComments(drafts, INTERACTIVE);
      expect(bad).toMatchObject({ state: "rejected" });
      expect(good).toMatchObject({ state: "done" });
    });

    it("take files and give the same bytes back", async () => {
      if (!attachments.write) {
        if (!attachments.read)
          await expect(opened.connection.parts.listAttachments(ticketId)).rejects.toMatchObject({
            code: "UNSUPPORTED",
          });
        return;
      }
      for (const [length, name] of [
        [0, "empty.bin"],
        [1, "ünï.bin"],
        [300_001, "long.bin"],
      ] as const) {
        if (length === 0 && !opened.sandbox) continue;
        const content = randomBytes(length);
        const bytes = (async function* () {
          for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
        })();
        const file = { name, mediaType: "application/octet-stream", bytes };
        const { vendorId } = await opened.connection.parts.addAttachment(ticketId, file);
        const read = await opened.connection.parts.openAttachment(ticketId, vendorId);
        expect(read?.attachment).toMatchObject({ name, mediaType: "application/octet-stream", size: length });
        expect(sha(await buffer(read?.bytes ?? Readable.from([])))).toBe(sha(content));
        const listed = await opened.connection.parts.listAttachments(ticketId);
        expect(listed.filter((one) => one.vendorId === vendorId)).toHaveLength(1);
      }
      expect(await opened.connection.parts.openAttachment(ticketId, "999999999")).toBeNull();
    });
  });
}

function idOf(outcome: Outcome<TicketRef> | undefined): string {
  if (outcome?.state === "done") return outcome.value.vendorId;
  throw outcome?.error ?? new Error("There was no outcome.");
}

function markerLike(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  return `gw-${[...randomBytes(26)].map((byte) => letters[byte % 32]).join("")}`;
}

function sha(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
