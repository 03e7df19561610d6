import { createHash } from "node:crypto";
import type { Answer, Request } from "../answer.js";
import { isObject, type JsonObject } from "../json.js";
import type { Route } from "../router.js";
import type { Nature } from "../start.js";
import { OFFERS, STATUSES, TEAMS, TRANSITIONS, USERS, type Type } from "./catalog.js";
import type { Gatekeeper } from "./gatekeeper.js";
import { change, olderRecord, ticketRecord, type RezolveState } from "./state.js";
import { againstNew, againstStatus, againstValues } from "./validate.js";
import { invalid, NO_PERMISSION, NOT_FOUND, refuse, refused } from "./words.js";

/** What the operations work on; `dialect` is the form in which tickets are read. */
interface Desk extends Nature {
  readonly state: RezolveState;
  readonly gatekeeper: Gatekeeper;
  readonly dialect: () => "today" | "older";
}

/** https://docs.rezolve.ai */
export function routes(desk: Desk): readonly Route[] {
  const { state, dialect } = desk;
  const route = (name: string, method: string, path: string, answer: (request: Request) => Answer): Route => ({
    name,
    method,
    path: `/api/v2/ticketing${path}`,
    answer,
  });
  const record = (ticket: Parameters<typeof ticketRecord>[0]): JsonObject =>
    dialect() === "older" ? olderRecord(ticket) : ticketRecord(ticket);
  const lists = (name: string, path: string, data: (request: Request) => JsonObject): Route =>
    route(name, "GET", path, (request) => tagged(request, { success: true, data: data(request) }));
  return [
    { name: "token", method: "POST", path: "/token", answer: ({ body }) => desk.gatekeeper.token(body) },
    lists("ticket-type", "/ticket-type", ({ query }) => {
      const skip = Number(query.get("$skip") ?? 0);
      return { value: state.types.slice(skip, skip + Number(query.get("$top") ?? 100)).map(typeRecord) };
    }),
    lists("offers", "/tenant/sc/offers", () => ({ offers: OFFERS, categories: [] })),
    lists("users", "/user/list", () => ({ users: USERS })),
    lists("queues", "/queue/list", () => ({
      queues: TEAMS.map((team, n) => ({ id: `q${n}`, name: `All of ${team}`, team })),
    })),
    route("create", "POST", "/ticket/create/{team}/{type}", (request) => create(desk, request)),
    route("update", "PATCH", "/ticket/{id}/update", (request) => update(desk, request)),
    route("get", "GET", "/ticket/{id}", ({ params }) => {
      const ticket = state.tickets.find(({ objectId }) => objectId === params["id"]);
      return ticket ? { status: 200, body: { success: true, ticket: record(ticket) } } : NOT_FOUND;
    }),
    route("list", "POST", "/ticket/list", (request) => list(desk, request, record)),
  ];
}

/** "if-none-match on GETs": 304 where the list is what it was. */
function tagged({ headers }: Request, body: JsonObject): Answer {
  const etag = `"${createHash("sha256").update(JSON.stringify(body)).digest("base64url")}"`;
  return headers["if-none-match"] === etag
    ? { status: 304, headers: { etag } }
    : { status: 200, body, headers: { etag } };
}

function typeRecord({ id, name, prefix, fields }: Type): JsonObject {
  return {
    id,
    name,
    properties: { prefix },
    fields,
    workflow: { statuses: STATUSES, transitions: TRANSITIONS },
  };
}

function create({ state, now, random, gatekeeper }: Desk, request: Request): Answer {
  const { params, body, fault } = request;
  if (!gatekeeper.mayWrite(request)) return NO_PERMISSION;
  const type = state.types.find(({ id }) => id === params["type"]);
  const team = TEAMS.find((one) => one === params["team"]);
  if (!type || team === undefined) return NOT_FOUND;
  if (team === "hr") return { status: 403, body: {} };
  if (fault?.kind === "partial" && random() < (fault.share ?? 0.5))
    return invalid({ [type.fields[0]?.id ?? ""]: [`${type.fields[0]?.label} is required`] });
  const reasons = againstNew(type, body);
  if (Object.keys(reasons).length > 0) return invalid(reasons);
  const { summary, ticketBody } = body as { readonly summary: string; readonly ticketBody: JsonObject };
  const ticket = state.add(type, team, summary, ticketBody, now());
  return {
    status: 200,
    body: {
      success: true,
      message: "ticket created successfully",
      status: 200,
      objectId: ticket.objectId,
      ticket: ticketRecord(ticket),
    },
  };
}

function update({ state, now, gatekeeper }: Desk, request: Request): Answer {
  const { params, body } = request;
  if (!gatekeeper.mayWrite(request)) return NO_PERMISSION;
  const ticket = state.tickets.find(({ objectId }) => objectId === params["id"]);
  const type = state.types.find(({ id }) => id === ticket?.typeId);
  if (!ticket || !type) return NOT_FOUND;
  const { etag, ticketUpdate } = isObject(body) ? body : {};
  if (!isObject(ticketUpdate)) return refuse(400, "VALIDATION_ERROR", "ticketUpdate is required");
  if (etag !== ticket.etag) return refuse(409, "ETAG_MISMATCH", "The ticket has been modified since it was last read");
  const reasons = { ...againstValues(type, ticketUpdate), ...againstStatus(ticket.statusType, ticketUpdate) };
  if (Object.keys(reasons).length > 0) return invalid(reasons);
  change(ticket, ticketUpdate, now());
  return { status: 200, body: { success: true, message: "ticket updated successfully", etag: ticket.etag } };
}

function list(
  { state, now }: Desk,
  { body }: Request,
  record: (ticket: RezolveState["tickets"][number]) => JsonObject,
): Answer {
  const { search = "", top = 30, offset = 0 } = isObject(body) ? body : {};
  if (typeof top !== "number" || top < 1 || top > 100 || typeof offset !== "number" || offset < 0)
    return refused(422, "VALIDATION_ERROR", "top must be 1 to 100", now());
  const words = String(search).toLowerCase();
  const found = state.tickets.filter(({ summary, objectId }) => `${objectId} ${summary}`.toLowerCase().includes(words));
  const ordered = found.sort((a, b) => b.updatedAt - a.updatedAt);
  const tickets = ordered.slice(offset, offset + top).map(record);
  const pagination = { total: found.length, top, offset, hasMore: offset + tickets.length < found.length };
  return { status: 200, body: { success: true, data: { tickets, pagination } } };
}
