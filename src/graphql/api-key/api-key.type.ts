import { Ctx, Field, ObjectType, Root } from "type-graphql";
import { type ApiKey, stateOf } from "../../domain/api-key.js";
import { globalId } from "../../domain/global-id.js";
import { findConnection, visibleConnections } from "../../operations/access.js";
import { ApiKeySource, ApiKeyState } from "../common/enums.js";
import { NodeType } from "../common/node.type.js";
import { pageType } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { DateTime } from "../common/scalars.js";
import { VendorConnectionType } from "../connection/connection.type.js";
import type { Context } from "../context.js";
import { NO_CONNECTION } from "../job/bulk-job.type.js";

@ObjectType("ApiKey", {
  description: "A key that opens this API. The key itself is told once, by createApiKey, and kept nowhere.",
  implements: NodeType,
  simpleResolvers: true,
})
export class ApiKeyType extends NodeType {
  constructor(readonly key: ApiKey) {
    super();
  }

  get id(): string {
    return globalId("ApiKey", NO_CONNECTION, this.key.id);
  }

  @Field({ description: "What it is called." })
  get name(): string {
    return this.key.name;
  }

  @Field(() => ApiKeySource, { description: "Where it comes from." })
  get source(): ApiKey["source"] {
    return this.key.source;
  }

  @Field(() => ApiKeyState, { description: "Whether it opens anything now." })
  get state(): string {
    return stateOf(this.key, new Date());
  }

  @Field({ simple: false, description: "Whether it is the key of this very request." })
  isCurrent(@Root() { key }: ApiKeyType, @Ctx() { caller }: Context): boolean {
    return key.id === caller.keyId;
  }

  @Field(() => String, {
    nullable: true,
    description: "Its first characters, to tell keys apart; null for one of the configuration.",
  })
  get prefix(): string | null {
    return this.key.prefix;
  }

  @Field(() => [String], {
    description: "What it may do: tickets:read, tickets:write, connections:admin, keys:admin.",
  })
  get scopes(): readonly string[] {
    return this.key.scopes;
  }

  @Field(() => [VendorConnectionType], {
    nullable: true,
    simple: false,
    description:
      "The connections that it is bound to, as far as the caller may use them too; null where it may use every one.",
  })
  connections(
    @Root() { key }: ApiKeyType,
    @Ctx() { kernel, caller, view }: Context,
  ): Ref<VendorConnectionType>[] | null {
    const { connections } = key;
    if (connections === "all") return null;
    return visibleConnections(kernel, caller)
      .filter(({ id }) => connections.includes(id))
      .map((connection) => new VendorConnectionType(view(connection)));
  }

  @Field(() => VendorConnectionType, {
    nullable: true,
    simple: false,
    description: "Where operations go that name no connection.",
  })
  defaultConnection(
    @Root() { key }: ApiKeyType,
    @Ctx() { kernel, caller, view }: Context,
  ): Ref<VendorConnectionType> | null {
    const found = key.defaultConnection === null ? undefined : findConnection(kernel, caller, key.defaultConnection);
    return found ? new VendorConnectionType(view(found)) : null;
  }

  @Field(() => DateTime, { nullable: true, description: "When it was created; null for one of the configuration." })
  get createdAt(): Date | null {
    return this.key.createdAt;
  }

  @Field(() => String, {
    nullable: true,
    description: "The name of the key, or the subject of the token, that created it.",
  })
  get createdBy(): string | null {
    return this.key.createdBy;
  }

  @Field(() => DateTime, { nullable: true, description: "When it stops to open anything; null: never." })
  get expiresAt(): Date | null {
    return this.key.expiresAt;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: "When it was last used, to the minute; null where it never was, and for one of the configuration.",
  })
  get lastUsedAt(): Date | null {
    return this.key.lastUsedAt;
  }

  @Field(() => DateTime, { nullable: true, description: "When it was revoked." })
  get revokedAt(): Date | null {
    return this.key.revokedAt;
  }

  @Field(() => String, {
    nullable: true,
    description: "The name of the key, or the subject of the token, that revoked it.",
  })
  get revokedBy(): string | null {
    return this.key.revokedBy;
  }
}

export const ApiKeyPage = pageType("ApiKey", () => ApiKeyType as never, "API keys");
