import { Arg, Args, ArgsType, Ctx, Field, ID, Mutation, Query, Resolver } from "type-graphql";
import type { DeliveryState as State } from "../../domain/delivery.js";
import { listDeliveries, readDelivery } from "../../operations/read-deliveries.js";
import { resolveDelivery } from "../../operations/resolve-delivery.js";
import { DeliveryState } from "../common/enums.js";
import { PageArgs } from "../common/page.args.js";
import { pageOf, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import type { Context } from "../context.js";
import { DeliveryPage, DeliveryType } from "./delivery.type.js";
import { decisionOf, ResolveDeliveryInput } from "./resolve-delivery.input.js";

@ArgsType()
class DeliveriesArgs extends PageArgs {
  @Field(() => DeliveryState, { nullable: true, description: "Only those in this state." })
  state?: State | null;

  @Field(() => ID, { nullable: true, description: "Only those of this connection." })
  connectionId?: string | null;
}

@Resolver()
export class DeliveryResolver {
  @Query(() => DeliveryType, {
    nullable: true,
    description: "The outcome of a write by its idempotency key, for a caller that lost the answer.",
  })
  async delivery(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("idempotencyKey", { description: "The key that was given, or that an answer told." }) key: string,
    @Arg("connectionId", () => ID, {
      nullable: true,
      description: "The connection of the write; defaults as everywhere.",
    })
    connectionId?: string,
  ): Promise<DeliveryType | null> {
    const found = await readDelivery(kernel, caller, connectionId, key);
    return found && new DeliveryType(view(found.connection), found.delivery);
  }

  @Query(() => DeliveryPage, { description: "Writes by state, the latest first: what needs a person is NEEDS_REVIEW." })
  async deliveries(
    @Ctx() { kernel, caller, view }: Context,
    @Args(() => DeliveriesArgs) args: Ref<DeliveriesArgs>,
  ): Promise<PageOf<DeliveryType>> {
    const listing = await listDeliveries(kernel, caller, args, args);
    return pageOf(listing, ({ connection, delivery }) => new DeliveryType(view(connection), delivery));
  }

  @Mutation(() => DeliveryType, { description: "A person settles a write whose outcome stayed unknown." })
  async resolveDelivery(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("input", () => ResolveDeliveryInput, { description: "What was found out or decided." })
    input: Ref<ResolveDeliveryInput>,
  ): Promise<DeliveryType> {
    const { of, decision } = decisionOf(input);
    const resolved = await resolveDelivery(kernel, caller, of.connectionId, of.idempotencyKey, decision);
    return new DeliveryType(view(resolved.connection), resolved.delivery);
  }
}
