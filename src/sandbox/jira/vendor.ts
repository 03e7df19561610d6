import { randomBytes } from "node:crypto";
import type { Answer, Request } from "../answer.js";
import { openLimiter, type Standing } from "../limiter.js";
import type { SandboxVendor } from "../serve.js";
import { BAD_TOKEN, UNAUTHORIZED, type Gatekeeper } from "./auth.js";
import { openTasks } from "./bulk-tasks.js";
import { describeState } from "./describe-state.js";
import { bulkCreateRoutes } from "./endpoints/bulk-create.js";
import { attachmentRoutes } from "./endpoints/attachments.js";
import { bulkOperationRoutes } from "./endpoints/bulk-operations.js";
import { commentRoutes } from "./endpoints/comments.js";
import { createMetaRoutes } from "./endpoints/create-meta.js";
import { issuePropertyRoutes } from "./endpoints/issue-properties.js";
import { issueRoutes } from "./endpoints/issues.js";
import { metadataRoutes } from "./endpoints/metadata.js";
import { oauthRoutes } from "./endpoints/oauth.js";
import { projectRoutes } from "./endpoints/projects.js";
import { searchRoutes } from "./endpoints/search.js";
import { transitionRoutes } from "./endpoints/transitions.js";
import { userRoutes } from "./endpoints/users.js";
import { limitHeaders, tooMany, type JiraLimit } from "./rate-limits.js";
import { readSettings, type JiraSettings } from "./settings.js";
import type { JiraRoute, Site } from "./site.js";
import { problem } from "./words.js";

/** Jira, ready to be served, and how to change it while it runs. */
export interface JiraVendor extends SandboxVendor<JiraRoute> {
  configure(settings: JiraSettings): void;
}
interface JiraVendorOptions {
  readonly site: Site;
  readonly gatekeeper: Gatekeeper;
  readonly cloudId: string;
  readonly limit: JiraLimit | undefined;
  readonly taskMs: number;
  /** Fills the site as it was at the start. */
  readonly refill: () => void;
}

const CLOUD = /^\/ex\/jira\/([^/]+)(?=\/)/;

/** Jira Cloud's REST API, version 3, at `url`; and the same for OAuth under /ex/jira/{cloudId}. */
export function openJira(
  url: string,
  { site, gatekeeper, cloudId, limit: firstLimit, taskMs, refill }: JiraVendorOptions,
): JiraVendor {
  let limit = firstLimit;
  const limiter = openLimiter(site.now, limit);
  const tasks = openTasks(site.now, taskMs);
  const standings = new WeakMap<Request, Standing>();
  const configure = (settings: JiraSettings): void => {
    if (settings.indexLagMs !== undefined) site.state.index.setLag(settings.indexLagMs);
    if (settings.accessTokenLifeMs !== undefined) gatekeeper.setAccessTokenLife(settings.accessTokenLifeMs);
    if (settings.rights !== undefined)
      Object.assign(site.rights, { browse: null, create: null }, settings.rights ?? {});
    if (settings.taskMs !== undefined) tasks.setDuration(settings.taskMs);
    if (settings.limit !== undefined) limiter.set((limit = settings.limit ?? undefined));
  };
  const cloudOf = ({ base }: Request): string | undefined => CLOUD.exec(`${base.slice(url.length)}/`)?.[1];
  return {
    routes: [
      ...issueRoutes(site),
      ...bulkCreateRoutes(site),
      ...bulkOperationRoutes(site, tasks),
      ...searchRoutes(site),
      ...createMetaRoutes(),
      ...projectRoutes(site),
      ...userRoutes(site),
      ...commentRoutes(site),
      ...attachmentRoutes(site),
      ...transitionRoutes(site),
      ...issuePropertyRoutes(site),
      ...metadataRoutes(site),
      ...oauthRoutes(gatekeeper, cloudId),
    ],
    jsonType: "application/json;charset=UTF-8",
    locate(path) {
      const prefix = CLOUD.exec(path)?.[0] ?? "";
      return { prefix, path: path.slice(prefix.length) };
    },
    guard(request, route) {
      tasks.advance();
      const unread = unreadable(request);
      if (unread || request.path.startsWith("/oauth/")) return unread;
      const standing = limiter.take(`${route.method} ${route.path}`);
      if (standing) standings.set(request, standing);
      if (standing && !standing.allowed) return tooMany(standing, limit?.reason);
      const caller = gatekeeper.check(request, cloudOf(request));
      if (typeof caller === "object") return caller;
      if (caller === "anonymous" && route.anonymous !== "same") return route.anonymous?.(request) ?? UNAUTHORIZED;
      return withoutBody(request);
    },
    noRoute,
    badBody: () => ({
      status: 400,
      body: { errorMessages: ["There was an error parsing JSON. Check that your request body is valid."] },
    }),
    unauthorized(request) {
      gatekeeper.forget(request);
      return cloudOf(request) === undefined ? UNAUTHORIZED : BAD_TOKEN;
    },
    headers(request) {
      const standing = standings.get(request);
      return {
        "x-arequestid": randomBytes(16).toString("hex"),
        ...(standing && limitHeaders(standing, site.now())),
      };
    },
    controls: {
      state: (query) => ({ ...describeState(site.state, query), tokenRefreshes: gatekeeper.refreshes }),
      configure(value) {
        const settings = readSettings(value);
        if (typeof settings === "string") return settings;
        configure(settings);
        return undefined;
      },
      reset() {
        tasks.clear();
        refill();
      },
    },
    configure,
  };
}

/** Jira looks at what a body says it is before it looks at who sent it. */
function unreadable({ method, headers, body, path }: Request): Answer | undefined {
  if (body === undefined || method === "GET" || method === "DELETE") return undefined;
  const type = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === "application/json") return undefined;
  return problem(415, "Unsupported Media Type", `Content-Type '${type || "null"}' is not supported.`, path);
}

function withoutBody({ method, body, file }: Request): Answer | undefined {
  if (body !== undefined || file !== undefined || (method !== "POST" && method !== "PUT")) return undefined;
  return { status: 400, body: { errorMessages: ["No content to map to Object due to end of input"] } };
}

function noRoute({ method, path }: Request, allowed: readonly string[]): Answer {
  if (allowed.length > 0) {
    const refused = problem(405, "Method Not Allowed", `Method '${method}' is not supported.`, path);
    return { ...refused, headers: { ...refused.headers, allow: allowed.join(", ") } };
  }
  if (path.startsWith("/rest/")) return problem(404, "Not Found", `No endpoint ${method} ${path}.`, path);
  return {
    status: 404,
    body: "<!DOCTYPE html><html><head><title>Oops, you've found a dead link.</title></head></html>",
  };
}
