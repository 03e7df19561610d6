import { FIFTY_JQL, ONE_KEY } from "../query.js";
import { candidate, listen, textOf } from "./candidate.js";
import { listed, openJira, single } from "./jira.js";

/** The limit: no GraphQL at all, one handler that knows the two queries and joins by hand. */
candidate((vendor) => {
  const jira = openJira(vendor);
  const fiftyTickets = async (): Promise<object> => ({
    searchTickets: { nodes: (await jira.search(FIFTY_JQL, 50)).map(listed) },
  });
  const oneTicket = async (): Promise<object> => {
    const issue = await jira.issue(ONE_KEY);
    return { connection: { ticket: issue ? single(issue) : null } };
  };
  return listen((request, response) => {
    void textOf(request).then(async (asked) => {
      const data = await (asked.includes("FiftyTickets") ? fiftyTickets() : oneTicket());
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data }));
    });
  });
});
