import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { DraftLimits, NewTicket } from "../../src/domain/new-ticket.js";
import type { Ticket, TicketChange, TicketDraft } from "../../src/domain/ticket.js";
import { draftTicket } from "../../src/operations/draft-ticket.js";
import type { Kernel } from "../../src/operations/kernel.js";
import { draftFor, type Opened, type Subject } from "./subject.js";

const INTERACTIVE = { lane: "interactive" } as const;
const kernel = { randomHash: () => "0a1b2c3d" } as Kernel;

/** How a caller would ask for each field that a vendor may be unable to take. */
const ASKED: Partial<Record<keyof DraftLimits, Partial<NewTicket>>> = {
  status: { status: "Done" },
  assignees: { assignees: [{ vendorId: "somebody" }] },
  reporters: { reporters: [{ vendorId: "somebody" }] },
  parent: { parent: { vendorId: "ABC-1" } },
  tags: { tags: ["red"] },
  dueDate: { dueDate: new Date() },
  priority: { priority: "High" },
  customFields: { customFields: { a: 1 } },
  identifier: { identifier: "mine" },
};
/** In which part of a draft each of these fields ends. */
const PARTS: Partial<Record<keyof DraftLimits, keyof TicketDraft>> = {
  status: "status",
  assignees: "assigneeIds",
  reporters: "reporterIds",
  parent: "parentId",
  tags: "tags",
  dueDate: "dueDate",
  priority: "priority",
  customFields: "customFields",
};
const CHANGEABLE: readonly (keyof Omit<TicketChange, "ticketId" | "revision">)[] = [
  "name",
  "description",
  "status",
  "statusCategory",
  "priority",
  "assigneeIds",
  "reporterIds",
  "parentId",
  "tags",
  "dueDate",
  "customFields",
];

/** Each `false` is tried and refused by its place; each `true` works. */
export function describeCapabilities(subject: Subject): void {
  const { capabilities } = subject.vendor;

  describe("capabilities", () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await subject.open();
    });
    afterAll(() => opened.close());

    const made = async (change: Partial<TicketDraft> = {}): Promise<Ticket> => {
      const [outcome] = await opened.connection.createTickets([draftFor(opened, "A ticket", change)], INTERACTIVE);
      if (outcome?.state !== "done") throw outcome?.error;
      expect(outcome.faults).toBeUndefined();
      const ticket = await opened.connection.ticket(outcome.value.vendorId);
      if (!ticket) throw new Error("A ticket that was made isn't there.");
      return ticket;
    };

    const fields = Object.keys(ASKED) as (keyof typeof ASKED)[];
    for (const field of fields.filter((one) => !capabilities.draft[one]))
      it(`refuse ${field} before any call`, async () => {
        const before = opened.sandbox?.calls.length;
        const ticket: NewTicket = { name: "A ticket", assignees: [], reporters: [], tags: [], ...ASKED[field] };
        const { errors } = await draftTicket(kernel, opened.connection, ticket);
        expect(errors).toContainEqual(expect.objectContaining({ code: "UNSUPPORTED", path: [field] }));
        expect(opened.sandbox?.calls.length).toBe(before);
      });

    it("take every field that they claim, and give it back", async () => {
      const { full } = opened;
      const claimed = fields.filter((field) => capabilities.draft[field] && PARTS[field]);
      expect(claimed.filter((field) => full[PARTS[field] as keyof TicketDraft] === undefined)).toEqual([]);
      const ticket = await made(full);
      const { status, priority, assigneeIds, reporterIds, parentId, tags, dueDate } = full;
      if (status !== undefined) expect(ticket.status.toLowerCase()).toBe(status.toLowerCase());
      if (priority !== undefined) expect(ticket.priority?.toLowerCase()).toBe(priority.toLowerCase());
      if (assigneeIds) expect(ticket.assigneeIds).toEqual(assigneeIds);
      if (reporterIds) expect(ticket.reporterIds).toEqual(reporterIds);
      if (parentId !== undefined) expect(ticket.parentId).toBe(parentId);
      if (tags) expect([...ticket.tags].sort()).toEqual([...tags].sort());
      if (dueDate) expect(ticket.dueDate?.toISOString().slice(0, 10)).toBe(dueDate.toISOString().slice(0, 10));
      for (const value of Object.values(full.customFields ?? {}))
        expect(JSON.stringify(ticket.data)).toContain(JSON.stringify(value).slice(1, -1));
    });

    it("tell the truth of changes", async () => {
      const ticket = await made();
      const base = { ticketId: ticket.vendorId, ...(ticket.revision && { revision: ticket.revision }) };
      const wanted: Omit<TicketChange, "ticketId"> = opened.changes ?? {};
      const values: Record<string, unknown> = {
        name: "x",
        description: null,
        status: "x",
        statusCategory: "DONE",
        priority: "x",
        assigneeIds: [],
        reporterIds: [],
        parentId: null,
        tags: [],
        dueDate: null,
        customFields: {},
      };
      for (const field of CHANGEABLE) {
        if (capabilities.update?.fields.includes(field)) {
          expect([field, wanted[field] !== undefined]).toEqual([field, true]);
          continue;
        }
        const before = opened.sandbox?.calls.length;
        const [outcome] = await opened.connection.updateTickets([{ ...base, [field]: values[field] }], INTERACTIVE);
        expect(outcome).toMatchObject({ state: "rejected", error: { code: "UNSUPPORTED" } });
        expect(opened.sandbox?.calls.length).toBe(before);
      }
      if (!capabilities.update) return;
      const [outcome] = await opened.connection.updateTickets([{ ...base, ...wanted }], INTERACTIVE);
      if (outcome?.state !== "done") throw outcome?.error;
      const now = await opened.connection.ticket(ticket.vendorId);
      const { name, status, priority, assigneeIds, tags, description } = wanted;
      if (name !== undefined) expect(now?.name).toBe(name);
      if (status !== undefined) expect(now?.status).toBe(status);
      if (priority != null) expect(now?.priority).toBe(priority);
      if (assigneeIds) expect(now?.assigneeIds).toEqual(assigneeIds);
      if (tags) expect(now?.tags).toEqual(tags);
      if (description) expect(now?.description?.to("PLAIN")).toBe(description.text);
    });

    it("lead to a status by what it means, where they claim it", async () => {
      if (!capabilities.update?.fields.includes("statusCategory")) return;
      const { vendorId } = await made();
      for (const statusCategory of ["DONE", "TODO"] as const) {
        const [outcome] = await opened.connection.updateTickets([{ ticketId: vendorId, statusCategory }], INTERACTIVE);
        if (outcome?.state !== "done") throw outcome?.error;
        expect(outcome.faults).toBeUndefined();
        expect((await opened.connection.ticket(vendorId))?.statusCategory).toBe(statusCategory);
      }
    });

    it("clear what null clears", async () => {
      const { fields = [] } = capabilities.update ?? {};
      const change = {
        ...(fields.includes("assigneeIds") && { assigneeIds: [] }),
        ...(fields.includes("tags") && { tags: [] }),
        ...(fields.includes("dueDate") && { dueDate: null }),
        ...(fields.includes("parentId") && { parentId: null }),
      };
      if (Object.keys(change).length === 0) return;
      const { vendorId, status: _status } = await made({ ...opened.full, customFields: opened.least.customFields });
      const [outcome] = await opened.connection.updateTickets([{ ticketId: vendorId, ...change }], INTERACTIVE);
      if (outcome?.state !== "done") throw outcome?.error;
      const now = await opened.connection.ticket(vendorId);
      if (change.assigneeIds) expect(now?.assigneeIds).toEqual([]);
      if (change.tags) expect(now?.tags).toEqual([]);
      if (change.dueDate === null) expect(now?.dueDate).toBeNull();
      if (change.parentId === null) expect(now?.parentId).toBeNull();
    });

    it("refuse a change of a revision that was overtaken, and name the current one", async () => {
      if (!capabilities.update || capabilities.update.revision === "none") return;
      const { connection } = opened;
      const { vendorId, revision } = await made();
      const known = revision ?? (await connection.revisionOf(vendorId)) ?? "";
      const change = { ticketId: vendorId, priority: opened.changes?.priority ?? null };
      const [first] = await connection.updateTickets([{ ...change, revision: known }], INTERACTIVE);
      if (first?.state !== "done") throw first?.error;
      const now = await connection.ticket(vendorId);
      const current = now?.revision ?? (await connection.revisionOf(vendorId));
      expect(current).not.toBe(known);
      const [second] = await connection.updateTickets([{ ...change, revision: known }], INTERACTIVE);
      expect(second).toMatchObject({ state: "rejected", error: { code: "CONFLICT", allowedValues: [current] } });
    });

    it("tell the truth of search, fields, comments and attachments", async () => {
      const { connection, least } = opened;
      const discussed = opened.discussed ?? (await made()).vendorId;
      const body = { format: "PLAIN", text: "Hello" } as const;
      if (capabilities.comments.write) await connection.parts.addComments([{ ticketId: discussed, body }], INTERACTIVE);
      const bytes = (async function* () {
        yield Buffer.from("Hello");
      })();
      if (capabilities.attachments.write)
        await connection.parts.addAttachment(discussed, { name: "a.txt", mediaType: "text/plain", bytes });
      const tried: [can: boolean, ask: () => Promise<unknown>][] = [
        [capabilities.search !== null, () => connection.searchTickets(opened.query ?? "x", { first: 1 })],
        [capabilities.fieldDiscovery, () => connection.listFields(least.projectId ?? "", least.typeId ?? "")],
        [capabilities.comments.read, () => connection.parts.listComments(discussed, { first: 10 })],
        [capabilities.attachments.read, () => connection.parts.listAttachments(discussed)],
      ];
      for (const [can, ask] of tried) {
        if (can) await expect(ask()).resolves.toBeTruthy();
        else await expect(ask()).rejects.toMatchObject({ code: "UNSUPPORTED" });
      }
      if (!capabilities.comments.read) return;
      const { items } = await connection.parts.listComments(discussed, { first: 10 });
      expect(items.length).toBeGreaterThan(0);
      for (const { body, authorId } of items)
        expect([body.to("PLAIN") !== "", authorId !== null]).toEqual([true, true]);
      expect((await connection.parts.listAttachments(discussed)).length).toBeGreaterThan(0);
    });

    it("agree with what the connector has", () => {
      expect(capabilities.batch.read).toBeGreaterThan(0);
      expect(capabilities.batch.create).toBeGreaterThan(0);
      if (capabilities.bulkCreate === "FAN_OUT") expect(capabilities.batch.create).toBeLessThanOrEqual(25);
      if (capabilities.update?.revision === "required") expect(capabilities.update.fields.length).toBeGreaterThan(0);
    });
  });
}
