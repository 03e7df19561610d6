/** The query of the first benchmark: fifty tickets, and what every list of tickets shows. */
export const fiftyTickets = `query FiftyTickets {
  searchTickets(query: "project = PLAT ORDER BY created DESC", first: 50) {
    nodes { id name status type { name } assignees { id name email } project { id name } }
  }
}`;

export const JQL = "project = PLAT ORDER BY created DESC";

/** The query of the second one: a single ticket by its key. */
export const oneTicket = `query OneTicket {
  connection(id: "jira") { ticket(ref: { vendorId: "PLAT-1" }) { id key name status priority } }
}`;
