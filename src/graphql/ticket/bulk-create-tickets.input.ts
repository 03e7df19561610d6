import { Field, ID, InputType } from "type-graphql";
import type { Ref } from "../common/ref.js";
import { CreateTicketInput } from "./create-ticket.input.js";

@InputType("BulkCreateTicketsInput", { description: "Tickets to be created." })
export class BulkCreateTicketsInput {
  @Field(() => ID, { nullable: true, description: "Where to create those that name no connection themselves." })
  connectionId?: string | null;

  @Field(() => [CreateTicketInput], {
    description: "The tickets, in the order in which the results come: 1 to 50 at once, 1 to 10,000 in a job.",
  })
  tickets!: Ref<CreateTicketInput>[];

  @Field(() => String, {
    nullable: true,
    description:
      "A key for all of them: each ticket that has none of its own gets this one with its number. Defaults to the Idempotency-Key header.",
  })
  idempotencyKey?: string | null;
}
