import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Field, Info, ObjectType } from "type-graphql";
import { globalId } from "../../domain/global-id.js";
import type { TextFormat as Format } from "../../domain/rich-text.js";
import type { Ticket } from "../../domain/ticket.js";
import { childrenOf, commentsOf } from "../../operations/browse.js";
import { PriorityLevel, StatusCategory, TextFormat } from "../common/enums.js";
import { NodeType } from "../common/node.type.js";
import { PartPageArgs } from "../common/page.args.js";
import { pageOf, pageType, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { DateTime, Url } from "../common/scalars.js";
import type { ConnectionView } from "../connection-view.js";
import { VendorConnectionType } from "../connection/connection.type.js";
import { AttachmentType } from "../attachment/attachment.type.js";
import { CommentPage, type CommentType } from "../comment/comment.type.js";
import { IssueTypeType } from "../issue-type/issue-type.type.js";
import { ProjectType } from "../project/project.type.js";
import { UserType } from "../user/user.type.js";
import { partsOfTicket } from "./parts-in.js";
import { VendorAttributesType } from "./vendor-attributes.type.js";

type Maybe<T> = T | null | Promise<T | null>;

@ObjectType("Ticket", {
  description: "A ticket, issue, request or incident, as the vendor tells it at this moment.",
  implements: NodeType,
  simpleResolvers: true,
})
export class TicketType extends NodeType {
  /** Made when it is first read: whoever runs a query may read it more than once. */
  private ownId: string | undefined = undefined;

  constructor(
    private readonly view: ConnectionView,
    private readonly ticket: Ticket,
  ) {
    super();
  }

  get id(): string {
    return (this.ownId ??= globalId("Ticket", this.view.connection.id, this.ticket.vendorId));
  }

  @Field(() => VendorConnectionType, { description: "The connection that the ticket was read through." })
  get connection(): Ref<VendorConnectionType> {
    return new VendorConnectionType(this.view);
  }

  @Field({ description: "The vendor's immutable id (Jira 10042), where `key` is what people read." })
  get vendorId(): string {
    return this.ticket.vendorId;
  }

  @Field(() => String, { nullable: true, description: "What people read: PROJ-42, INC0010023." })
  get key(): string | null {
    return this.ticket.key;
  }

  @Field(() => String, {
    nullable: true,
    description: "The tracking identifier that the creator gave, or that was generated at creation.",
  })
  get identifier(): string | null {
    return this.ticket.identifier;
  }

  @Field({ description: "The title: Jira's summary, Request Tracker's subject." })
  get name(): string {
    return this.ticket.name;
  }

  @Field(() => String, { nullable: true, simple: false, description: "The long text; null where there is none." })
  description(
    @Arg("format", () => TextFormat, { defaultValue: "MARKDOWN", description: "How it is to be written." })
    format: Format,
  ): string | null {
    return this.ticket.description?.to(format) ?? null;
  }

  @Field({ description: "The vendor's own word for the status; `statusCategory` is the common one." })
  get status(): string {
    return this.ticket.status;
  }

  @Field(() => StatusCategory, { description: "The common meaning of the status." })
  get statusCategory(): Ticket["statusCategory"] {
    return this.ticket.statusCategory;
  }

  @Field(() => DateTime, { nullable: true, description: "When the status last changed its common meaning." })
  get statusUpdatedAt(): Date | null {
    return this.ticket.statusUpdatedAt;
  }

  @Field(() => String, { nullable: true, description: "The vendor's own word for the priority." })
  get priority(): string | null {
    return this.ticket.priority;
  }

  @Field(() => PriorityLevel, { nullable: true, description: "The common meaning; null for a word that has none." })
  get priorityLevel(): Ticket["priorityLevel"] {
    return this.ticket.priorityLevel;
  }

  @Field(() => IssueTypeType, { simple: false, nullable: true, description: "What kind of ticket it is." })
  get type(): Maybe<Ref<IssueTypeType>> {
    return this.ticket.typeId === null ? null : this.view.issueType(this.ticket.typeId);
  }

  @Field(() => ProjectType, { simple: false, nullable: true, description: "Where it lives." })
  get project(): Maybe<Ref<ProjectType>> {
    return this.ticket.projectId === null ? null : this.view.project(this.ticket.projectId);
  }

  @Field(() => [UserType], { simple: false, description: "Who works on it; most vendors know one at the most." })
  get assignees(): Promise<UserType[]> | UserType[] {
    return this.users(this.ticket.assigneeIds);
  }

  @Field(() => UserType, { simple: false, nullable: true, description: "Who created it." })
  get createdBy(): Maybe<Ref<UserType>> {
    return this.ticket.createdById === null ? null : this.view.user(this.ticket.createdById);
  }

  @Field(() => [UserType], { simple: false, description: "Who it was created for." })
  get reporters(): Promise<UserType[]> | UserType[] {
    return this.users(this.ticket.reporterIds);
  }

  @Field(() => TicketType, { simple: false, nullable: true, description: "The ticket that this one is a part of." })
  parent(@Info() info: GraphQLResolveInfo): Maybe<Ref<TicketType>> {
    return this.ticket.parentId === null ? null : this.view.ticket(this.ticket.parentId, partsOfTicket(info));
  }

  @Field(() => TicketPage, {
    nullable: true,
    simple: false,
    description: "The tickets that are parts of this one; null beside an error where the vendor can't find them.",
  })
  async children(@Args(() => PartPageArgs) page: Ref<PartPageArgs>): Promise<PageOf<TicketType>> {
    const listing = await childrenOf(this.view.connection, this.ticket.vendorId, page);
    return pageOf(listing, (ticket) => this.view.sawTicket(ticket));
  }

  @Field(() => [String], { description: "Free words: Jira's labels." })
  get tags(): readonly string[] {
    return this.ticket.tags;
  }

  @Field({ description: "Whether there is still something to do." })
  get active(): boolean {
    return this.ticket.active;
  }

  @Field(() => Url, { nullable: true, description: "Where people open it." })
  get url(): string | null {
    return this.ticket.url;
  }

  @Field(() => DateTime, { nullable: true, description: "When it was created." })
  get createdAt(): Date | null {
    return this.ticket.createdAt;
  }

  @Field(() => DateTime, { nullable: true, description: "When it was last changed." })
  get updatedAt(): Date | null {
    return this.ticket.updatedAt;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: "When it is due; midnight UTC where the vendor knows days only.",
  })
  get dueDate(): Date | null {
    return this.ticket.dueDate;
  }

  @Field(() => DateTime, { nullable: true, description: "When it was finished." })
  get closedAt(): Date | null {
    return this.ticket.closedAt;
  }

  @Field(() => CommentPage, {
    nullable: true,
    simple: false,
    description: "What was said on it, the oldest first; null beside an error where the vendor doesn't show comments.",
  })
  async comments(@Args(() => PartPageArgs) page: Ref<PartPageArgs>): Promise<PageOf<CommentType>> {
    const { vendorId } = this.ticket;
    const listing = await commentsOf(this.view.connection, vendorId, page);
    return pageOf(listing, (comment) => this.view.sawComment(vendorId, comment));
  }

  @Field(() => [AttachmentType], {
    nullable: true,
    simple: false,
    description: "The files that hang on it; null beside an error where the vendor doesn't show attachments.",
  })
  async attachments(): Promise<AttachmentType[]> {
    const { vendorId } = this.ticket;
    const all = await this.view.connection.parts.listAttachments(vendorId);
    return all.map((one) => new AttachmentType(this.view, vendorId, one));
  }

  @Field(() => String, {
    simple: false,
    nullable: true,
    description: "What an update must present where the vendor guards against lost updates; null where it doesn't.",
  })
  get revision(): Maybe<string> {
    return this.ticket.revision ?? this.view.connection.revisionOf(this.ticket.vendorId);
  }

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When the gateway last saw it at the vendor, of a ticket of the synced store; null where it comes from the vendor now.",
  })
  get syncedAt(): Date | null {
    return this.ticket.syncedAt ?? null;
  }

  @Field(() => VendorAttributesType, { description: "What the vendor said, before it was made common." })
  get vendorAttributes(): Ref<VendorAttributesType> {
    return new VendorAttributesType(this.view, this.ticket);
  }

  /** In order; users who are gone at the vendor are left out. */
  private users(ids: readonly string[]): Promise<UserType[]> | UserType[] {
    if (ids.length === 0) return [];
    const users = ids.map((id) => this.view.user(id));
    if (users.every((user) => user instanceof UserType)) return users as UserType[];
    return Promise.all(users.map((user) => Promise.resolve(user))).then((found) =>
      found.filter((user) => user !== null),
    );
  }
}

export const TicketPage = pageType("Ticket", () => TicketType as never, "tickets");
