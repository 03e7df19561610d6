import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { readGlobalId } from "../../domain/global-id.js";
import { createKey } from "../../operations/keys/create-key.js";
import { readKeys } from "../../operations/keys/read-keys.js";
import { revokeKey } from "../../operations/keys/revoke-key.js";
import { PageArgs } from "../common/page.args.js";
import { pageOf, type PageOf } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import type { Context } from "../context.js";
import { ApiKeyPage, ApiKeyType } from "./api-key.type.js";
import { CreateApiKeyInput } from "./create-api-key.input.js";
import { CreateApiKeyPayload } from "./create-api-key.payload.js";

@Resolver()
export class ApiKeyResolver {
  @Query(() => ApiKeyPage, {
    description: "The tenant's API keys: those of the configuration, then those that were created, the latest first.",
  })
  async apiKeys(
    @Ctx() { kernel, caller }: Context,
    @Args(() => PageArgs) args: Ref<PageArgs>,
  ): Promise<PageOf<ApiKeyType>> {
    return pageOf(await readKeys(kernel, caller, args), (key) => new ApiKeyType(key));
  }

  @Mutation(() => CreateApiKeyPayload, {
    description: "Creates an API key, which opens this API at once. It can do no more than the key that creates it.",
  })
  async createApiKey(
    @Ctx() { kernel, caller }: Context,
    @Arg("input", () => CreateApiKeyInput, { description: "The key." }) input: Ref<CreateApiKeyInput>,
  ): Promise<CreateApiKeyPayload> {
    return new CreateApiKeyPayload(await createKey(kernel, caller, input));
  }

  @Mutation(() => ApiKeyType, {
    description:
      "Takes a key away for good, on every replica within 5 seconds, its subscriptions too. A key may revoke itself: this answer is then its last. Revoking twice changes nothing.",
  })
  async revokeApiKey(
    @Ctx() { kernel, caller }: Context,
    @Arg("id", () => ID, { description: "The key's id, as apiKeys gives it." }) id: string,
  ): Promise<ApiKeyType> {
    const read = readGlobalId(id);
    return new ApiKeyType(await revokeKey(kernel, caller, read?.kind === "ApiKey" ? read.vendorId : id, id));
  }
}
