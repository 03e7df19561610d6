import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import { readGlobalId } from "../../domain/global-id.js";
import { RequestError } from "../../domain/request-error.js";
import { findConnection, need } from "../../operations/access.js";
import { createConnection, type KeptConnection } from "../../operations/connections/create-connection.js";
import { deleteConnection } from "../../operations/connections/delete-connection.js";
import { authorizeConnection, signInAddress } from "../../operations/connections/sign-in.js";
import { updateConnection } from "../../operations/connections/update-connection.js";
import { testConnection } from "../../operations/test-connection.js";
import type { Ref } from "../common/ref.js";
import type { Context } from "../context.js";
import { ConnectionTestType } from "./connection-test.type.js";
import { CreateConnectionInput, UpdateConnectionInput, wishOf } from "./connection.input.js";
import { ConnectionPayload } from "./connection.payload.js";
import { VendorConnectionType } from "./connection.type.js";

@Resolver()
export class ManageConnectionsResolver {
  @Mutation(() => ConnectionPayload, {
    description: "Makes a connection to a vendor, which can be used at once. testConnection says whether it works.",
  })
  async createConnection(
    @Ctx() context: Context,
    @Arg("input", () => CreateConnectionInput, { description: "The connection." }) input: Ref<CreateConnectionInput>,
  ): Promise<ConnectionPayload> {
    const { kernel, caller } = context;
    const { settings } = wishOf(input);
    if (!settings) throw new RequestError("BAD_USER_INPUT", "Give the settings of one vendor.");
    return payloadOf(context, await createConnection(kernel, caller, { ...input, settings }));
  }

  @Mutation(() => ConnectionPayload, {
    description: "Changes a connection that was made over this API. Calls under way end as they began.",
  })
  async updateConnection(
    @Ctx() context: Context,
    @Arg("input", () => UpdateConnectionInput, { description: "What changes." }) input: Ref<UpdateConnectionInput>,
  ): Promise<ConnectionPayload> {
    const { kernel, caller } = context;
    return payloadOf(context, await updateConnection(kernel, caller, ownId(input.id), wishOf(input)));
  }

  @Mutation(() => ConnectionPayload, {
    description:
      "Lets somebody sign in at the vendor anew, for a connection by OAuth: as after its permission was taken back there.",
  })
  async authorizeConnection(
    @Ctx() { kernel, caller, view }: Context,
    @Arg("id", () => ID, { description: "Which connection." }) id: string,
  ): Promise<ConnectionPayload> {
    const address = await authorizeConnection(kernel, caller, ownId(id));
    const open = findConnection(kernel, caller, id);
    return new ConnectionPayload(open ? new VendorConnectionType(view(open)) : null, address);
  }

  @Mutation(() => ID, {
    description:
      "Takes a connection away, with its credentials and the copies of its tickets; gives its id. What was written over it stays known.",
  })
  async deleteConnection(
    @Ctx() { kernel, caller }: Context,
    @Arg("id", () => ID, { description: "Which connection." }) id: string,
  ): Promise<string> {
    await deleteConnection(kernel, caller, ownId(id));
    return id;
  }

  @Mutation(() => ConnectionTestType, {
    description:
      "Tries a connection and says in plain words what is wrong: its address, its credentials, what its account may do. Writes nothing.",
  })
  async testConnection(
    @Ctx() { kernel, caller }: Context,
    @Arg("id", () => ID, { description: "Which connection." }) id: string,
  ): Promise<ConnectionTestType> {
    need(caller, "connections:admin");
    const connection = findConnection(kernel, caller, id);
    if (!connection) throw new RequestError("NOT_FOUND", `There is no connection "${id}".`);
    const test = await testConnection(connection);
    const failed = test.checks.filter(({ state }) => state === "FAILED").map(({ name }) => name);
    const outcome = test.ok ? "DONE" : "REFUSED";
    const act = { action: "testConnection", connectionId: connection.id, outcome, reason: failed.join(" ") || null };
    await kernel.audit(caller, [act]);
    return { ...test, checks: [...test.checks] };
  }
}

/** A connection may be named by its opaque id or by its own. */
function ownId(id: string): string {
  const read = readGlobalId(id);
  return read?.kind === "VendorConnection" ? read.connectionId : id;
}

async function payloadOf({ kernel, caller, view }: Context, kept: KeptConnection): Promise<ConnectionPayload> {
  if (!kept.connection) return new ConnectionPayload(null, null, kept.errors);
  const open = findConnection(kernel, caller, kept.connection.connectionId);
  const address = await signInAddress(kernel, kept.connection);
  return new ConnectionPayload(open ? new VendorConnectionType(view(open)) : null, address);
}
