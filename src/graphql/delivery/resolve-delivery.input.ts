import { Field, ID, InputType } from "type-graphql";
import { RequestError } from "../../domain/request-error.js";
import type { Reference } from "../../domain/new-ticket.js";
import type { Decision } from "../../operations/resolve-delivery.js";
import type { Ref } from "../common/ref.js";
import { RefInput } from "../common/reference.input.js";

@InputType("ResolveOnly", { description: "Which write is meant." })
class ResolveOnly {
  @Field({ description: "The key of the write." })
  idempotencyKey!: string;

  @Field(() => ID, { nullable: true, description: "The connection of the write; defaults as everywhere." })
  connectionId?: string | null;
}

@InputType("ResolveDelivered", { description: "Which write is meant, and the ticket that it made." })
class ResolveDelivered extends ResolveOnly {
  @Field(() => RefInput, { description: "The ticket that a person found at the vendor." })
  ticket!: Ref<RefInput>;
}

@InputType("ResolveDeliveryInput", { description: "Exactly one: what a person found out or decided." })
export class ResolveDeliveryInput {
  @Field(() => ResolveDelivered, { nullable: true, description: "The vendor has made this ticket." })
  delivered?: Ref<ResolveDelivered> | null;

  @Field(() => ResolveOnly, { nullable: true, description: "The vendor has made none: send it once more." })
  resend?: Ref<ResolveOnly> | null;

  @Field(() => ResolveOnly, { nullable: true, description: "The vendor has made none, and none is wanted any more." })
  abandon?: Ref<ResolveOnly> | null;
}

/** Which write an input is about, and what is to become of it. */
export function decisionOf({ delivered, resend, abandon }: ResolveDeliveryInput): {
  of: ResolveOnly;
  decision: Decision;
} {
  if (delivered) return { of: delivered, decision: { kind: "delivered", ticket: delivered.ticket as Reference } };
  if (resend) return { of: resend, decision: { kind: "resend" } };
  if (abandon) return { of: abandon, decision: { kind: "abandon" } };
  throw new RequestError("BAD_USER_INPUT", "Give one of delivered, resend and abandon.");
}
