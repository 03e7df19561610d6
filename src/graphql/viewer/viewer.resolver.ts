import { Ctx, Field, ID, ObjectType, Query, Resolver } from "type-graphql";
import type { Caller } from "../../domain/caller.js";
import { visibleConnections } from "../../operations/access.js";
import { VendorConnectionType } from "../connection/connection.type.js";
import type { Context } from "../context.js";

@ObjectType("Viewer", { description: "Who the caller is.", simpleResolvers: true })
class ViewerType {
  constructor(
    private readonly caller: Caller,
    private readonly usable: readonly VendorConnectionType[],
  ) {}

  @Field(() => ID, { description: "The tenant that the key belongs to." })
  get tenantId(): string {
    return this.caller.tenantId;
  }

  @Field({ description: "The key's name." })
  get name(): string {
    return this.caller.name;
  }

  @Field(() => [String], {
    description: "What the key may do: tickets:read, tickets:write, connections:admin, keys:admin.",
  })
  get scopes(): string[] {
    return [...this.caller.scopes];
  }

  @Field(() => [VendorConnectionType], { description: "The connections that the key can use." })
  get connections(): readonly VendorConnectionType[] {
    return this.usable;
  }
}

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerType, { description: "Who the caller is: tenant, key, scopes, connections." })
  viewer(@Ctx() { kernel, caller, view }: Context): ViewerType {
    const connections = visibleConnections(kernel, caller);
    return new ViewerType(
      caller,
      connections.map((connection) => new VendorConnectionType(view(connection))),
    );
  }
}
