import { Field, ID, InputType } from "type-graphql";
import type { NewChange } from "../../domain/new-change.js";
import type { Reference } from "../../domain/new-ticket.js";
import type { TextFormat as Format } from "../../domain/rich-text.js";
import type { StatusCategory as Category } from "../../domain/ticket.js";
import { StatusCategory, TextFormat } from "../common/enums.js";
import type { Ref } from "../common/ref.js";
import { RefInput } from "../common/reference.input.js";
import { DateTime, Json } from "../common/scalars.js";
import { DEFAULT_CONNECTION } from "../common/where.js";

@InputType("UpdateTicketInput", {
  description:
    "A ticket to be changed: what is left out is left alone, null clears. What a vendor can't change is refused by its place before any call.",
})
export class UpdateTicketInput {
  @Field(() => RefInput, { description: "Which ticket: by id, or by the key that people read." })
  ticket!: Ref<RefInput>;

  @Field(() => ID, {
    nullable: true,
    description: `Where the ticket is. ${DEFAULT_CONNECTION}`,
  })
  connectionId?: string | null;

  @Field(() => String, { nullable: true, description: "The title." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "The long text; null takes it away." })
  description?: string | null;

  @Field(() => TextFormat, { defaultValue: "MARKDOWN", description: "How the description is written." })
  descriptionFormat!: Format;

  @Field(() => String, {
    nullable: true,
    description:
      "The vendor's word for the status; where there is a workflow, the gateway finds the steps that lead to it.",
  })
  status?: string | null;

  @Field(() => StatusCategory, { nullable: true, description: "Instead of a status: whichever means this." })
  statusCategory?: Category | null;

  @Field(() => String, { nullable: true, description: "The vendor's word for the priority; null clears it." })
  priority?: string | null;

  @Field(() => [RefInput], {
    nullable: true,
    description: "Who is to work on it, and nobody else; an empty list, or null, for nobody.",
  })
  assignees?: Ref<RefInput>[] | null;

  @Field(() => RefInput, { nullable: true, description: "The ticket that it is a part of; null takes it out." })
  parent?: Ref<RefInput> | null;

  @Field(() => [String], { nullable: true, description: "All of its free words; an empty list, or null, for none." })
  tags?: string[] | null;

  @Field(() => DateTime, { nullable: true, description: "When it is due; null for never." })
  dueDate?: Date | null;

  @Field(() => Json, {
    nullable: true,
    description: "The vendor's own fields as an object, by field id or name; a field that isn't named is left alone.",
  })
  customFields?: unknown;

  @Field(() => String, {
    nullable: true,
    description:
      "`Ticket.revision` as you know it: a change that somebody else made since is not overwritten, but told as CONFLICT.",
  })
  revision?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The same key and change again gives the same answer again, and changes nothing twice. Defaults to the Idempotency-Key header, then to a key that is made and told in `delivery`. Kept for 30 days.",
  })
  idempotencyKey?: string | null;
}

@InputType("BulkUpdateTicketsInput", { description: "Tickets to be changed, each to its own values." })
export class BulkUpdateTicketsInput {
  @Field(() => ID, { nullable: true, description: "Where those are that name no connection themselves." })
  connectionId?: string | null;

  @Field(() => [UpdateTicketInput], {
    description: "The changes, in the order in which the results come: 1 to 50 at once, 1 to 10,000 in a job.",
  })
  tickets!: Ref<UpdateTicketInput>[];

  @Field(() => String, {
    nullable: true,
    description:
      "A key for all of them: each change that has none of its own gets this one with its number. Defaults to the Idempotency-Key header.",
  })
  idempotencyKey?: string | null;
}

/** What the caller asked for, in the domain's words; for what can't be cleared null is as good as absent. */
export function newChangeOf(input: UpdateTicketInput): NewChange {
  const { ticket, name, description, descriptionFormat, status, statusCategory, priority, parent, dueDate, revision } =
    input;
  const { assignees, tags, customFields } = input;
  return {
    ticket: ticket as Reference,
    ...(name != null && { name }),
    ...(description !== undefined && {
      description: description ? { text: description, format: descriptionFormat } : null,
    }),
    ...(status != null && { status }),
    ...(statusCategory != null && { statusCategory }),
    ...(priority !== undefined && { priority }),
    ...(assignees !== undefined && { assignees: (assignees ?? []) as Reference[] }),
    ...(parent !== undefined && { parent: parent as Reference | null }),
    ...(tags !== undefined && { tags: tags ?? [] }),
    ...(dueDate !== undefined && { dueDate }),
    ...(customFields != null && { customFields }),
    ...(revision != null && { revision }),
  };
}
