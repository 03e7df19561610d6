import { VendorError } from "../../domain/errors.js";
import type { Page, PageRequest } from "../../domain/page.js";
import type { Call, Http, HttpRequest, Query } from "../../http/http.js";
import { chunks } from "../batch.js";
import type { Connector } from "../connector.js";
import { offsetOf } from "../offset-page.js";
import { checkAccess } from "./access.js";
import { addAttachment, attachmentById, listAttachments, openAttachment } from "./attachments.js";
import { addComments, commentsById, findComments, listComments } from "./comments.js";
import { openBulkTasks } from "./bulk-tasks.js";
import { createIssues } from "./create.js";
import { openLostIssues } from "./lost.js";
import { commentOf, fieldOf, issueTypeOf, projectOf, userOf } from "./map.js";
import { changedSince, jqlAll } from "./jql.js";
import { openMetadata } from "./metadata.js";
import { prepare } from "./prepare.js";
import { isAccountId, isIssue, isNumber, isProjectKey } from "./names.js";
import type { JiraSite } from "./settings.js";
import { fetchTickets, searchPage } from "./tickets.js";
import { openMoves } from "./transitions.js";
import { updateIssues } from "./update.js";
import { CreateTypes, Projects, UserPage, Users } from "./wire.js";

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-search-get */
const IDS_A_QUERY = 50;
/** Jira looks at no more users than these when it lists who can be assigned. */
const USERS_LOOKED_AT = 1_000;

/** Jira Cloud behind the port: which call serves what. https://developer.atlassian.com/cloud/jira/platform/rest/v3/ */
export function connectJira(http: Http, site: JiraSite): Connector {
  const metadata = openMetadata(http);
  const parts = { http, site, metadata, moves: openMoves(http), bulk: openBulkTasks(http, site) };
  const lost = openLostIssues(parts);
  type Get<T> = Pick<HttpRequest<T>, "operation" | "path" | "parse" | "accept">;
  const get = <T>({ path, ...more }: Get<T>, query: Query, call: Call): Promise<T> =>
    http.send({ kind: "read", method: "GET", path: ["rest", "api", "3", ...path], query, ...more }, call);

  const searchProjects = (query: Query, call: Call) =>
    get(
      {
        operation: "project.search",
        path: ["project", "search"],
        // Jira may say 404 where no project fits. What isn't JSON is another 404: there is no Jira at this address.
        accept: (status, body) => status === 200 || (status === 404 && body !== undefined),
        parse: (body, { status }) => (status === 404 ? { values: [], total: 0 } : Projects.parse(body)),
      },
      query,
      call,
    );

  return {
    tickets: (ids, call, wanted) => fetchTickets(parts, ids.filter(isIssue), call, wanted),

    async projects(ids, call) {
      const queries = [
        ...chunks(ids.filter(isNumber), IDS_A_QUERY).map((id) => ({ id })),
        ...chunks(ids.filter(isProjectKey), IDS_A_QUERY).map((keys) => ({ keys })),
      ];
      const pages = await Promise.all(
        queries.map((some) => searchProjects({ ...some, maxResults: IDS_A_QUERY }, call)),
      );
      return pages.flatMap(({ values }) => values.map((project) => projectOf(project, site)));
    },

    async issueTypes(ids, call) {
      const wanted = new Set(ids);
      return (await metadata.issueTypes(call)).filter(({ id }) => wanted.has(id)).map(issueTypeOf);
    },

    async users(ids, call) {
      const accountId = ids.filter(isAccountId);
      if (accountId.length === 0) return [];
      const read: Get<UserPage> = {
        operation: "user.bulk",
        path: ["user", "bulk"],
        parse: (body) => UserPage.parse(body),
      };
      const { values } = await get(read, { accountId, maxResults: accountId.length }, call);
      return values.map(userOf);
    },

    searchTickets: (jql, page, call, wanted) => searchPage(parts, jql, page, call, wanted),

    async listProjects(text, page, call) {
      const { values, total } = await searchProjects({ ...offset(page), orderBy: "key", query: text }, call);
      return paged(
        values.map((project) => projectOf(project, site)),
        page,
        total,
      );
    },

    async listIssueTypes(projectId, page, call) {
      const read: Get<CreateTypes> = {
        operation: "createmeta.types",
        path: ["issue", "createmeta", projectId, "issuetypes"],
        parse: (body) => CreateTypes.parse(body),
      };
      const { issueTypes, total } = await get(read, offset(page), call);
      return paged(issueTypes.map(issueTypeOf), page, total);
    },

    async listAssignableUsers(projectId, text, page, call) {
      const read: Get<Users> = {
        operation: "user.assignable",
        path: ["user", "assignable", "search"],
        parse: (body) => Users.parse(body),
      };
      const users = await get(read, { ...offset(page), project: projectId, query: text ?? "" }, call);
      // Pages may be short while more follow, so only an empty one is the end.
      const next = offsetOf(page) + page.first;
      const hasMore = users.length > 0 && next < USERS_LOOKED_AT;
      return { items: users.map(userOf), total: null, ...(hasMore && { next: String(next) }) };
    },

    async listFields(projectId, typeId, call) {
      return (await metadata.fields(projectId, typeId, call)).map(fieldOf);
    },

    checkAccess: (call) => checkAccess(http, call),
    async checkTicket(draft, call) {
      const prepared = await prepare(parts, draft, call);
      if (prepared instanceof VendorError) throw prepared;
    },

    async createTickets(drafts, call) {
      const outcomes = await createIssues(parts, drafts, call);
      outcomes.forEach((outcome, n) => {
        const projectId = drafts[n]?.projectId;
        if (projectId && outcome.state === "done") lost.made(projectId, [outcome.value]);
      });
      return outcomes;
    },

    updateTickets: (changes, call) => updateIssues(parts, changes, call),
    listTickets: (since, page, call) => searchPage(parts, changedSince(since, Date.now()), page, call),
    listChildren: (ticketId, page, call) => searchPage(parts, jqlAll({ parent: ticketId }, "created ASC"), page, call),
    listAttachments: (ticketId, call) => listAttachments(http, ticketId, call),
    attachment: (_ticketId, id, call) => attachmentById(http, id, call),
    openAttachment: (_ticketId, id, call) => openAttachment(http, id, call),
    addAttachment: (ticketId, file, call) => addAttachment(http, ticketId, file, call),
    listComments: (ticketId, page, call) => listComments(http, ticketId, page, call),
    comments: async (ticketId, ids, call) => (await commentsById(http, ticketId, ids, call)).map(commentOf),
    addComments: (drafts, call) => addComments(http, drafts, call),
    findComments: (comments, call) => findComments(http, comments, call),
    traces: (drafts, call) => lost.traces(drafts, call),
    findByMarker: (creates, call) => lost.find(creates, call),
  };
}

/** Jira's offset paging; our cursor is the offset. */
function offset(page: PageRequest): { readonly startAt: number; readonly maxResults: number } {
  return { startAt: offsetOf(page), maxResults: page.first };
}

function paged<T>(items: readonly T[], page: PageRequest, total: number | null | undefined): Page<T> {
  const end = offsetOf(page) + items.length;
  const hasMore = items.length > 0 && (total == null ? items.length === page.first : end < total);
  return { items, total: total ?? null, ...(hasMore && { next: String(end) }) };
}
