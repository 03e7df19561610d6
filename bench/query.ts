export const FIFTY_JQL = "project = PLAT ORDER BY created DESC";

/** Fifty tickets, and what every list of tickets shows. */
export const fiftyTickets = `query FiftyTickets {
  searchTickets(query: "${FIFTY_JQL}", first: 50) {
    nodes { id name status type { name } assignees { id name email } project { id name } }
  }
}`;

export const ONE_KEY = "PLAT-1";

/** A single ticket by its key. */
export const oneTicket = `query OneTicket {
  connection(id: "jira") { ticket(ref: { vendorId: "${ONE_KEY}" }) { id key name status priority } }
}`;

/** A page of the synced store. */
export const PAGE = `query ($filter: TicketFilter, $after: String) {
  tickets(first: 50, filter: $filter, after: $after) {
    nodes { id key name status updatedAt project { name } type { name } assignees { name } }
    pageInfo { endCursor }
  }
}`;
