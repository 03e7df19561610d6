/** The query of the first benchmark: fifty tickets, and what every list of tickets shows. */
export const fiftyTickets = `query FiftyTickets {
  searchTickets(query: "project = PLAT ORDER BY created DESC", first: 50) {
    nodes { id name status type { name } assignees { id name email } project { id name } }
  }
}`;

export const JQL = "project = PLAT ORDER BY created DESC";
