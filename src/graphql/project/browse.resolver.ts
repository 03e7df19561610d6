import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from "type-graphql";
import { listAssignableUsers, listIssueTypes, listProjects } from "../../operations/browse.js";
import { PageArgs, TextPageArgs } from "../common/page.args.js";
import { pageOf, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { RefInput } from "../common/reference.input.js";
import type { Context } from "../context.js";
import { IssueTypePage, type IssueTypeType } from "../issue-type/issue-type.type.js";
import { UserPage, type UserType } from "../user/user.type.js";
import { ProjectPage, type ProjectType } from "./project.type.js";
import { DEFAULT_CONNECTION } from "../common/where.js";

const WHERE = `Where to look. ${DEFAULT_CONNECTION}`;

@ArgsType()
class ProjectsArgs extends TextPageArgs {
  @Field(() => ID, { nullable: true, description: WHERE })
  connectionId?: string | null;
}

@ArgsType()
class IssueTypesArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: WHERE })
  connectionId?: string | null;

  @Field(() => RefInput, { description: "The project whose types are asked for." })
  project!: Ref<RefInput>;
}

@ArgsType()
class AssignableUsersArgs extends TextPageArgs {
  @Field(() => ID, { nullable: true, description: WHERE })
  connectionId?: string | null;

  @Field(() => RefInput, { description: "The project in which they are to be assigned." })
  project!: Ref<RefInput>;
}

@Resolver()
export class BrowseResolver {
  @Query(() => ProjectPage, { description: "Live from the vendor: what a form's dropdown needs." })
  async projects(
    @Ctx() { kernel, caller, view }: Context,
    @Args(() => ProjectsArgs) args: Ref<ProjectsArgs>,
  ): Promise<PageOf<ProjectType>> {
    const { connection, listing } = await listProjects(kernel, caller, args.connectionId, args.query, args);
    return pageOf(listing, (project) => view(connection).sawProject(project));
  }

  @Query(() => IssueTypePage, { description: "The types that a ticket of a project can have, live from the vendor." })
  async issueTypes(
    @Ctx() { kernel, caller, view }: Context,
    @Args(() => IssueTypesArgs) args: Ref<IssueTypesArgs>,
  ): Promise<PageOf<IssueTypeType>> {
    const { connection, listing } = await listIssueTypes(kernel, caller, args.connectionId, args.project, args);
    return pageOf(listing, (type) => view(connection).sawIssueType(type));
  }

  @Query(() => UserPage, { description: "Who can be assigned a ticket of a project, live from the vendor." })
  async assignableUsers(
    @Ctx() { kernel, caller, view }: Context,
    @Args(() => AssignableUsersArgs) args: Ref<AssignableUsersArgs>,
  ): Promise<PageOf<UserType>> {
    const { project, query, connectionId } = args;
    const { connection, listing } = await listAssignableUsers(kernel, caller, connectionId, project, query, args);
    return pageOf(listing, (user) => view(connection).sawUser(user));
  }
}
