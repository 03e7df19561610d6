import { Field, Int, ObjectType } from "type-graphql";
import type { Capabilities } from "../../connectors/capabilities.js";
import type { TextFormat as Format } from "../../domain/rich-text.js";
import { BulkMode, DeliveryGuarantee, SearchLanguage, TextFormat } from "../common/enums.js";

@ObjectType("Capabilities", {
  description: "What this vendor can do, as data: a form or a script can ask before it tries.",
  simpleResolvers: true,
})
export class CapabilitiesType {
  constructor(private readonly of: Capabilities) {}

  @Field({ description: "Whether tickets can be created." })
  get createTicket(): boolean {
    return this.of.batch.create > 0;
  }

  @Field({ description: "Whether tickets can be changed." })
  get updateTicket(): boolean {
    return this.of.update !== null;
  }

  @Field({ description: "Whether no ticket can be created without a project." })
  get projectRequired(): boolean {
    return this.of.draft.project === "required";
  }

  @Field({ description: "Whether no ticket can be created without a type." })
  get typeRequired(): boolean {
    return this.of.draft.type === "required";
  }

  @Field({ description: "Whether a ticket can be created in a status other than its workflow's first." })
  get statusAtCreation(): boolean {
    return this.of.draft.status;
  }

  @Field(() => BulkMode, { description: "How many tickets at once are taken." })
  get bulkCreate(): Capabilities["bulkCreate"] {
    return this.of.bulkCreate;
  }

  @Field(() => Int, { description: "How many tickets one call to the vendor creates at most." })
  get bulkCreateMax(): number {
    return this.of.batch.create;
  }

  @Field(() => SearchLanguage, {
    nullable: true,
    description: "What `searchTickets` takes; null where it can't search.",
  })
  get search(): Capabilities["search"] {
    return this.of.search;
  }

  @Field(() => DeliveryGuarantee, { description: "What is promised of a create whose answer is lost." })
  get guarantee(): Capabilities["guarantee"] {
    return this.of.guarantee;
  }

  @Field(() => TextFormat, { description: "The format in which the vendor keeps rich text." })
  get richText(): Format {
    return this.of.richText;
  }

  @Field({ description: "Whether comments can be read and written." })
  get comments(): boolean {
    return this.of.comments.read && this.of.comments.write;
  }

  @Field({ description: "Whether comments can be read, even where none can be added." })
  get readsComments(): boolean {
    return this.of.comments.read;
  }

  @Field({ description: "Whether attachments can be read, even where none can be added." })
  get readsAttachments(): boolean {
    return this.of.attachments.read;
  }

  @Field({ description: "Whether attachments can be read and written." })
  get attachments(): boolean {
    return this.of.attachments.read && this.of.attachments.write;
  }

  @Field({ description: "Whether the vendor can tell of changes by itself, or be made to by a script of yours." })
  get webhooks(): boolean {
    return this.of.webhooks;
  }

  @Field({ description: "Whether its tickets can be copied into the synced store, for the query `tickets`." })
  get sync(): boolean {
    return this.of.sync;
  }

  @Field({ description: "Whether `IssueType.fields` can be asked." })
  get fieldDiscovery(): boolean {
    return this.of.fieldDiscovery;
  }
}
