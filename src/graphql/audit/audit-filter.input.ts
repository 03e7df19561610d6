import { Field, ID, InputType } from "type-graphql";
import { DateTime } from "../common/scalars.js";

@InputType("AuditFilter", { description: "Which entries are wanted: those of which all that is given is true." })
export class AuditFilterInput {
  @Field(() => String, { nullable: true, description: "Who: the key's stable id, as entries have it." })
  actorId?: string | null;

  @Field(() => String, { nullable: true, description: "What: the mutation's name." })
  action?: string | null;

  @Field(() => ID, { nullable: true, description: "On which connection." })
  connectionId?: string | null;

  @Field(() => ID, { nullable: true, description: "To which ticket." })
  ticketId?: string | null;

  @Field(() => String, { nullable: true, description: "To what else: a key, a job, an idempotency key." })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: "With which outcome." })
  outcome?: string | null;

  @Field(() => DateTime, { nullable: true, description: "From this moment on." })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Before this moment." })
  to?: Date | null;
}
