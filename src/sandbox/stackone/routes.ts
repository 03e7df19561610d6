import type { Answer, Request } from "../answer.js";
import type { JsonObject } from "../json.js";
import type { Route } from "../router.js";
import { projectRecord, statusRecord, thing, ticketRecord, typeRecord, userRecord } from "./render.js";
import { PROJECTS, STATUSES, TYPES, USERS, type StackOneState } from "./state.js";
import { refuse } from "./words.js";
import { writeRoutes, type Desk } from "./write-routes.js";

/** The nineteen operations for tickets. https://docs.stackone.com/ticketing/api-reference */
export function routes(desk: Desk): readonly Route[] {
  const { state, now } = desk;
  const get = (name: string, path: string, answer: (request: Request) => Answer): Route => ({
    name: `ticketing_${name}`,
    method: "GET",
    path: `/unified/ticketing${path}`,
    answer,
  });
  const absent = (): Answer => refuse(404, "Resource not found.", now());
  const one = <T>(found: T | undefined, render: (found: T) => JsonObject): Answer =>
    found === undefined ? absent() : { status: 200, body: { data: render(found) } };
  const as = (record: JsonObject): JsonObject => record;
  const ticketAt = ({ params }: Request) => state.tickets.find(({ id }) => id === params["id"]);
  const projectAt = ({ params }: Request) => PROJECTS.find(({ id }) => id === params["id"]);
  const below = <T extends object>(
    request: Request,
    parent: T | undefined,
    list: (parent: T) => readonly JsonObject[],
  ): Answer => (parent ? page(request, list(parent), as, now()) : absent());
  const oneBelow = (request: Request, list: readonly JsonObject[] | undefined): Answer =>
    one(
      list?.find(({ id }) => id === request.params["sub"]),
      as,
    );
  const typesOf = (ids: readonly string[]) => TYPES.filter(({ id }) => ids.includes(id)).map(typeRecord);

  return [
    get("list_tickets", "/tickets", (request) => tickets(state, request, now())),
    get("get_ticket", "/tickets/{id}", (request) => one(ticketAt(request), ticketRecord)),
    get("list_ticket_comments", "/tickets/{id}/comments", (request) =>
      below(request, ticketAt(request), ({ id }) => state.comments.get(id) ?? []),
    ),
    get("get_ticket_comment", "/tickets/{id}/comments/{sub}", (request) =>
      oneBelow(request, state.comments.get(request.params["id"] ?? "")),
    ),
    get("list_ticket_attachments", "/tickets/{id}/attachments", (request) =>
      below(request, ticketAt(request), ({ id }) => state.attachments.get(id) ?? []),
    ),
    get("get_ticket_attachment", "/tickets/{id}/attachments/{sub}", (request) =>
      oneBelow(request, state.attachments.get(request.params["id"] ?? "")),
    ),
    get("download_ticket_attachment", "/tickets/{id}/attachments/{sub}/download", (request) => {
      const attachment = state.attachments
        .get(request.params["id"] ?? "")
        ?.find(({ id }) => id === request.params["sub"]);
      return attachment ? { status: 200, body: "a picture", headers: { "content-type": "image/png" } } : absent();
    }),
    get("list_ticket_statuses", "/tickets/{id}/statuses", (request) =>
      below(request, ticketAt(request), () => STATUSES.map(statusRecord)),
    ),
    get("list_ticket_types", "/ticket_types", (request) => page(request, TYPES, typeRecord, now())),
    get("get_ticket_type", "/ticket_types/{id}", ({ params }) =>
      one(
        TYPES.find(({ id }) => id === params["id"]),
        typeRecord,
      ),
    ),
    get("list_projects", "/projects", (request) => page(request, PROJECTS, projectRecord, now())),
    get("get_project", "/projects/{id}", (request) => one(projectAt(request), projectRecord)),
    get("list_project_components", "/projects/{id}/components", (request) =>
      below(request, projectAt(request), ({ components }) => components.map(thing)),
    ),
    get("get_project_component", "/projects/{id}/components/{sub}", (request) =>
      oneBelow(request, projectAt(request)?.components.map(thing)),
    ),
    get("list_project_ticket_types", "/projects/{id}/ticket_types", (request) =>
      below(request, projectAt(request), ({ types }) => typesOf(types)),
    ),
    get("list_users", "/users", (request) => page(request, USERS, userRecord, now())),
    get("get_user", "/users/{id}", ({ params }) =>
      one(
        USERS.find(({ id }) => id === params["id"]),
        userRecord,
      ),
    ),
    ...writeRoutes(desk),
  ];
}

function tickets(state: StackOneState, request: Request, now: number): Answer {
  const after = request.query.get("filter[updated_after]");
  const since = after === null ? 0 : Date.parse(after);
  if (Number.isNaN(since)) return refuse(400, "filter.updated_after must be a valid ISO 8601 date string", now);
  const fields = request.query.get("fields")?.split(",");
  const render = (ticket: Parameters<typeof ticketRecord>[0]): JsonObject => {
    const record = ticketRecord(ticket);
    return fields ? Object.fromEntries(fields.map((field) => [field, record[field]])) : record;
  };
  return page(
    request,
    state.tickets.filter(({ updatedAt }) => updatedAt > since),
    render,
    now,
  );
}

function page<T>({ query }: Request, things: readonly T[], render: (thing: T) => JsonObject, now: number): Answer {
  const size = Number(query.get("page_size") ?? 25);
  if (!Number.isInteger(size) || size < 1 || size > 250) return refuse(400, "page_size must be between 1 and 250", now);
  const cursor = query.get("next");
  const start = cursor ? Number(Buffer.from(cursor, "base64url").toString()) : 0;
  if (!Number.isInteger(start)) return refuse(400, "Invalid next cursor", now);
  const end = start + size;
  const next = end < things.length ? Buffer.from(String(end)).toString("base64url") : null;
  return { status: 200, body: { next, data: things.slice(start, end).map(render) } };
}
