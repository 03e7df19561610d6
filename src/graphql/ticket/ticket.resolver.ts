import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, ArgsType, Ctx, Field, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import { need } from "../../operations/access.js";
import { validateTicket } from "../../operations/validate-ticket.js";
import { writeTickets } from "../../operations/write-tickets.js";
import { CREATING } from "../../operations/writing.js";
import { searchTickets } from "../../operations/search-tickets.js";
import { PageArgs } from "../common/page.args.js";
import { pageOf, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import type { Context } from "../context.js";
import { findNode } from "../find-node.js";
import { bulkRequests, placed } from "./bulk-requests.js";
import { BulkCreateTicketsInput } from "./bulk-create-tickets.input.js";
import { BulkCreateTicketsPayload } from "./bulk-create-tickets.payload.js";
import { CreateTicketInput, newTicketOf } from "./create-ticket.input.js";
import { CreateTicketPayload } from "./create-ticket.payload.js";
import { keyGiven } from "./idempotency-key.js";
import { partsOfPage, partsOfTicket } from "./parts-in.js";
import { TicketPage, TicketType } from "./ticket.type.js";
import { TicketValidation } from "./ticket-validation.type.js";
import { DEFAULT_CONNECTION } from "../common/where.js";

@ArgsType()
class SearchArgs extends PageArgs {
  @Field(() => ID, {
    nullable: true,
    description: `Where to search. ${DEFAULT_CONNECTION}`,
  })
  connectionId?: string | null;

  @Field({ description: 'In the language that `capabilities.search` names: project = PLAT AND status = "To Do".' })
  query!: string;
}

@Resolver()
export class TicketResolver {
  @Query(() => TicketType, { nullable: true, description: "One ticket by its id; null where there is none." })
  async ticket(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The ticket's id, as this API gave it." }) id: string,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TicketType | null> {
    need(context.caller, "tickets:read");
    const node = await findNode(context, id, partsOfTicket(info));
    return node instanceof TicketType ? node : null;
  }

  @Query(() => TicketPage, { description: "Live search in the vendor's own language (JQL for Jira)." })
  async searchTickets(
    @Ctx() { kernel, caller, view }: Context,
    @Args(() => SearchArgs) args: Ref<SearchArgs>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PageOf<TicketType>> {
    const { connection, listing } = await searchTickets(
      kernel,
      caller,
      args.connectionId,
      args.query,
      args,
      partsOfPage(info),
    );
    const seen = view(connection);
    return pageOf(listing, (ticket) => seen.sawTicket(ticket));
  }

  @Query(() => TicketValidation, {
    description:
      "The dry run of createTicket: what would be refused and why, with the allowed values; nothing is written.",
  })
  async validateTicket(
    @Ctx() { kernel, caller }: Context,
    @Arg("input", () => CreateTicketInput, { description: "The ticket." }) input: Ref<CreateTicketInput>,
  ): Promise<TicketValidation> {
    return new TicketValidation(await validateTicket(kernel, caller, input.connectionId, newTicketOf(input)));
  }

  @Mutation(() => CreateTicketPayload, { description: "Creates one ticket." })
  async createTicket(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("input", () => CreateTicketInput, { description: "The ticket." }) input: Ref<CreateTicketInput>,
  ): Promise<CreateTicketPayload> {
    const idempotencyKey = keyGiven(input.idempotencyKey, caller.idempotencyKey);
    const request = { connectionId: input.connectionId, ticket: newTicketOf(input), idempotencyKey };
    const [result] = await writeTickets(kernel, caller, CREATING, null, [request]);
    if (!result) throw new Error("A ticket got no result.");
    return new CreateTicketPayload(view(result.connection), result);
  }

  @Mutation(() => BulkCreateTicketsPayload, {
    description: "Creates 1 to 50 tickets (the ceiling is configurable) and answers when every one has an outcome.",
  })
  async bulkCreateTickets(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("input", () => BulkCreateTicketsInput, { description: "The tickets." }) input: Ref<BulkCreateTicketsInput>,
  ): Promise<BulkCreateTicketsPayload> {
    const shared = keyGiven(input.idempotencyKey, caller.idempotencyKey);
    const requests = bulkRequests(input.tickets, kernel.limits.bulkSyncMax, shared, newTicketOf);
    const results = await writeTickets(kernel, caller, CREATING, input.connectionId, requests);
    return new BulkCreateTicketsPayload(placed(results), ({ connection }) => view(connection));
  }
}
