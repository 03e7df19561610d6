import { listed, type Issue } from "../candidates/jira.js";
import { FIFTY_JQL } from "../query.js";

/** The query of fifty tickets as a gateway over the vendor's own description has it: the vendor's words, and as much of each ticket. */
export const hiveFiftyTickets = `query FiftyTickets {
  search(input: { jql: "${FIFTY_JQL}", maxResults: 50, fields: ["summary", "status", "issuetype", "project", "assignee"] }) {
    issues {
      id
      fields {
        summary status { name } issuetype { name } project { id name } assignee { accountId displayName emailAddress }
      }
    }
  }
}`;

/** Its answer in the others' words. */
export function inOurWords(data: unknown): unknown {
  const { search } = data as { search: { issues: readonly Issue[] } };
  return { searchTickets: { nodes: search.issues.map(listed) } };
}
