import type { Answer, Request } from "../answer.js";
import { runJql } from "./jql.js";
import type { Route } from "../router.js";
import { jiraIssue, liveProject, liveType, liveUser, syncedProject, syncedUser, ticketRecord } from "./render.js";
import type { LeenState } from "./state.js";
import { invalid, notFound, refuse } from "./words.js";

/** Leen's own records, and what it passes through. https://docs.leen.dev/api-reference */
export function readRoutes(state: LeenState): readonly Route[] {
  const get = (name: string, path: string, answer: (request: Request) => Answer): Route => ({
    name,
    method: "GET",
    path: `/v1/itsm${path}`,
    answer,
  });
  const kept = () => state.tickets.filter(({ id }) => id !== null);
  const one = <T>(
    things: readonly T[],
    fits: (thing: T) => boolean,
    render: (thing: T) => unknown,
    what: string,
  ): Answer => {
    const thing = things.find(fits);
    return thing ? { status: 200, body: render(thing) } : notFound(what);
  };
  return [
    get("get_tickets", "/tickets", (request) => byCursor(request, kept(), ticketRecord)),
    get("get_ticket", "/tickets/{id}", ({ params }) =>
      one(kept(), ({ id }) => id === params["id"], ticketRecord, "Ticket"),
    ),
    get("get_ticket_by_identifier", "/tickets/by-identifier/{identifier}", ({ params }) =>
      one(kept(), ({ identifier }) => identifier === params["identifier"], ticketRecord, "Ticket"),
    ),
    get("get_projects", "/projects", (request) =>
      byCursor(
        request,
        state.projects.filter(({ id }) => id !== null),
        syncedProject,
      ),
    ),
    get("get_users", "/users", (request) => {
      const [name, email] = ["name", "email"].map((field) => request.query.get(field)?.toLowerCase());
      const fitting = state.people.filter(
        (person) =>
          person.id !== null &&
          (!name || person.name.toLowerCase().includes(name)) &&
          (!email || person.email === email),
      );
      return byCursor(request, fitting, syncedUser);
    }),
    get("get_user", "/users/{id}", ({ params }) =>
      one(state.people, ({ id }) => id !== null && id === params["id"], syncedUser, "User"),
    ),
    get("passthrough_projects", "/passthrough/projects", (request) =>
      byOffset(request, state.projects, liveProject, true),
    ),
    get("passthrough_issue_types", "/passthrough/projects/{key}/issue-types", (request) => {
      const project = state.projects.find(({ key }) => key === request.params["key"]);
      return project ? byOffset(request, project.types, liveType, true) : notFound("Project");
    }),
    get("passthrough_assignable_users", "/passthrough/projects/{key}/assignable-users", (request) => {
      if (!state.projects.some(({ key }) => key === request.params["key"])) return notFound("Project");
      const words = request.query.get("query")?.toLowerCase() ?? "";
      const fitting = state.people.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(words));
      return byOffset(request, fitting, liveUser, false);
    }),
    get("passthrough_tickets_search", "/passthrough/tickets/search", (request) => search(state, request)),
  ];
}

function search(state: LeenState, request: Request): Answer {
  const jql = request.query.get("jql") ?? "";
  if (jql === "") return invalid([{ loc: ["query", "jql"], msg: "Field required" }]);
  if (jql.length > 5_000)
    return invalid([{ loc: ["query", "jql"], msg: "String should have at most 5000 characters" }]);
  const found = runJql(jql, state.tickets);
  if (typeof found === "string") return refuse(422, "VENDOR_ERROR", found);
  return byCursor(request, found, jiraIssue, 50);
}

function limitOf({ query }: Request, otherwise: number): number | undefined {
  const limit = Number(query.get("limit") ?? otherwise);
  return Number.isInteger(limit) && limit >= 1 && limit <= 100 ? limit : undefined;
}

function byCursor<T>(request: Request, things: readonly T[], render: (thing: T) => unknown, otherwise = 100): Answer {
  const limit = limitOf(request, otherwise);
  if (limit === undefined) return invalid([{ loc: ["query", "limit"], msg: "Input should be 1 to 100" }]);
  const cursor = request.query.get("cursor");
  if (cursor !== null && request.query.has("updatedSince"))
    return invalid([{ loc: ["query", "updatedSince"], msg: "updatedSince can't be used with cursor" }]);
  const start = cursor === null ? 0 : Number(Buffer.from(cursor, "base64url").toString());
  if (!Number.isInteger(start)) return invalid([{ loc: ["query", "cursor"], msg: "Invalid cursor" }]);
  const end = start + limit;
  const link = (at: number): string => Buffer.from(String(at)).toString("base64url");
  return {
    status: 200,
    body: {
      items: things.slice(start, end).map(render),
      next_cursor: end < things.length ? link(end) : null,
      previous_cursor: start > 0 ? link(Math.max(0, start - limit)) : null,
    },
  };
}

function byOffset<T>(
  request: Request,
  things: readonly T[],
  render: (thing: T) => unknown,
  tellsTotal: boolean,
): Answer {
  const limit = limitOf(request, 50);
  const offset = Number(request.query.get("offset") ?? 0);
  if (limit === undefined || !Number.isInteger(offset) || offset < 0)
    return invalid([{ loc: ["query", "limit"], msg: "Input should be 1 to 100" }]);
  const items = things.slice(offset, offset + limit).map(render);
  return { status: 200, body: { items, total: tellsTotal ? things.length : null } };
}
