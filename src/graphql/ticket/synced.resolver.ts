import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from "graphql";
import { Arg, Args, ArgsType, Ctx, Field, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import type { TicketOrder } from "../../domain/ticket-filter.js";
import { visibleConnections } from "../../operations/access.js";
import { countSynced, listSynced } from "../../operations/sync/list-synced.js";
import { startSync } from "../../operations/sync/start-sync.js";
import { PageArgs } from "../common/page.args.js";
import { pageOf, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { VendorConnectionType } from "../connection/connection.type.js";
import type { Context } from "../context.js";
import { partsOfPage } from "./parts-in.js";
import { askedFilterOf, TicketFilter, TicketOrderInput } from "./ticket-filter.input.js";
import { TicketPage, type TicketType } from "./ticket.type.js";

@ArgsType()
class TicketsArgs extends PageArgs {
  @Field(() => TicketFilter, { nullable: true, description: "Which ones; all without it." })
  filter?: Ref<TicketFilter> | null;

  @Field(() => TicketOrderInput, {
    nullable: true,
    description: "In which order; the latest changed first without it.",
  })
  orderBy?: Ref<TicketOrderInput> | null;
}

const LATEST_FIRST: TicketOrder = { field: "UPDATED_AT", direction: "DESC" };

@Resolver()
export class SyncedResolver {
  @Query(() => TicketPage, {
    description:
      "Tickets of the synced store, across every connection that the caller may see: no vendor is asked, and each ticket says how fresh it is (`syncedAt`). `totalCount` counts every one, so ask for it only where it is needed.",
  })
  async tickets(
    @Ctx() { kernel, caller, view }: Context,
    @Args(() => TicketsArgs) args: Ref<TicketsArgs>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PageOf<TicketType>> {
    const connections = visibleConnections(kernel, caller);
    const filter = askedFilterOf(args.filter, connections);
    const [listing, total] = await Promise.all([
      listSynced(kernel, caller, filter, args.orderBy ?? LATEST_FIRST, args, partsOfPage(info).has("parentId")),
      selects(info, "totalCount") ? countSynced(kernel, caller, filter) : null,
    ]);
    const byId = new Map(connections.map((connection) => [connection.id, connection]));
    for (const thing of listing.things) {
      const connection = byId.get(thing.connectionId);
      if (connection) view(connection).sawThing(thing);
    }
    for (const { connection, ticket } of listing.parents) view(connection).readTicket(ticket);
    return pageOf({ ...listing, total }, ({ connection, ticket }) => view(connection).sawTicket(ticket));
  }

  @Mutation(() => VendorConnectionType, {
    description:
      "Copies a connection's tickets into the store, or what changed since the last time, as soon as a worker is free; `sync` tells how it gets on.",
  })
  async syncConnection(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("id", () => ID, { description: "Which connection." }) id: string,
    @Arg("full", () => Boolean, {
      defaultValue: false,
      description: "Everything anew, so that what is gone at the vendor is taken out.",
    })
    full: boolean,
  ): Promise<VendorConnectionType> {
    return new VendorConnectionType(view(await startSync(kernel, caller, id, full)));
  }
}

/** Whether a field is asked for, directly or by a fragment. */
function selects(info: GraphQLResolveInfo, name: string): boolean {
  const within = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).some((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return (selection as FieldNode).name.value === name;
        case Kind.INLINE_FRAGMENT:
          return within(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD:
          return within(info.fragments[selection.name.value]?.selectionSet);
      }
    });
  return info.fieldNodes.some(({ selectionSet }) => within(selectionSet));
}
