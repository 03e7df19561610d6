import { Field, ObjectType } from "type-graphql";
import type { Ticket } from "../../domain/ticket.js";
import { Vendor } from "../common/enums.js";
import { DateTime, Json } from "../common/scalars.js";
import type { ConnectionView } from "../connection-view.js";

@ObjectType("VendorAttributes", {
  description: "What the vendor said, before it was made common.",
  simpleResolvers: true,
})
export class VendorAttributesType {
  constructor(
    private readonly view: ConnectionView,
    private readonly ticket: Ticket,
  ) {}

  @Field(() => Vendor, { description: "Which vendor said it." })
  get vendor(): string {
    return this.view.connection.label;
  }

  @Field({ description: "The vendor's own id." })
  get id(): string {
    return this.ticket.vendorId;
  }

  @Field(() => DateTime, { nullable: true, description: "When the ticket was created at the vendor." })
  get createdAt(): Date | null {
    return this.ticket.createdAt;
  }

  @Field(() => DateTime, { nullable: true, description: "When it was last changed at the vendor." })
  get updatedAt(): Date | null {
    return this.ticket.updatedAt;
  }

  @Field(() => String, { nullable: true, description: "The vendor's name of the issue type." })
  async type(): Promise<string | null> {
    const { typeId } = this.ticket;
    return typeId === null ? null : ((await this.view.issueType(typeId))?.name ?? null);
  }

  @Field(() => String, { nullable: true, description: "The vendor's id of the issue type." })
  get typeId(): string | null {
    return this.ticket.typeId;
  }

  @Field(() => String, { nullable: true, description: "The vendor's word for the status." })
  get status(): string | null {
    return this.ticket.status;
  }

  @Field(() => String, { nullable: true, description: "The vendor's word for the priority." })
  get priority(): string | null {
    return this.ticket.priority;
  }

  @Field(() => Json, { description: "The vendor's record with its custom fields, under the vendor's own names." })
  get data(): Readonly<Record<string, unknown>> {
    return this.ticket.data;
  }
}
