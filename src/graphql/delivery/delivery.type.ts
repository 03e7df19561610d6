import { Field, Info, Int, ObjectType } from "type-graphql";
import type { GraphQLResolveInfo } from "graphql";
import type { Delivery } from "../../domain/delivery.js";
import { DeliveryGuarantee, DeliveryState } from "../common/enums.js";
import { pageType } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { DateTime } from "../common/scalars.js";
import type { ConnectionView } from "../connection-view.js";
import { VendorConnectionType } from "../connection/connection.type.js";
import { createdTicket } from "../ticket/created-ticket.js";
import { TicketErrorType } from "../ticket/ticket-error.type.js";
import { TicketType } from "../ticket/ticket.type.js";

@ObjectType("Delivery", {
  description: "What is known of one write: it is never told as rejected while it may have happened.",
  simpleResolvers: true,
})
export class DeliveryType {
  constructor(
    private readonly view: ConnectionView,
    private readonly delivery: Delivery,
  ) {}

  @Field({ description: "The caller's key, or the one that was made: ask for the delivery by it." })
  get idempotencyKey(): string {
    return this.delivery.idempotencyKey;
  }

  @Field(() => VendorConnectionType, { description: "The connection that the write goes through." })
  get connection(): Ref<VendorConnectionType> {
    return new VendorConnectionType(this.view);
  }

  @Field(() => DeliveryState, { description: "How far it is." })
  get state(): Delivery["state"] {
    return this.delivery.state;
  }

  @Field(() => DeliveryGuarantee, { description: "What is promised of this write when an answer is lost." })
  get guarantee(): Delivery["guarantee"] {
    return this.delivery.guarantee;
  }

  @Field(() => Int, { description: "How often it was sent; 0 where it was refused before." })
  get attempts(): number {
    return this.delivery.attempts;
  }

  @Field(() => String, {
    nullable: true,
    description: 'How a lost answer was made up for: "marker" (the ticket was found by it), "person"; else null.',
  })
  get reconciledBy(): string | null {
    return this.delivery.reconciledBy;
  }

  @Field(() => TicketType, { nullable: true, simple: false, description: "The ticket, where there is one." })
  async ticket(@Info() info: GraphQLResolveInfo): Promise<Ref<TicketType> | null> {
    return this.delivery.ref && createdTicket(this.view, this.delivery.ref, info);
  }

  @Field(() => [TicketErrorType], { description: "Why there is none, or what was left out of it." })
  get errors(): readonly TicketErrorType[] {
    return this.delivery.errors;
  }

  @Field(() => DateTime, { description: "When it was first asked for." })
  get createdAt(): Date {
    return this.delivery.createdAt;
  }

  @Field(() => DateTime, { description: "When it last changed." })
  get updatedAt(): Date {
    return this.delivery.updatedAt;
  }
}

export const DeliveryPage = pageType("Delivery", () => DeliveryType as never, "deliveries");
