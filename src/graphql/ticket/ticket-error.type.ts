import { Field, Int, ObjectType } from "type-graphql";
import type { TicketError } from "../../domain/ticket-error.js";
import { TicketErrorCode } from "../common/enums.js";

@ObjectType("TicketError", {
  description:
    "Why one ticket was not written, or not written whole. Request-level faults (not signed in, no such connection, limits) are GraphQL errors instead.",
  simpleResolvers: true,
})
export class TicketErrorType implements TicketError {
  @Field(() => TicketErrorCode, { description: "What kind of trouble it is." })
  readonly code!: TicketError["code"];

  @Field({ description: "What is wrong and what to do, for people." })
  readonly message!: string;

  @Field(() => [String], { description: 'Where in the input: ["tickets", "3", "customFields", "customfield_10010"].' })
  readonly path!: readonly string[];

  @Field(() => [String], { description: "What could have been given, where that is known." })
  readonly allowedValues!: readonly string[];

  @Field({ description: "Whether the same input may succeed later." })
  readonly retryable!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: "The HTTP status of the vendor's refusal; null where the vendor wasn't asked.",
  })
  readonly vendorStatus!: number | null;
}
