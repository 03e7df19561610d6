import { Field, ID, Info, Int, ObjectType } from "type-graphql";
import type { GraphQLResolveInfo } from "graphql";
import type { DeliveryState } from "../../domain/delivery.js";
import { globalId } from "../../domain/global-id.js";
import type { WriteResult } from "../../operations/write-tickets.js";
import type { Ref } from "../common/ref.js";
import type { ConnectionView } from "../connection-view.js";
import { DeliveryType } from "../delivery/delivery.type.js";
import { createdTicket } from "./created-ticket.js";
import { TicketErrorType } from "./ticket-error.type.js";
import { TicketType } from "./ticket.type.js";

@ObjectType("BulkTicketResult", { description: "What became of one ticket of many.", simpleResolvers: true })
export class BulkTicketResult {
  constructor(
    private readonly view: ConnectionView,
    private readonly result: WriteResult,
    private readonly index: number,
  ) {}

  @Field({ description: "Whether the vendor made the ticket, or changed it." })
  get success(): boolean {
    return this.result.delivery.ref !== null;
  }

  @Field(() => Int, { description: "Which ticket of the request it is, counted from 0." })
  get requestIndex(): number {
    return this.index;
  }

  @Field(() => String, { nullable: true, description: "The tracking identifier that was given or generated." })
  get identifier(): string | null {
    return this.result.delivery.identifier;
  }

  @Field(() => ID, { nullable: true, description: "The ticket's id, at no further cost." })
  get ticketId(): string | null {
    return this.result.delivery.ref && globalId("Ticket", this.view.connection.id, this.result.delivery.ref.vendorId);
  }

  @Field(() => String, {
    nullable: true,
    description: "The vendor's key of the ticket, or its id where there are no keys.",
  })
  get vendorTicketId(): string | null {
    return this.result.delivery.ref && (this.result.delivery.ref.key ?? this.result.delivery.ref.vendorId);
  }

  @Field(() => TicketType, {
    nullable: true,
    simple: false,
    description: "The ticket as the vendor has it; null where it was not written, or where that isn't known.",
  })
  async ticket(@Info() info: GraphQLResolveInfo): Promise<Ref<TicketType> | null> {
    return this.result.delivery.ref && createdTicket(this.view, this.result.delivery.ref, info);
  }

  @Field(() => TicketErrorType, { nullable: true, description: "The first of the errors." })
  get error(): Ref<TicketErrorType> | null {
    return this.result.delivery.errors[0] ?? null;
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

/** The figures of a bulk write, whatever it did. */
@ObjectType({ simpleResolvers: true })
abstract class BulkPayload {
  @Field(() => [BulkTicketResult], { description: "One for each ticket, in request order." })
  readonly results: readonly BulkTicketResult[];

  @Field(() => Int, { description: "How many were asked for." })
  readonly total: number;

  @Field(() => Int, { description: "How many the vendor wrote." })
  readonly succeeded: number;

  @Field(() => Int, { description: "How many were surely not written." })
  readonly failed: number;

  @Field(() => Int, {
    description: "How many are under way, or may or may not have been written: `delivery.state` says which.",
  })
  readonly pending: number;

  constructor(results: readonly WriteResult[], view: (result: WriteResult) => ConnectionView) {
    const count = (state: DeliveryState): number => results.filter(({ delivery }) => delivery.state === state).length;
    this.results = results.map((result, index) => new BulkTicketResult(view(result), result, index));
    this.total = results.length;
    this.succeeded = count("DELIVERED");
    this.failed = count("REJECTED");
    this.pending = this.total - this.succeeded - this.failed;
  }
}

@ObjectType("BulkCreateTicketsPayload", { description: "What became of the tickets.", simpleResolvers: true })
export class BulkCreateTicketsPayload extends BulkPayload {}

@ObjectType("BulkUpdateTicketsPayload", { description: "What became of the changes.", simpleResolvers: true })
export class BulkUpdateTicketsPayload extends BulkPayload {}
