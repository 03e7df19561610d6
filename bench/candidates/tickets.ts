import DataLoader from "dataloader";
import { globalId, type Issue } from "./jira.js";

/** What the GraphQL peers' resolvers start from: a ticket that names its neighbours, as tickets of any vendor do. */
export interface Ticket {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly typeId: string;
  readonly projectId: string;
  readonly assigneeIds: readonly string[];
}
export interface Named {
  readonly id: string;
  readonly name: string;
}
export interface Person extends Named {
  readonly email: string | null;
}

/** What a request knows of types, projects and people: a DataLoader for each kind. */
export interface Loaders {
  readonly types: DataLoader<string, Named>;
  readonly projects: DataLoader<string, Named>;
  readonly people: DataLoader<string, Person>;
  /** Fills them with what came along with an issue. */
  keep(issue: Issue): Ticket;
}

export function openLoaders(): Loaders {
  const open = <T>() =>
    new DataLoader<string, T>(async (ids) => ids.map((id) => new Error(`${id} did not come along.`)));
  const types = open<Named>();
  const projects = open<Named>();
  const people = open<Person>();
  return {
    types,
    projects,
    people,
    keep({ id, fields: { summary, status, issuetype, project, assignee } }: Issue): Ticket {
      types.prime(issuetype.id, issuetype);
      projects.prime(project.id, { id: globalId("P", project.id), name: project.name });
      if (assignee) {
        const { accountId, displayName, emailAddress } = assignee;
        people.prime(accountId, { id: globalId("U", accountId), name: displayName, email: emailAddress ?? null });
      }
      return {
        id: globalId("T", id),
        name: summary,
        status: status.name,
        typeId: issuetype.id,
        projectId: project.id,
        assigneeIds: assignee ? [assignee.accountId] : [],
      };
    },
  };
}
