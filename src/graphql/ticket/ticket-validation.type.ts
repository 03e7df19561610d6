import { Field, ObjectType } from "type-graphql";
import type { TicketError } from "../../domain/ticket-error.js";
import { TicketErrorType } from "./ticket-error.type.js";

@ObjectType("TicketValidation", { description: "What a dry run found.", simpleResolvers: true })
export class TicketValidation {
  @Field({ description: "Whether nothing was found; the vendor may still refuse what only it knows." })
  readonly valid: boolean;

  @Field(() => [TicketErrorType], { description: "What would be refused, with its place and what could be given." })
  readonly errors: readonly TicketError[];

  constructor(errors: readonly TicketError[]) {
    this.valid = errors.length === 0;
    this.errors = errors;
  }
}
