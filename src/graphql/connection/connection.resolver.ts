import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { findConnection, need, visibleConnections } from "../../operations/access.js";
import { Vendor } from "../common/enums.js";
import type { Context } from "../context.js";
import { VendorConnectionType } from "./connection.type.js";

@Resolver()
export class ConnectionResolver {
  @Query(() => [VendorConnectionType], { description: "The connections that the caller may use." })
  connections(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("vendor", () => Vendor, { nullable: true, description: "Only those to this vendor." }) vendor?: string | null,
  ): VendorConnectionType[] {
    need(caller, "tickets:read");
    return visibleConnections(kernel, caller)
      .filter(({ label }) => vendor == null || label === vendor)
      .map((connection) => new VendorConnectionType(view(connection)));
  }

  @Query(() => VendorConnectionType, { nullable: true, description: "One connection; null where there is none." })
  connection(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("id", () => ID, { description: "Its id, or the one it has in the configuration." }) id: string,
  ): VendorConnectionType | null {
    need(caller, "tickets:read");
    const connection = findConnection(kernel, caller, id);
    return connection ? new VendorConnectionType(view(connection)) : null;
  }
}
