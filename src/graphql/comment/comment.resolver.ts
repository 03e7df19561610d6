import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { writeTickets } from "../../operations/write-tickets.js";
import { COMMENTING } from "../../operations/writing.js";
import type { Ref } from "../common/ref.js";
import type { Context } from "../context.js";
import { keyGiven } from "../ticket/idempotency-key.js";
import { AddCommentInput, newCommentOf } from "./add-comment.input.js";
import { AddCommentPayload } from "./add-comment.payload.js";

@Resolver()
export class CommentResolver {
  @Mutation(() => AddCommentPayload, {
    description: "Adds a comment to a ticket; in Request Tracker one that only those see who work on it.",
  })
  async addComment(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("input", () => AddCommentInput, { description: "The comment." }) input: Ref<AddCommentInput>,
  ): Promise<AddCommentPayload> {
    const idempotencyKey = keyGiven(input.idempotencyKey, caller.idempotencyKey);
    const request = { connectionId: input.connectionId, ticket: newCommentOf(input), idempotencyKey };
    const [result] = await writeTickets(kernel, caller, COMMENTING, null, [request]);
    if (!result) throw new Error("A comment got no result.");
    return new AddCommentPayload(view(result.connection), result);
  }
}
