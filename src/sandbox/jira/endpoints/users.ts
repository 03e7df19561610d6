import type { Answer, Request } from "../../answer.js";
import { renderUser } from "../render-site.js";
import { numberIn, valuesPage, type JiraRoute, type Site } from "../site.js";
import { INTEGRATION, isFound, PEOPLE, personById, type Person } from "../site/people.js";
import { findProject } from "../site/projects.js";
import { NO_ISSUE, noProject, refuse } from "../words.js";

const LOOKED_AT = 1_000;

/** Users: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/ and api-group-user-search */
export function userRoutes(site: Site): readonly JiraRoute[] {
  const get = (name: string, path: string, answer: (request: Request) => Answer): JiraRoute => ({
    name,
    method: "GET",
    path: `/rest/api/3${path}`,
    answer,
  });
  return [
    get("getCurrentUser", "/myself", ({ base }) => ({ status: 200, body: renderUser(base, INTEGRATION) })),
    get("getUser", "/user", oneUser),
    get("bulkGetUsers", "/user/bulk", usersById),
    get("getAllUsers", "/users/search", (request) => inRange(request, () => true)),
    get("findUsers", "/user/search", (request) => {
      if (!request.query.has("query") && !request.query.has("accountId")) return nothingAsked();
      return inRange(request, (person) => person.active && isAsked(request.query, person));
    }),
    get("findAssignableUsers", "/user/assignable/search", (request) => assignable(site, request)),
    get("findBulkAssignableUsers", "/user/assignable/multiProjectSearch", (request) => {
      const keys = request.query.getAll("projectKeys").flatMap((list) => list.split(","));
      const unknown = keys.find((key) => !findProject(key));
      if (keys.length === 0) return refuse(400, "The query parameter 'projectKeys' is required.");
      if (unknown !== undefined) return noProject(unknown);
      return inRange(request, (person) => person.active && isAsked(request.query, person));
    }),
  ];
}

const nothingAsked = (): Answer => refuse(400, "A search query is required: give 'query' or 'accountId'.");

function oneUser({ base, query }: Request): Answer {
  const person = personById(query.get("accountId") ?? "");
  if (!person) return refuse(404, "Specified user does not exist or you do not have required permissions");
  return { status: 200, body: renderUser(base, person) };
}

/** A page of ten unless told, of those asked for that exist. */
function usersById(request: Request): Answer {
  const ids = request.query.getAll("accountId");
  if (ids.length === 0) return refuse(400, "The query parameter 'accountId' is required.");
  const people = [...new Set(ids)].flatMap((id) => personById(id) ?? []);
  return valuesPage(request, people, { most: 200, otherwise: 10 }, (person) => renderUser(request.base, person));
}

function assignable({ state }: Site, request: Request): Answer {
  const { query } = request;
  const project = query.get("project");
  const issue = query.get("issueKey") ?? query.get("issueId");
  if (project === null && issue === null)
    return refuse(400, "A project or an issue is required: give 'project', 'issueKey' or 'issueId'.");
  if (project !== null && !findProject(project)) return noProject(project);
  if (issue !== null && !state.find(issue)) return NO_ISSUE;
  return inRange(request, (person) => person.active && isAsked(query, person));
}

function isAsked(query: URLSearchParams, person: Person): boolean {
  const accountId = query.get("accountId");
  return accountId === null ? isFound(person, query.get("query") ?? "") : person.accountId === accountId;
}

/**
 * Users as Jira pages them: it takes the asked range of the first 1,000 users and leaves out those that don't fit, so
 * that a page can be short, or empty, while more come after.
 */
function inRange({ base, query }: Request, fits: (person: Person) => boolean): Answer {
  const startAt = Math.max(0, numberIn(query, "startAt", 0));
  const maxResults = Math.min(LOOKED_AT, Math.max(1, numberIn(query, "maxResults", 50)));
  const range = PEOPLE.slice(0, LOOKED_AT).slice(startAt, startAt + maxResults);
  return { status: 200, body: range.filter(fits).map((person) => renderUser(base, person)) };
}
