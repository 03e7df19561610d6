import { Field, ObjectType } from "type-graphql";
import type { CreatedKey } from "../../operations/keys/create-key.js";
import { InputErrorType } from "../common/input-error.type.js";
import type { Ref } from "../common/ref.js";
import { ApiKeyType } from "./api-key.type.js";

@ObjectType("CreateApiKeyPayload", { description: "The new key, or what stood against it.", simpleResolvers: true })
export class CreateApiKeyPayload {
  @Field(() => ApiKeyType, { nullable: true, description: "What is known of the key; null where there is none." })
  readonly apiKey: Ref<ApiKeyType> | null;

  @Field(() => String, {
    nullable: true,
    description: "The key itself, for the header X-API-Key. It is told this once: keep it where secrets are kept.",
  })
  readonly key: string | null;

  @Field(() => [InputErrorType], { description: "Why there is none." })
  readonly errors: readonly InputErrorType[];

  constructor({ key, secret, errors }: CreatedKey) {
    this.apiKey = key && new ApiKeyType(key);
    this.key = secret;
    this.errors = errors;
  }
}
