import { Field, Float, ObjectType } from "type-graphql";
import { partGlobalId } from "../../domain/global-id.js";
import type { Attachment, VendorId } from "../../domain/ticket.js";
import { NodeType } from "../common/node.type.js";
import { DateTime, Url } from "../common/scalars.js";
import type { ConnectionView } from "../connection-view.js";

@ObjectType("Attachment", {
  description: "A file that hangs on a ticket. Upload one by POST /attachments/<id of the ticket>.",
  implements: NodeType,
  simpleResolvers: true,
})
export class AttachmentType extends NodeType {
  constructor(
    private readonly view: ConnectionView,
    private readonly ticketId: VendorId,
    private readonly attachment: Attachment,
  ) {
    super();
  }

  get id(): string {
    return partGlobalId("Attachment", this.view.connection.id, this.ticketId, this.attachment.vendorId);
  }

  @Field({ description: "The vendor's own id." })
  get vendorId(): string {
    return this.attachment.vendorId;
  }

  @Field({ description: "The file's name." })
  get name(): string {
    return this.attachment.name;
  }

  @Field(() => String, { nullable: true, description: "What kind of file it is: image/png." })
  get mediaType(): string | null {
    return this.attachment.mediaType;
  }

  @Field(() => Float, { nullable: true, description: "How long it is, in bytes; null where the vendor doesn't tell." })
  get size(): number | null {
    return this.attachment.size;
  }

  @Field(() => DateTime, { nullable: true, description: "When it was added." })
  get createdAt(): Date | null {
    return this.attachment.createdAt;
  }

  @Field(() => Url, {
    description:
      "An address of this gateway that streams the bytes with the caller's own rights: send the API key with the request.",
  })
  get url(): string {
    return `${this.view.origin}/attachments/${this.id}`;
  }
}
