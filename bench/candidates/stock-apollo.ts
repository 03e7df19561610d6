import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import DataLoader from "dataloader";
import { buildSchema } from "graphql";
import { candidate } from "./candidate.js";
import { globalId, openIssues, type Issue } from "./jira-issues.js";

/** Apollo Server as its documentation starts it: standalone, default plugins, a DataLoader for each nested kind. */
const schema = buildSchema(`
  type Query { searchTickets(query: String!, first: Int!): Tickets! }
  type Tickets { nodes: [Ticket!]! }
  type Ticket { id: ID! name: String! status: String! type: Type assignees: [User!]! project: Project }
  type Type { name: String! }
  type User { id: ID! name: String! email: String }
  type Project { id: ID! name: String! }
`);

candidate(async (vendor) => {
  const issues = openIssues(vendor);
  const ticket = ({ id, fields }: Issue) => {
    const { summary, status, issuetype, project, assignee } = fields;
    return {
      id: globalId("T", id),
      name: summary,
      status: status.name,
      type: (_: unknown, { load }: Loaders) => load.type.load(issuetype),
      project: (_: unknown, { load }: Loaders) => load.project.load(project),
      assignees: (_: unknown, { load }: Loaders) => (assignee ? load.user.loadMany([assignee]) : []),
    };
  };
  const server = new ApolloServer<Loaders>({
    schema,
    rootValue: { searchTickets: async () => ({ nodes: (await issues()).map(ticket) }) },
  });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0 },
    context: () => Promise.resolve(loaders()),
  });
  return url;
});

type Loaders = ReturnType<typeof loaders>;

/** What came with the issues is at hand, so the loaders ask nobody: this is the best that the stock way can do. */
function loaders() {
  const known = <T, K, N>(key: (thing: T) => K, node: (thing: T) => N) =>
    new DataLoader<T, N, K>((things) => Promise.resolve(things.map(node)), { cacheKeyFn: key });
  return {
    load: {
      type: known(
        (type: Issue["fields"]["issuetype"]) => type.id,
        ({ name }) => ({ name }),
      ),
      project: known(
        (project: Issue["fields"]["project"]) => project.id,
        ({ id, name }) => ({ id: globalId("P", id), name }),
      ),
      user: known(
        (user: NonNullable<Issue["fields"]["assignee"]>) => user.accountId,
        (user) => ({ id: globalId("U", user.accountId), name: user.displayName, email: user.emailAddress ?? null }),
      ),
    },
  };
}
