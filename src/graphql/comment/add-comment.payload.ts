import type { GraphQLResolveInfo } from "graphql";
import { Field, Info, ObjectType } from "type-graphql";
import type { Comment } from "../../domain/ticket.js";
import type { WriteResult } from "../../operations/write-tickets.js";
import type { Ref } from "../common/ref.js";
import type { ConnectionView } from "../connection-view.js";
import { DeliveryType } from "../delivery/delivery.type.js";
import { selectsOnly } from "../ticket/created-ticket.js";
import { TicketErrorType } from "../ticket/ticket-error.type.js";
import { CommentType } from "./comment.type.js";

/** What is known of every comment that was added: who asks for no more costs the vendor no more. */
const KNOWN: ReadonlySet<string> = new Set(["__typename", "id", "vendorId"]);

@ObjectType("AddCommentPayload", { description: "What became of the comment.", simpleResolvers: true })
export class AddCommentPayload {
  constructor(
    private readonly view: ConnectionView,
    private readonly result: WriteResult,
  ) {}

  @Field(() => CommentType, {
    nullable: true,
    simple: false,
    description: "The comment as the vendor has it now; null where it was not added, or where that isn't known.",
  })
  async comment(@Info() info: GraphQLResolveInfo): Promise<Ref<CommentType> | null> {
    const { ref, commentId } = this.result.delivery;
    if (!ref || commentId === null) return null;
    if (info.fieldNodes.every((node) => selectsOnly(KNOWN, node.selectionSet, info)))
      return new CommentType(this.view, ref.vendorId, { vendorId: commentId } as Comment);
    return this.view.comment(ref.vendorId, commentId);
  }

  @Field(() => [TicketErrorType], { description: "Why it was not added." })
  get errors(): readonly TicketErrorType[] {
    return this.result.delivery.errors;
  }

  @Field(() => DeliveryType, { description: "How sure it is, and the key by which to ask again." })
  get delivery(): Ref<DeliveryType> {
    return new DeliveryType(this.view, this.result.delivery);
  }
}
