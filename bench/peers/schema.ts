import type { Jira } from "../candidates/jira.js";
import { openLoaders, type Loaders, type Ticket } from "../candidates/tickets.js";

export const typeDefs = `
  type Query { searchTickets(query: String!, first: Int!): Tickets! }
  type Tickets { nodes: [Ticket!]! }
  type Ticket { id: ID! name: String! status: String! type: Type assignees: [User!]! project: Project }
  type Type { name: String! }
  type User { id: ID! name: String! email: String }
  type Project { id: ID! name: String! }
`;

interface Context {
  readonly jira: Jira;
  readonly load: Loaders;
}
type Resolve<T> = (root: T, args: { query: string; first: number }, context: Context) => unknown;

/** What the peers that take a schema as text resolve it with: a DataLoader for each nested kind. */
export const resolvers: {
  readonly Query: Record<string, Resolve<unknown>>;
  readonly Ticket: Record<string, Resolve<Ticket>>;
} = {
  Query: {
    searchTickets: async (_, { query, first }, { jira, load }) => ({
      nodes: (await jira.search(query, first)).map(load.keep),
    }),
  },
  Ticket: {
    type: ({ typeId }, _, { load }) => load.types.load(typeId),
    project: ({ projectId }, _, { load }) => load.projects.load(projectId),
    assignees: ({ assigneeIds }, _, { load }) => load.people.loadMany(assigneeIds),
  },
};

/** What each request gets. */
export const contextOf = (jira: Jira) => (): Context => ({ jira, load: openLoaders() });
