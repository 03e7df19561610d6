import type { Page, PageRequest } from "../../domain/page.js";
import type { Ticket, TicketParts, VendorId } from "../../domain/ticket.js";
import type { Call, Http } from "../../http/http.js";
import { chunks } from "../batch.js";
import { ticketOf } from "./map.js";
import type { JiraSite } from "./settings.js";
import { fieldsFor } from "./wanted-fields.js";
import { Issues, SearchResult, type WireIssue } from "./wire.js";

interface Site {
  readonly http: Http;
  readonly site: JiraSite;
}

/** The tickets with these ids or keys; what isn't there or can't be seen is left out. */
export async function fetchTickets(
  { http, site }: Site,
  ids: readonly VendorId[],
  call: Call,
  parts?: TicketParts,
): Promise<readonly Ticket[]> {
  const wanted = fieldsFor(parts);
  const answers = await Promise.all(
    chunks(ids, site.options.fetchSize).map((issueIdsOrKeys) =>
      http.send(
        {
          operation: "issue.bulkfetch",
          kind: "read",
          method: "POST",
          path: ["rest", "api", "3", "issue", "bulkfetch"],
          body: { issueIdsOrKeys, ...wanted },
          parse: (body) => ticketsOf(Issues.parse(body), body, site),
        },
        call,
      ),
    ),
  );
  return answers.flat();
}

/** The tickets of a page, each with its record as the page's body has it. */
function ticketsOf({ issues }: { readonly issues: readonly WireIssue[] }, body: unknown, site: JiraSite): Ticket[] {
  const records = (body as { readonly issues: readonly { readonly fields?: Ticket["data"] | null }[] }).issues;
  return issues.map((issue, n) => ticketOf(issue, records[n]?.fields ?? {}, site));
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
    const { items, nextPageToken, isLast } = await http.send(
      {
        operation: "search.jql",
        kind: "read",
        method: "POST",
        path: ["rest", "api", "3", "search", "jql"],
        body: { jql, maxResults: first, ...wanted, ...(token !== undefined && { nextPageToken: token }) },
        parse(body) {
          const page = SearchResult.parse(body);
          return { ...page, items: ticketsOf(page, body, site) };
        },
      },
      call,
    );
    // A token that comes again would go round for ever.
    const isEnd = isLast === true || !nextPageToken || seen.has(nextPageToken);
    if (isEnd) return { items, total: null };
    if (items.length > 0) return { items, total: null, next: nextPageToken };
    token = nextPageToken;
  }
}
