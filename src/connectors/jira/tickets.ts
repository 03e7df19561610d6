import type { Page, PageRequest } from "../../domain/page.js";
import type { Ticket, TicketParts, VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { chunks } from "../batch.js";
import { ticketOf } from "./map.js";
import type { JiraSite } from "./settings.js";
import { fieldsFor } from "./wanted-fields.js";
import { Issues, SearchResult } from "./wire.js";

interface Site {
  readonly http: Http;
  readonly site: JiraSite;
}

/** The tickets with these ids or keys; what isn't there or can't be seen is left out. */
export async function fetchTickets(
  { http, site }: Site,
  ids: readonly VendorId[],
  call: Call,
): Promise<readonly Ticket[]> {
  const answers = await Promise.all(
    chunks(ids, site.options.fetchSize).map((issueIdsOrKeys) =>
      http.send(
        {
          operation: "issue.bulkfetch",
          kind: "read",
          method: "POST",
          path: ["rest", "api", "3", "issue", "bulkfetch"],
          body: { issueIdsOrKeys, ...fieldsFor(undefined) },
          parse: (body) => Issues.parse(body),
        },
        call,
      ),
    ),
  );
  return answers.flatMap(({ issues }) => issues.map((issue) => ticketOf(issue, site)));
}

/** One page of a search. Jira may give fewer than asked for, even none, while more follow: an empty page is the last one. */
export async function searchPage(
  { http, site }: Site,
  jql: string,
  { first, after }: PageRequest,
  call: Call,
  parts?: TicketParts,
): Promise<Page<Ticket>> {
  const wanted = fieldsFor(parts);
  const seen = new Set<string>();
  let token = after;
  for (;;) {
    if (token !== undefined) seen.add(token);
    const { issues, nextPageToken, isLast } = await http.send(
      {
        operation: "search.jql",
        kind: "read",
        method: "POST",
        path: ["rest", "api", "3", "search", "jql"],
        body: { jql, maxResults: first, ...wanted, ...(token !== undefined && { nextPageToken: token }) },
        parse: (body) => SearchResult.parse(body),
      },
      call,
    );
    // A token that comes again would go round for ever.
    const isEnd = isLast === true || !nextPageToken || seen.has(nextPageToken);
    const items = issues.map((issue) => ticketOf(issue, site));
    if (isEnd) return { items, total: null };
    if (items.length > 0) return { items, total: null, next: nextPageToken };
    token = nextPageToken;
  }
}
