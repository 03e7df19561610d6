import { Field, ID, InputType } from "type-graphql";

@InputType("CreateApiKeyInput", { description: "What a new API key is to be like." })
export class CreateApiKeyInput {
  @Field({
    description: "What it is called, 1 to 100 characters: no two keys of a tenant that aren't revoked share a name.",
  })
  name!: string;

  @Field(() => [String], {
    description:
      "What it may do: tickets:read, tickets:write, connections:admin, keys:admin. No more than the caller's own key.",
  })
  scopes!: string[];

  @Field(() => [ID], {
    nullable: true,
    description:
      "The connections that it is bound to, by their ids or those that they have in the configuration. Without it, those of the caller's own key: every one, future ones too, where that isn't bound.",
  })
  connectionIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: "Where its operations go that name no connection." })
  defaultConnectionId?: string | null;

  @Field(() => Date, { nullable: true, description: "When it is to stop opening anything; never without it." })
  expiresAt?: Date | null;
}
