import { z } from "zod";
import type { TicketDraft, TicketRef } from "../../../src/domain/ticket.js";
import type { Call, Http, Query } from "../../../src/http/http.js";
import type { Connector, Outcome } from "../../../src/connectors/connector.js";
import { failed } from "../../../src/connectors/failed.js";
import { offsetOf, pageOf } from "../../../src/connectors/offset-page.js";
import { written } from "../../../src/connectors/rich-text.js";
import { ticketOf } from "./map.js";
import { Found, Made, WirePerson, WireThing } from "./wire.js";

/** Which call serves what. */
export function connectPocketdesk(http: Http): Connector {
  const get = <T>(what: string, shape: z.ZodType<T>, call: Call, query: Query = {}): Promise<T> =>
    http.send(
      { operation: what, kind: "read", method: "GET", path: ["api", what], query, parse: (body) => shape.parse(body) },
      call,
    );
  const desks = async (call: Call) =>
    (await get("desks", z.array(WireThing), call)).map(({ id, name }) => ({
      vendorId: id,
      key: null,
      name,
      projectType: null,
      url: null,
    }));
  const kinds = async (call: Call) =>
    (await get("kinds", z.array(WireThing), call)).map(({ id, name }) => ({
      vendorId: id,
      name,
      description: null,
      subtask: false,
    }));
  const people = async (call: Call) =>
    (await get("people", z.array(WirePerson), call)).map(({ id, name, mail }) => ({
      vendorId: id,
      name,
      email: mail ?? null,
      active: true,
      avatarUrl: null,
    }));
  const of = <T extends { readonly vendorId: string }>(ids: readonly string[], things: readonly T[]): readonly T[] =>
    things.filter(({ vendorId }) => ids.includes(vendorId));
  const named = <T extends { readonly name: string }>(text: string | undefined, things: readonly T[]): readonly T[] =>
    things.filter(({ name }) => name.toLowerCase().includes((text ?? "").toLowerCase()));

  return {
    // A read asks for a set: order, gaps and joined calls are the connection's business.
    tickets: async (ids, call) => (await get("tickets", Found, call, { ids: ids.join(",") })).tickets.map(ticketOf),
    projects: async (ids, call) => of(ids, await desks(call)),
    issueTypes: async (ids, call) => of(ids, await kinds(call)),
    users: async (ids, call) => of(ids, await people(call)),

    async searchTickets(text, page, call) {
      const skip = offsetOf(page);
      const { tickets, total } = await get("tickets", Found, call, { text, skip, take: page.first });
      const end = skip + tickets.length;
      return { items: tickets.map(ticketOf), total, ...(tickets.length > 0 && end < total && { next: String(end) }) };
    },
    listProjects: async (text, page, call) => pageOf(named(text, await desks(call)), page),
    listIssueTypes: async (_desk, page, call) => pageOf(await kinds(call), page),
    listAssignableUsers: async (_desk, text, page, call) => pageOf(named(text, await people(call)), page),

    // What would be refused before anything is sent: here nothing but a text that can't be written.
    checkTicket: async (draft) => void bodyOf(draft),
    // A write takes a list, and gives one outcome each, in order.
    createTickets: (drafts, call) => Promise.all(drafts.map((draft) => create(http, draft, call))),
  };
}

function bodyOf({ name: title, projectId: desk, typeId: kind, description, assigneeIds }: TicketDraft): object {
  const text = description && written(description, "MARKDOWN", "Pocketdesk");
  return { desk, kind, title, text, owner: assigneeIds[0] };
}

async function create(http: Http, draft: TicketDraft, call: Call): Promise<Outcome<TicketRef>> {
  try {
    const { id } = await http.send(
      {
        operation: "tickets.create",
        kind: "write",
        method: "POST",
        path: ["api", "tickets"],
        body: bodyOf(draft),
        parse: (body) => Made.parse(body),
      },
      call,
    );
    return { state: "done", value: { vendorId: id, key: null, url: null } };
  } catch (error) {
    // Rejected where surely nothing was done, else unknown: the error itself knows.
    return failed(error);
  }
}
