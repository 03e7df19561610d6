import { Pool } from "undici";
import { JQL } from "../query.js";
import type { VendorAddress } from "./candidate.js";

/** As much of an issue as the peers use; they trust the vendor's word. */
export interface Issue {
  readonly id: string;
  readonly fields: {
    readonly summary: string;
    readonly status: { readonly name: string };
    readonly issuetype: { readonly id: string; readonly name: string };
    readonly project: { readonly id: string; readonly name: string };
    readonly assignee: {
      readonly accountId: string;
      readonly displayName: string;
      readonly emailAddress?: string;
    } | null;
  };
}

/** The one call that the query needs, with as few words as possible: what the peers ask the vendor. */
export function openIssues({ url, email, apiToken }: VendorAddress): () => Promise<readonly Issue[]> {
  const pool = new Pool(url, { connections: 16 });
  const headers = {
    authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString("base64")}`,
    "content-type": "application/json",
  };
  const fields = ["summary", "status", "issuetype", "project", "assignee"];
  const body = JSON.stringify({ jql: JQL, maxResults: 50, fields });
  return async () => {
    const answer = await pool.request({ method: "POST", path: "/rest/api/3/search/jql", headers, body });
    return ((await answer.body.json()) as { issues: Issue[] }).issues;
  };
}

/** An id as the gateway makes it. */
export const globalId = (letter: string, id: string): string =>
  Buffer.from(`${letter}:jira:${id}`).toString("base64url");
