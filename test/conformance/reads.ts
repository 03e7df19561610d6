import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { markdownToHtml } from "../../src/connectors/rich-text.js";
import type { Page, PageRequest } from "../../src/domain/page.js";
import type { Ticket, TicketRef, User } from "../../src/domain/ticket.js";
import { draftFor, type Opened, type Subject } from "./subject.js";

const INTERACTIVE = { lane: "interactive" } as const;

/** Order, absence, words, texts and pages. */
export function describeReads(subject: Subject): void {
  describe("reads", () => {
    let opened: Opened;
    const made: TicketRef[] = [];
    beforeAll(async () => {
      opened = await subject.open();
      const drafts = ["one", "two", "three", "four", "five", "six"].map((name) => draftFor(opened, name));
      for (const outcome of await opened.connection.createTickets(drafts, INTERACTIVE)) {
        if (outcome.state !== "done") throw outcome.error;
        made.push(outcome.value);
      }
    });
    afterAll(() => opened.close());

    const read = async (id: string): Promise<Ticket> => {
      const ticket = await opened.connection.ticket(id);
      if (!ticket) throw new Error(`There is no ticket ${id}.`);
      return ticket;
    };

    it("come in the order in which they were asked for, null where there is nothing", async () => {
      const names = ["one", "two", "three", "four", "five", "six"];
      const absent = { vendorId: absentId(made[0] as TicketRef), name: null };
      const things = [...made.map(({ vendorId }, n) => ({ vendorId, name: names[n] as string | null })), absent];
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(things), async (asked) => {
          const found = await Promise.all(asked.map(({ vendorId }) => opened.connection.ticket(vendorId)));
          expect(found.map((ticket) => ticket?.name ?? null)).toEqual(asked.map(({ name }) => name));
        }),
        { numRuns: 10 },
      );
    });

    it("give null, and never an empty text or nothing at all, for what isn't there", async () => {
      const ticket = await read(made[0]?.vendorId ?? "");
      const nullable = [
        "key",
        "identifier",
        "statusUpdatedAt",
        "priority",
        "typeId",
        "projectId",
        "createdById",
      ] as const;
      for (const field of [
        ...nullable,
        "parentId",
        "url",
        "createdAt",
        "updatedAt",
        "dueDate",
        "closedAt",
        "revision",
      ] as const)
        expect([field, ticket[field] === undefined || ticket[field] === ""]).toEqual([field, false]);
      expect(ticket.description).toBeNull();
      expect(ticket.parentId).toBeNull();
      expect(ticket.dueDate).toBeNull();
      expect(ticket.tags).toEqual([]);
      expect(ticket.data).toEqual(expect.any(Object));
    });

    it("keep a word that nobody knows as it is", async () => {
      if (!opened.strange) return;
      const { id, status, priority } = await opened.strange();
      const ticket = await read(id);
      if (status !== undefined) expect(ticket).toMatchObject({ status, statusCategory: "UNKNOWN" });
      if (priority !== undefined) expect(ticket).toMatchObject({ priority, priorityLevel: null });
    });

    it("keep what Markdown means, there and back", async () => {
      const draft = draftFor(opened, "A text", { description: { format: "MARKDOWN", text: TEXT } });
      const [outcome] = await opened.connection.createTickets([draft], INTERACTIVE);
      if (outcome?.state !== "done") throw outcome?.error;
      const back = (await read(outcome.value.vendorId)).description?.to("MARKDOWN") ?? "";
      expect(meaningOf(back)).toBe(meaningOf(TEXT));
    });

    const lists: [name: string, ask: (page: PageRequest) => Promise<Page<{ readonly vendorId: string }>>][] = [
      ["projects", (page) => opened.connection.listProjects(undefined, page)],
      ["issue types", (page) => opened.connection.listIssueTypes(opened.least.projectId ?? "", page)],
      ["users", (page) => opened.connection.listAssignableUsers(opened.least.projectId ?? "", undefined, page)],
      ["found tickets", (page) => opened.connection.searchTickets(opened.query ?? "", page)],
    ];
    it.each(lists)("give pages of %s that end, and repeat nothing", async (name, ask) => {
      if (name === "found tickets" && opened.query === null) return;
      const ids: string[] = [];
      const cursors = new Set<string>();
      let after: string | undefined;
      do {
        const page: Page<{ readonly vendorId: string }> = await ask({
          first: 2,
          ...(after !== undefined && { after }),
        });
        expect(page.items.length).toBeLessThanOrEqual(2);
        ids.push(...page.items.map(({ vendorId }) => vendorId));
        after = page.next;
        if (after !== undefined) expect(cursors.has(after)).toBe(false);
        if (after !== undefined) cursors.add(after);
      } while (after !== undefined && ids.length < 40);
      expect(ids.length).toBeGreaterThan(0);
      expect(new Set(ids).size).toBe(ids.length);
      if (ids.length >= 40) return;
      const whole = await ask({ first: 100 });
      expect(whole.items.map(({ vendorId }) => vendorId)).toEqual(ids);
    });

    it("tell of found tickets what people look for", async () => {
      if (opened.query === null) return;
      const { items } = await opened.connection.searchTickets(opened.query, { first: 5 });
      for (const { name, status, projectId, typeId } of items)
        expect([name, status, projectId ?? "", typeId ?? ""].filter((word) => word === "")).toEqual([]);
    });

    it("find again by its id everything that a list gave", async () => {
      const { connection, least } = opened;
      const [project] = (await connection.listProjects(undefined, { first: 1 })).items;
      const [type] = (await connection.listIssueTypes(least.projectId ?? "", { first: 1 })).items;
      const [person] = (await connection.listAssignableUsers(least.projectId ?? "", undefined, { first: 1 })).items;
      expect(await connection.project(project?.vendorId ?? "")).toMatchObject({ name: project?.name });
      expect(await connection.issueType(type?.vendorId ?? "")).toMatchObject({ name: type?.name });
      expect(await connection.user(person?.vendorId ?? "")).toMatchObject({ name: (person as User).name });
    });
  });
}

/** An id of the same form that names nothing. */
function absentId({ vendorId }: TicketRef): string {
  return vendorId.replace(/\d+(?=\D*$)/, (digits) => "9".repeat(Math.max(6, digits.length)));
}

const TEXT = `# What happened

It **burns**, _again_, in \`main.ts\`; see [the docs](https://a.example/x).

- first
- second

1. one
2. two

> said somebody

\`\`\`
a < b
\`\`\``;

/** HTML without the differences that mean nothing. */
function meaningOf(markdown: string): string {
  return markdownToHtml(markdown)
    .replace(/<\/?p>/g, "")
    .replace(/\s+/g, " ")
    .replace(/\s*(<[^>]+>)\s*/g, "$1");
}
