import { Field, Info, ObjectType } from "type-graphql";
import type { GraphQLResolveInfo } from "graphql";
import type { WriteResult } from "../../operations/write-tickets.js";
import type { Ref } from "../common/ref.js";
import type { ConnectionView } from "../connection-view.js";
import { DeliveryType } from "../delivery/delivery.type.js";
import { createdTicket } from "./created-ticket.js";
import { TicketErrorType } from "./ticket-error.type.js";
import { TicketType } from "./ticket.type.js";

/** What became of one ticket, whatever was to be done with it. */
@ObjectType({ simpleResolvers: true })
abstract class WritePayload {
  constructor(
    private readonly view: ConnectionView,
    private readonly result: WriteResult,
  ) {
    if (result.ticket) view.readTicket(result.ticket);
  }

  @Field(() => TicketType, {
    nullable: true,
    simple: false,
    description: "The ticket as the vendor has it now; null where it was not written, or where that isn't known.",
  })
  async ticket(@Info() info: GraphQLResolveInfo): Promise<Ref<TicketType> | null> {
    const { ref } = this.result.delivery;
    return ref && createdTicket(this.view, ref, info);
  }

  @Field(() => [TicketErrorType], {
    description: "Why it was not written; beside a ticket: what the vendor left out of it.",
  })
  get errors(): readonly TicketErrorType[] {
    return this.result.delivery.errors;
  }

  @Field(() => DeliveryType, { description: "How sure it is, and the key by which to ask again." })
  get delivery(): Ref<DeliveryType> {
    return new DeliveryType(this.view, this.result.delivery);
  }
}

@ObjectType("CreateTicketPayload", { description: "What became of the ticket.", simpleResolvers: true })
export class CreateTicketPayload extends WritePayload {}

@ObjectType("UpdateTicketPayload", { description: "What became of the change.", simpleResolvers: true })
export class UpdateTicketPayload extends WritePayload {}
