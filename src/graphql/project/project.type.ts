import { Args, Field, ObjectType } from "type-graphql";
import { globalId } from "../../domain/global-id.js";
import type { Project } from "../../domain/ticket.js";
import { assignableUsersOf, issueTypesOf } from "../../operations/browse.js";
import { NodeType } from "../common/node.type.js";
import { PageArgs, TextPageArgs } from "../common/page.args.js";
import { pageOf, pageType, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { Url } from "../common/scalars.js";
import type { ConnectionView } from "../connection-view.js";
import { VendorConnectionType } from "../connection/connection.type.js";
import { IssueTypePage, type IssueTypeType } from "../issue-type/issue-type.type.js";
import { UserPage, type UserType } from "../user/user.type.js";

@ObjectType("Project", {
  description: "Where tickets live: a project in Jira, a queue in Request Tracker, a team elsewhere.",
  implements: NodeType,
  simpleResolvers: true,
})
export class ProjectType extends NodeType {
  /** Made once: many tickets of a page speak of the same. */
  override readonly id: string;

  constructor(
    private readonly view: ConnectionView,
    private readonly project: Project,
  ) {
    super();
    this.id = globalId("Project", view.connection.id, project.vendorId);
  }

  @Field(() => VendorConnectionType, { description: "The connection that knows this project." })
  get connection(): Ref<VendorConnectionType> {
    return new VendorConnectionType(this.view);
  }

  @Field({ description: "The vendor's own id." })
  get vendorId(): string {
    return this.project.vendorId;
  }

  @Field(() => String, { nullable: true, description: "The short name that people read: PLAT." })
  get key(): string | null {
    return this.project.key;
  }

  @Field({ description: "The name as people read it." })
  get name(): string {
    return this.project.name;
  }

  @Field(() => String, {
    nullable: true,
    description: "The vendor's word for the kind of project: software, service_desk.",
  })
  get projectType(): string | null {
    return this.project.projectType;
  }

  @Field(() => Url, { nullable: true, description: "Where people open it." })
  get url(): string | null {
    return this.project.url;
  }

  @Field(() => IssueTypePage, { simple: false, description: "The types that a ticket of this project can have." })
  async issueTypes(@Args(() => PageArgs) page: Ref<PageArgs>): Promise<PageOf<IssueTypeType>> {
    const listing = await issueTypesOf(this.view.connection, this.project.vendorId, page);
    return pageOf(listing, (type) => this.view.sawIssueType(type));
  }

  @Field(() => UserPage, { simple: false, description: "Who can be assigned a ticket of this project." })
  async assignableUsers(@Args(() => TextPageArgs) page: Ref<TextPageArgs>): Promise<PageOf<UserType>> {
    const listing = await assignableUsersOf(this.view.connection, this.project.vendorId, page.query, page);
    return pageOf(listing, (user) => this.view.sawUser(user));
  }
}

export const ProjectPage = pageType("Project", () => ProjectType as never, "projects");
