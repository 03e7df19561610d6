import { Field, Info, ObjectType } from "type-graphql";
import type { GraphQLResolveInfo } from "graphql";
import type { WriteResult } from "../../operations/write-tickets.js";
import type { Ref } from "../common/ref.js";
import type { ConnectionView } from "../connection-view.js";
import { DeliveryType } from "../delivery/delivery.type.js";
import { createdTicket } from "./created-ticket.js";
import { TicketErrorType } from "./ticket-error.type.js";
import { TicketType } from "./ticket.type.js";

@ObjectType("CreateTicketPayload", { description: "What became of the ticket.", simpleResolvers: true })
export class CreateTicketPayload {
  constructor(
    private readonly view: ConnectionView,
    private readonly result: WriteResult,
  ) {}

  @Field(() => TicketType, {
    nullable: true,
    simple: false,
    description: "The ticket as the vendor made it; null where it made none, or where that isn't known.",
  })
  async ticket(@Info() info: GraphQLResolveInfo): Promise<Ref<TicketType> | null> {
    const { ref } = this.result.delivery;
    return ref && createdTicket(this.view, ref, info);
  }

  @Field(() => [TicketErrorType], {
    description: "Why it was not created; beside a ticket: what the vendor left out of it.",
  })
  get errors(): readonly TicketErrorType[] {
    return this.result.delivery.errors;
  }

  @Field(() => DeliveryType, { description: "How sure it is, and the key by which to ask again." })
  get delivery(): Ref<DeliveryType> {
    return new DeliveryType(this.view, this.result.delivery);
  }
}

@ObjectType("UpdateTicketPayload", { description: "What became of the change.", simpleResolvers: true })
export class UpdateTicketPayload {
  constructor(
    private readonly view: ConnectionView,
    private readonly result: WriteResult,
  ) {}

  @Field(() => TicketType, {
    nullable: true,
    simple: false,
    description: "The ticket as it is now; null where it was not changed, or where that isn't known.",
  })
  async ticket(@Info() info: GraphQLResolveInfo): Promise<Ref<TicketType> | null> {
    const { ref } = this.result.delivery;
    return ref && createdTicket(this.view, ref, info);
  }

  @Field(() => [TicketErrorType], {
    description: "Why it was not changed; beside a ticket: which part of the change did not take.",
  })
  get errors(): readonly TicketErrorType[] {
    return this.result.delivery.errors;
  }

  @Field(() => DeliveryType, { description: "How sure it is, and the key by which to ask again." })
  get delivery(): Ref<DeliveryType> {
    return new DeliveryType(this.view, this.result.delivery);
  }
}
