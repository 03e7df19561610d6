/** What the explorer's editor holds at first: something to run, and something to write. */
export const sampleQuery = `# Press the play button to run a query; the schema's docs are behind the book on the left.
query Tickets {
  searchTickets(query: "project = PLAT ORDER BY created DESC", first: 5) {
    nodes {
      key
      name
      status
      priority
      project { name }
      assignees { name }
      parent { key name }
    }
  }
}

query AcrossVendors {
  tickets(filter: { statusCategories: [TODO, IN_PROGRESS] }, first: 10) {
    nodes { key name status connection { name } assignees { name } syncedAt }
  }
}

query Everywhere {
  connections {
    name
    vendor
    capabilities { search bulkCreate guarantee }
    projects(first: 3) { nodes { name } }
  }
}

mutation File {
  createTicket(
    input: {
      project: { vendorId: "PLAT" }
      type: { name: "Bug" }
      name: "The printer is on fire"
      description: "It **burns**, again."
      priority: "High"
    }
  ) {
    ticket { key url status description }
    errors { message path allowedValues }
  }
}
`;
