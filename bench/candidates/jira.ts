import { Pool } from "undici";
import type { VendorAddress } from "./candidate.js";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** As much of an issue as the peers use; they trust the vendor's word. */
export interface Issue {
  readonly id: string;
  readonly key: string;
  readonly fields: {
    readonly summary: string;
    readonly status: Named;
    readonly priority?: Named | null;
    readonly issuetype: Named;
    readonly project: Named;
    readonly assignee: {
      readonly accountId: string;
      readonly displayName: string;
      readonly emailAddress?: string;
    } | null;
  };
}

/** A vendor's calls as somebody writes them who needs no more than these: few words, one call for each. */
export interface Jira {
  /** What the list needs comes along with the search: in Jira one call is enough for it. */
  search(jql: string, maxResults: number): Promise<readonly Issue[]>;
  issue(key: string): Promise<Issue | undefined>;
  create(project: string, type: string, summary: string): Promise<{ readonly key: string }>;
}

/** Opens it. */
export function openJira({ url, email, apiToken, connections = 16 }: VendorAddress): Jira {
  const pool = new Pool(url, { connections });
  const headers = {
    authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString("base64")}`,
    "content-type": "application/json",
  };
  const post = async <T>(path: string, body: object): Promise<T> => {
    const sent = { method: "POST", path: `/rest/api/3/${path}`, headers, body: JSON.stringify(body) } as const;
    const answer = await pool.request(sent);
    return (await answer.body.json()) as T;
  };
  return {
    async search(jql, maxResults) {
      const fields = ["summary", "status", "issuetype", "project", "assignee"];
      return (await post<{ issues: Issue[] }>("search/jql", { jql, maxResults, fields })).issues;
    },
    async issue(key) {
      const fields = ["summary", "status", "priority"];
      return (await post<{ issues: Issue[] }>("issue/bulkfetch", { issueIdsOrKeys: [key], fields })).issues[0];
    },
    create: (project, type, summary) =>
      post("issue", { fields: { project: { key: project }, issuetype: { name: type }, summary } }),
  };
}

/** An id as the gateway makes it. */
export const globalId = (letter: string, id: string): string =>
  Buffer.from(`${letter}:jira:${id}`).toString("base64url");

/** What the query of fifty tickets shows of an issue, joined by hand. */
export function listed({ id, fields: { summary, status, issuetype, project, assignee } }: Issue): object {
  return {
    id: globalId("T", id),
    name: summary,
    status: status.name,
    type: { name: issuetype.name },
    assignees: assignee
      ? [{ id: globalId("U", assignee.accountId), name: assignee.displayName, email: assignee.emailAddress ?? null }]
      : [],
    project: { id: globalId("P", project.id), name: project.name },
  };
}

/** What the query of one ticket shows. */
export interface Single {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly status: string;
  readonly priority: string | null;
}
export function single({ id, key, fields: { summary, status, priority } }: Issue): Single {
  return { id: globalId("T", id), key, name: summary, status: status.name, priority: priority?.name ?? null };
}
