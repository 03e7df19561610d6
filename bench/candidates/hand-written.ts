import { createServer } from "node:http";
import { candidate } from "./candidate.js";
import { globalId, openIssues } from "./jira-issues.js";

/** The limit: no GraphQL at all, one handler that knows the query and joins by hand. */
candidate((vendor) => {
  const issues = openIssues(vendor);
  const answer = async (): Promise<string> => {
    const nodes = (await issues()).map(({ id, fields: { summary, status, issuetype, project, assignee } }) => ({
      id: globalId("T", id),
      name: summary,
      status: status.name,
      type: { name: issuetype.name },
      assignees: assignee
        ? [{ id: globalId("U", assignee.accountId), name: assignee.displayName, email: assignee.emailAddress ?? null }]
        : [],
      project: { id: globalId("P", project.id), name: project.name },
    }));
    return JSON.stringify({ data: { searchTickets: { nodes } } });
  };
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      void answer().then((text) => response.writeHead(200, { "content-type": "application/json" }).end(text));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/graphql`);
    });
  });
});
