import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Call, Http, HttpRequest, Query } from "../../http/http.js";
import {
  Created,
  oneOf,
  pageOf,
  type WirePage,
  WireAttachment,
  WireComment,
  WireComponent,
  WireProject,
  WireStatus,
  WireTicket,
  WireType,
  WireUser,
} from "./wire.js";

/** How many items a page is to hold, and the cursor that the page before gave. */
export interface Paging {
  readonly size: number;
  readonly next?: string | undefined;
}

type List<T> = (paging: Paging, call: Call, query?: Query) => Promise<WirePage<T>>;
type One<T> = (call: Call) => Promise<T | undefined>;

/** StackOne's operations for tickets, each as one function: https://docs.stackone.com/ticketing/api-reference */
export interface StackOneApi {
  readonly tickets: List<WireTicket>;
  ticket(id: string): One<WireTicket>;
  /** Gives the new ticket's id. */
  createTicket(body: object, call: Call): Promise<string>;
  updateTicket(id: string, body: object, call: Call): Promise<void>;
  /** Those that the ticket may be in. */
  statuses(ticketId: string): List<WireStatus>;
  comments(ticketId: string): List<WireComment>;
  comment(ticketId: string, id: string): One<WireComment>;
  attachments(ticketId: string): List<WireAttachment>;
  attachment(ticketId: string, id: string): One<WireAttachment>;
  /** A file's bytes, as they come. */
  download(ticketId: string, id: string, call: Call): Promise<Readable>;
  readonly projects: List<WireProject>;
  project(id: string): One<WireProject>;
  components(projectId: string): List<WireComponent>;
  component(projectId: string, id: string): One<WireComponent>;
  projectTypes(projectId: string): List<WireType>;
  readonly types: List<WireType>;
  type(id: string): One<WireType>;
  readonly users: List<WireUser>;
  user(id: string): One<WireUser>;
}

/** All throw VendorError; what isn't there is undefined. */
export function openApi(http: Http): StackOneApi {
  const path = (...segments: readonly string[]): string[] => ["unified", "ticketing", ...segments];
  const list =
    <T>(operation: string, item: z.ZodType<T>, ...segments: readonly string[]) =>
    ({ size, next }: Paging, call: Call, query: Query = {}): Promise<WirePage<T>> =>
      http.send(
        {
          operation,
          kind: "read",
          method: "GET",
          path: path(...segments),
          query: { page_size: size, next, ...query },
          parse: (body) => pageOf(item).parse(body),
        },
        call,
      );
  const one =
    <T>(operation: string, item: z.ZodType<T>, ...segments: readonly string[]) =>
    (call: Call): Promise<T | undefined> =>
      http.send<T | undefined>(
        {
          operation,
          kind: "read",
          method: "GET",
          path: path(...segments),
          accept: (status, body) => status === 200 || (status === 404 && body !== undefined),
          parse: (body, { status }) => (status === 404 ? undefined : oneOf(item).parse(body)),
        },
        call,
      );
  const write = <T>(
    request: Pick<HttpRequest<T>, "operation" | "method" | "path" | "body" | "parse">,
    call: Call,
  ): Promise<T> => http.send({ kind: "write", ...request }, call);

  return {
    tickets: list("tickets.list", WireTicket, "tickets"),
    ticket: (id: string) => one("tickets.get", WireTicket, "tickets", id),
    createTicket: (body: object, call: Call) =>
      write(
        {
          operation: "tickets.create",
          method: "POST",
          path: path("tickets"),
          body,
          parse: (answer) => Created.parse(answer).data.id,
        },
        call,
      ),
    updateTicket: (id: string, body: object, call: Call) =>
      write(
        { operation: "tickets.update", method: "PATCH", path: path("tickets", id), body, parse: () => undefined },
        call,
      ),
    statuses: (ticketId: string) => list("statuses.list", WireStatus, "tickets", ticketId, "statuses"),
    comments: (ticketId: string) => list("comments.list", WireComment, "tickets", ticketId, "comments"),
    comment: (ticketId: string, id: string) => one("comments.get", WireComment, "tickets", ticketId, "comments", id),
    attachments: (ticketId: string) => list("attachments.list", WireAttachment, "tickets", ticketId, "attachments"),
    attachment: (ticketId: string, id: string) =>
      one("attachments.get", WireAttachment, "tickets", ticketId, "attachments", id),
    async download(ticketId: string, id: string, call: Call) {
      const operation = "attachments.download";
      const headers = { accept: "*/*", "accept-encoding": "identity" };
      const place = path("tickets", ticketId, "attachments", id, "download");
      return (await http.open({ operation, method: "GET", path: place, headers }, call)).bytes;
    },
    projects: list("projects.list", WireProject, "projects"),
    project: (id: string) => one("projects.get", WireProject, "projects", id),
    components: (projectId: string) => list("components.list", WireComponent, "projects", projectId, "components"),
    component: (projectId: string, id: string) =>
      one("components.get", WireComponent, "projects", projectId, "components", id),
    projectTypes: (projectId: string) => list("types.ofProject", WireType, "projects", projectId, "ticket_types"),
    types: list("types.list", WireType, "ticket_types"),
    type: (id: string) => one("types.get", WireType, "ticket_types", id),
    users: list("users.list", WireUser, "users"),
    user: (id: string) => one("users.get", WireUser, "users", id),
  };
}
/** StackOne's pages hold 25 unless told; larger ones than this are not documented. */
export const PAGE_MAX = 100;
/** More pages than these are a list without end. */
const PAGES_MAX = 500;

/** Every item of a list; stops at a cursor that was there before. */
export async function all<T>(list: List<T>, call: Call, query?: Query): Promise<readonly T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let next: string | undefined;
  do {
    const page = await list({ size: PAGE_MAX, next }, call, query);
    items.push(...page.items);
    next = page.next !== undefined && !seen.has(page.next) && seen.size < PAGES_MAX ? page.next : undefined;
    if (next !== undefined) seen.add(next);
  } while (next !== undefined);
  return items;
}
