import DataLoader from "dataloader";
import type { Connection } from "../connectors/connection.js";
import type { SyncState } from "../domain/sync.js";
import type { Along, Comment, IssueType, Project, Ticket, TicketParts, User, VendorId } from "../domain/ticket.js";
import { allParts, areWithin } from "../domain/ticket-parts.js";
import type { SyncedThing } from "../operations/sync/read-kept.js";
import { AttachmentType } from "./attachment/attachment.type.js";
import { CommentType } from "./comment/comment.type.js";
import { IssueTypeType } from "./issue-type/issue-type.type.js";
import { ProjectType } from "./project/project.type.js";
import { TicketType } from "./ticket/ticket.type.js";
import { UserType } from "./user/user.type.js";

type Maybe<T> = T | null | Promise<T | null>;

/** A ticket that was asked for in this request, and what for. */
interface TicketRead {
  readonly parts: TicketParts | undefined;
  readonly node: Promise<TicketType | null>;
}

/**
 * One connection as one request sees it: each thing is asked for once, a page's worth together, and what came along
 * with a ticket isn't asked for at all.
 */
export class ConnectionView {
  private readonly tickets = new Map<VendorId, TicketRead>();
  private readonly projects = loader(this.connection.project, (project) => this.sawProject(project));
  private readonly issueTypes = loader(this.connection.issueType, (type) => this.sawIssueType(type));
  private readonly users = loader(this.connection.user, (user) => this.sawUser(user));
  /** Null where it is known that the vendor has none. */
  private readonly knownProjects = new Map<VendorId, ProjectType | null>();
  private readonly knownIssueTypes = new Map<VendorId, IssueTypeType | null>();
  private readonly knownUsers = new Map<VendorId, UserType | null>();

  constructor(
    readonly connection: Connection,
    /** Where callers reach this gateway, without a slash at the end. */
    readonly origin: string,
    /** How its sync is doing. */
    readonly sync: () => Promise<SyncState>,
  ) {}

  /** Without `parts`, a whole ticket. */
  ticket(id: VendorId, parts?: TicketParts): Promise<TicketType | null> {
    const read = this.tickets.get(id);
    if (read && areWithin(parts, read.parts)) return read.node;
    const wanted = read ? allParts([read.parts, parts]) : parts;
    const node = this.connection.ticket(id, wanted).then((ticket) => ticket && this.sawTicket(ticket));
    this.tickets.set(id, { parts: wanted, node });
    return node;
  }

  /** Keeps a ticket that has been read already for whoever asks for it in this request. */
  readTicket(ticket: Ticket): TicketType {
    const node = this.sawTicket(ticket);
    this.tickets.set(ticket.vendorId, { parts: undefined, node: Promise.resolve(node) });
    return node;
  }

  project(id: VendorId): Maybe<ProjectType> {
    const known = this.knownProjects.get(id);
    return known === undefined ? this.projects.load(id) : known;
  }

  issueType(id: VendorId): Maybe<IssueTypeType> {
    const known = this.knownIssueTypes.get(id);
    return known === undefined ? this.issueTypes.load(id) : known;
  }

  user(id: VendorId): Maybe<UserType> {
    const known = this.knownUsers.get(id);
    return known === undefined ? this.users.load(id) : known;
  }

  async comment(ticketId: VendorId, id: VendorId): Promise<CommentType | null> {
    const comment = await this.connection.parts.comment(ticketId, id);
    return comment && this.sawComment(ticketId, comment);
  }

  async attachment(ticketId: VendorId, id: VendorId): Promise<AttachmentType | null> {
    const attachment = await this.connection.parts.attachment(ticketId, id);
    return attachment && new AttachmentType(this, ticketId, attachment);
  }

  sawComment(ticketId: VendorId, comment: Comment): CommentType {
    if (comment.along) this.sawAlong(comment.along);
    return new CommentType(this, ticketId, comment);
  }

  sawTicket(ticket: Ticket): TicketType {
    if (ticket.along) this.sawAlong(ticket.along);
    return new TicketType(this, ticket);
  }

  sawProject(project: Project): ProjectType {
    return (
      this.knownProjects.get(project.vendorId) ?? kept(this.knownProjects, project, new ProjectType(this, project))
    );
  }

  sawIssueType(type: IssueType): IssueTypeType {
    return this.knownIssueTypes.get(type.vendorId) ?? kept(this.knownIssueTypes, type, new IssueTypeType(this, type));
  }

  sawUser(user: User): UserType {
    return this.knownUsers.get(user.vendorId) ?? kept(this.knownUsers, user, new UserType(this, user));
  }

  /** What the store knows of the things that its tickets speak of. */
  sawThing({ kind, vendorId, thing }: Omit<SyncedThing, "connectionId">): void {
    const known = { project: this.knownProjects, issueType: this.knownIssueTypes, user: this.knownUsers }[kind];
    if (!thing) known.set(vendorId, null);
    else if (kind === "project") this.sawProject(thing as Project);
    else if (kind === "issueType") this.sawIssueType(thing as IssueType);
    else this.sawUser(thing as User);
  }

  private sawAlong({ projects, issueTypes, users }: Along): void {
    for (const project of projects ?? []) this.sawProject(project);
    for (const type of issueTypes ?? []) this.sawIssueType(type);
    for (const user of users ?? []) this.sawUser(user);
  }
}

function kept<N>(known: Map<VendorId, N | null>, { vendorId }: { readonly vendorId: VendorId }, node: N): N {
  known.set(vendorId, node);
  return node;
}

function loader<T, N>(
  ask: (id: VendorId) => Promise<T | null>,
  toNode: (thing: T) => N,
): DataLoader<VendorId, N | null> {
  return new DataLoader(async (ids) => {
    const answers = await Promise.allSettled(ids.map(ask));
    return answers.map((answer) => {
      if (answer.status === "rejected") return answer.reason as Error;
      return answer.value === null ? null : toNode(answer.value);
    });
  });
}
