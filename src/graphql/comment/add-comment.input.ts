import { Field, ID, InputType } from "type-graphql";
import type { NewComment } from "../../domain/new-comment.js";
import type { Reference } from "../../domain/new-ticket.js";
import type { TextFormat as Format } from "../../domain/rich-text.js";
import { TextFormat } from "../common/enums.js";
import type { Ref } from "../common/ref.js";
import { RefInput } from "../common/reference.input.js";
import { DEFAULT_CONNECTION } from "../common/where.js";

@InputType("AddCommentInput", { description: "Something to be said on a ticket." })
export class AddCommentInput {
  @Field(() => RefInput, { description: "Which ticket: by id, or by the key that people read." })
  ticket!: Ref<RefInput>;

  @Field(() => ID, {
    nullable: true,
    description: `Where the ticket is. ${DEFAULT_CONNECTION}`,
  })
  connectionId?: string | null;

  @Field({ description: "What is to be said." })
  body!: string;

  @Field(() => TextFormat, { defaultValue: "MARKDOWN", description: "How the body is written." })
  format!: Format;

  @Field(() => String, {
    nullable: true,
    description:
      "The same key and comment again gives the same comment again, never a second one. Defaults to the Idempotency-Key header, then to a key that is made and told in `delivery`. Kept for 30 days.",
  })
  idempotencyKey?: string | null;
}

/** What the caller asked for, in the domain's words. */
export function newCommentOf({ ticket, body, format }: AddCommentInput): NewComment {
  return { ticket: ticket as Reference, body: { text: body, format } };
}
