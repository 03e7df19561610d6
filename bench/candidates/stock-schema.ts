import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import {
  Arg,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { single, type Jira, type Single } from "./jira.js";
import type { Loaders, Named, Person, Ticket } from "./tickets.js";

/** What a request carries. A type and no interface: decorated signatures keep no interface. */
export type Context = { readonly jira: Jira; readonly load: Loaders };

@ObjectType("Type")
class TypeNode {
  @Field() name!: string;
}

@ObjectType("Project")
class ProjectNode {
  @Field(() => ID) id!: string;
  @Field() name!: string;
}

@ObjectType("User")
class UserNode extends ProjectNode {
  @Field(() => String, { nullable: true }) email!: string | null;
}

@ObjectType("Ticket")
class TicketNode {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true }) key!: string | null;
  @Field() name!: string;
  @Field() status!: string;
  @Field(() => String, { nullable: true }) priority!: string | null;
}

@ObjectType("Tickets")
class TicketsNode {
  @Field(() => [TicketNode]) nodes!: TicketNode[];
}

@ObjectType("CreatedTicket")
class CreatedTicketNode {
  @Field() key!: string;
}

@ObjectType("CreateTicketPayload")
class CreateTicketPayload {
  @Field(() => CreatedTicketNode) ticket!: CreatedTicketNode;
}

@ObjectType("Connection")
class ConnectionNode {
  @Field(() => ID) id!: string;
}

@InputType()
class TicketRef {
  @Field() vendorId!: string;
}

@InputType()
class TypeRef {
  @Field() name!: string;
}

@InputType()
class CreateTicketInput {
  @Field(() => TicketRef) project!: TicketRef;
  @Field(() => TypeRef) type!: TypeRef;
  @Field() name!: string;
}

@Resolver(() => TicketNode)
class TicketResolver {
  @Query(() => TicketsNode)
  async searchTickets(
    @Arg("query", () => String) jql: string,
    @Arg("first", () => Int) first: number,
    @Ctx() { jira, load }: Context,
  ): Promise<{ nodes: Ticket[] }> {
    return { nodes: (await jira.search(jql, first)).map(load.keep) };
  }

  @FieldResolver(() => TypeNode)
  type(@Root() { typeId }: Ticket, @Ctx() { load }: Context): Promise<Named> {
    return load.types.load(typeId);
  }

  @FieldResolver(() => ProjectNode)
  project(@Root() { projectId }: Ticket, @Ctx() { load }: Context): Promise<Named> {
    return load.projects.load(projectId);
  }

  @FieldResolver(() => [UserNode])
  assignees(@Root() { assigneeIds }: Ticket, @Ctx() { load }: Context): Promise<(Person | Error)[]> {
    return load.people.loadMany(assigneeIds);
  }

  /** One call for each: nothing joins what separate requests ask. */
  @Mutation(() => CreateTicketPayload)
  async createTicket(
    @Arg("input", () => CreateTicketInput) { project, type, name }: CreateTicketInput,
    @Ctx() { jira }: Context,
  ): Promise<CreateTicketPayload> {
    return { ticket: await jira.create(project.vendorId, type.name, name) };
  }
}

@Resolver(() => ConnectionNode)
class ConnectionResolver {
  @Query(() => ConnectionNode)
  connection(@Arg("id", () => ID) id: string): ConnectionNode {
    return { id };
  }

  @FieldResolver(() => TicketNode, { nullable: true })
  async ticket(@Arg("ref", () => TicketRef) { vendorId }: TicketRef, @Ctx() { jira }: Context): Promise<Single | null> {
    const issue = await jira.issue(vendorId);
    return issue ? single(issue) : null;
  }
}

/** The same queries as type-graphql's documentation builds a schema. */
export const buildStockSchema = (): Promise<GraphQLSchema> =>
  buildSchema({ resolvers: [TicketResolver, ConnectionResolver], validate: false });
