import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { RequestError } from "../../domain/request-error.js";
import { need } from "../../operations/access.js";
import type { Context } from "../context.js";
import { findNode } from "../find-node.js";
import { partsOfTicket } from "../ticket/parts-in.js";
import { NodeType } from "./node.type.js";

/** How many ids one `nodes` takes. */
const NODES_MAX = 100;

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, { nullable: true, description: "Whatever has this id; null where nothing has." })
  node(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "An id that this API gave." }) id: string,
    @Info() info: GraphQLResolveInfo,
  ): Promise<NodeType | null> {
    need(context.caller, "tickets:read");
    return findNode(context, id, partsOfTicket(info));
  }

  @Query(() => [NodeType], {
    nullable: "items",
    description: "Whatever has these ids, in their order, null where nothing has; at most 100.",
  })
  nodes(
    @Ctx() context: Context,
    @Arg("ids", () => [ID], { description: "Ids that this API gave, of any kinds." }) ids: string[],
    @Info() info: GraphQLResolveInfo,
  ): Promise<(NodeType | null)[]> {
    need(context.caller, "tickets:read");
    if (ids.length > NODES_MAX)
      throw new RequestError("BAD_USER_INPUT", `nodes takes at most ${NODES_MAX} ids; ${ids.length} were given.`);
    const parts = partsOfTicket(info);
    return Promise.all(ids.map((id) => findNode(context, id, parts)));
  }
}
