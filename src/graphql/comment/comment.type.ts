import { Arg, Field, ObjectType } from "type-graphql";
import { partGlobalId } from "../../domain/global-id.js";
import type { TextFormat as Format } from "../../domain/rich-text.js";
import type { Comment, VendorId } from "../../domain/ticket.js";
import { TextFormat } from "../common/enums.js";
import { NodeType } from "../common/node.type.js";
import { pageType } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { DateTime } from "../common/scalars.js";
import type { ConnectionView } from "../connection-view.js";
import { UserType } from "../user/user.type.js";

@ObjectType("Comment", {
  description: "What somebody said on a ticket.",
  implements: NodeType,
  simpleResolvers: true,
})
export class CommentType extends NodeType {
  constructor(
    private readonly view: ConnectionView,
    private readonly ticketId: VendorId,
    private readonly comment: Comment,
  ) {
    super();
  }

  get id(): string {
    return partGlobalId("Comment", this.view.connection.id, this.ticketId, this.comment.vendorId);
  }

  @Field({ description: "The vendor's own id; in Request Tracker the number of the transaction." })
  get vendorId(): string {
    return this.comment.vendorId;
  }

  @Field(() => UserType, {
    simple: false,
    nullable: true,
    description: "Who said it; null where the vendor doesn't tell.",
  })
  get author(): Ref<UserType> | Promise<Ref<UserType> | null> | null {
    return this.comment.authorId === null ? null : this.view.user(this.comment.authorId);
  }

  @Field(() => String, { simple: false, description: "What was said." })
  body(
    @Arg("format", () => TextFormat, { defaultValue: "MARKDOWN", description: "How it is to be written." })
    format: Format,
  ): string {
    return this.comment.body.to(format);
  }

  @Field(() => DateTime, { nullable: true, description: "When it was said." })
  get createdAt(): Date | null {
    return this.comment.createdAt;
  }

  @Field(() => DateTime, { nullable: true, description: "When it was last changed." })
  get updatedAt(): Date | null {
    return this.comment.updatedAt;
  }
}

export const CommentPage = pageType("Comment", () => CommentType as never, "comments");
