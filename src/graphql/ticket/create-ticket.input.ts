import { Field, ID, InputType } from "type-graphql";
import type { NewTicket, Reference } from "../../domain/new-ticket.js";
import type { TextFormat as Format } from "../../domain/rich-text.js";
import { TextFormat } from "../common/enums.js";
import type { Ref } from "../common/ref.js";
import { IssueTypeRefInput, RefInput } from "../common/reference.input.js";
import { DateTime, Json } from "../common/scalars.js";
import { VendorCreateInput, vendorFieldsOf } from "./vendor-create.input.js";
import { DEFAULT_CONNECTION } from "../common/where.js";

@InputType("CreateTicketInput", { description: "A ticket to be created. What is left out is left to the vendor." })
export class CreateTicketInput {
  @Field(() => ID, {
    nullable: true,
    description: `Where to create it. ${DEFAULT_CONNECTION}`,
  })
  connectionId?: string | null;

  @Field({ description: "The title." })
  name!: string;

  @Field(() => RefInput, { nullable: true, description: "Required unless the vendor has no projects." })
  project?: Ref<RefInput> | null;

  @Field(() => IssueTypeRefInput, { nullable: true, description: "Required unless the vendor has no issue types." })
  type?: Ref<IssueTypeRefInput> | null;

  @Field(() => String, { nullable: true, description: "The long text." })
  description?: string | null;

  @Field(() => TextFormat, { defaultValue: "MARKDOWN", description: "How the description is written." })
  descriptionFormat!: Format;

  @Field(() => String, {
    nullable: true,
    description: "The vendor's word for the status to create it in; see `capabilities.statusAtCreation`.",
  })
  status?: string | null;

  @Field(() => String, { nullable: true, description: "The vendor's word for the priority." })
  priority?: string | null;

  @Field(() => [RefInput], { nullable: true, description: "Who is to work on it." })
  assignees?: Ref<RefInput>[] | null;

  @Field(() => [RefInput], { nullable: true, description: "Who it is created for." })
  reporters?: Ref<RefInput>[] | null;

  @Field(() => RefInput, { nullable: true, description: "The ticket that it is a part of." })
  parent?: Ref<RefInput> | null;

  @Field(() => [String], { nullable: true, description: "Free words: Jira's labels." })
  tags?: string[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When it is due; vendors that know days only keep the day in UTC.",
  })
  dueDate?: Date | null;

  @Field(() => Json, {
    nullable: true,
    description:
      "The vendor's own fields as an object, by field id or by the name that people read (see `IssueType.fields`).",
  })
  customFields?: unknown;

  @Field(() => String, {
    nullable: true,
    description: "Tracking identifier of the caller's; generated as project-type-hash when absent.",
  })
  identifier?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The same key and ticket again gives the same answer again, never a second ticket. Defaults to the Idempotency-Key header, then to a key that is made and told in `delivery`. Kept for 30 days.",
  })
  idempotencyKey?: string | null;

  @Field(() => VendorCreateInput, {
    nullable: true,
    description: "What only the connection's vendor takes; another vendor's fields are refused.",
  })
  vendor?: object | null;
}

/** What the caller asked for, in the domain's words: null is as good as absent. */
export function newTicketOf(input: CreateTicketInput): NewTicket {
  const { name, project, type, description, descriptionFormat, status, priority, parent, dueDate, identifier } = input;
  return {
    name,
    ...(project && { project: project as Reference }),
    ...(type && { type: type as Reference }),
    ...(description && { description: { text: description, format: descriptionFormat } }),
    ...(status != null && { status }),
    ...(priority != null && { priority }),
    ...(parent && { parent: parent as Reference }),
    ...(dueDate && { dueDate }),
    ...(identifier != null && { identifier }),
    ...(input.vendor && { vendor: vendorFieldsOf(input.vendor) }),
    ...(input.customFields != null && { customFields: input.customFields }),
    assignees: input.assignees ?? [],
    reporters: input.reporters ?? [],
    tags: input.tags ?? [],
  };
}
