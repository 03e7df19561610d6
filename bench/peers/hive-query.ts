import { listed, type Issue } from "../candidates/jira.js";
import { FIFTY_JQL } from "../query.js";

const fifty = (assignee: string, project: string): string => `query FiftyTickets {
  search(input: { jql: "${FIFTY_JQL}", maxResults: 50, fields: ["summary", "status", "issuetype", "project", "assignee"] }) {
    issues {
      id
      fields {
        summary status { name } issuetype { name }
        assignee${assignee} { accountId displayName emailAddress } project${project} { id name }
      }
    }
  }
}`;

/** The query of fifty tickets as a gateway over the vendor's own description has it: the vendor's words, and as much of each ticket. */
export const hiveFiftyTickets = fifty("", "");

/** The same with people and project asked for on their own, as for any vendor whose search doesn't bring them along: three calls. */
export const hiveJoinedFiftyTickets = fifty(": assigneeJoined", ": projectJoined");

/** Its answer in the others' words. */
export function inOurWords(data: unknown): unknown {
  const { search } = data as { search: { issues: readonly Issue[] } };
  return { searchTickets: { nodes: search.issues.map(listed) } };
}
