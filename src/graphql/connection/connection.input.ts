import { Field, Float, ID, InputType, Int } from "type-graphql";
import type { ConnectionWish } from "../../operations/connections/new-connection.js";
import { OnUnknown } from "../common/enums.js";
import type { Ref } from "../common/ref.js";
import { ConnectionSettingsInput, settingsGiven } from "./connection-settings.input.js";

@InputType("SyncPlanInput", { description: "How often a connection's tickets are copied into the store." })
class SyncPlanInput {
  @Field(() => Int, { defaultValue: 5, description: "How often what changed is read, in minutes; 1 to 1,440." })
  everyMinutes!: number;

  @Field(() => Int, {
    defaultValue: 24,
    description: "How often everything is read, so that what is gone is noticed, in hours; 1 to 8,760.",
  })
  fullEveryHours!: number;
}

@InputType("WebhookInput", { description: "How the vendor signs what it sends to /webhooks/<connection>." })
class WebhookInput {
  @Field({ description: "The secret that the vendor signs with, at least 16 characters. It is never told again." })
  secret!: string;

  @Field(() => String, {
    nullable: true,
    description: "The header with the HMAC-SHA256 of the body, for a vendor whose way of signing isn't known here.",
  })
  signatureHeader?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Where in the body the ticket\'s id is, for the same: ["data", "id"].',
  })
  ticketIdAt?: string[] | null;
}

@InputType("CreateConnectionInput", { description: "A new connection." })
export class CreateConnectionInput {
  @Field(() => String, {
    nullable: true,
    description: "A short id for headers and logs, such as acme-jira; made of the name when absent. It stays for ever.",
  })
  id?: string | null;

  @Field({ description: "The name as people read it." })
  name!: string;

  @Field(() => ConnectionSettingsInput, { description: "The vendor, where it is, and the credentials." })
  settings!: object;

  @Field(() => OnUnknown, {
    nullable: true,
    description: "What becomes of a write that isn't found though its answer was lost; by the vendor when absent.",
  })
  onUnknown?: "resend" | "review" | null;

  @Field(() => Float, {
    nullable: true,
    description: "How long one call to the vendor may take, in seconds, waits for its limits included; at most 600.",
  })
  timeoutSeconds?: number | null;

  @Field(() => SyncPlanInput, {
    nullable: true,
    description: "When its tickets are copied; never by itself when absent.",
  })
  sync?: Ref<SyncPlanInput> | null;

  @Field(() => WebhookInput, { nullable: true, description: "Lets the vendor tell of changes by itself." })
  webhook?: Ref<WebhookInput> | null;
}

@InputType("UpdateConnectionInput", {
  description: "What of a connection changes. What is left out stays as it is; null takes it away.",
})
export class UpdateConnectionInput {
  @Field(() => ID, { description: "Which connection." })
  id!: string;

  @Field(() => String, { nullable: true, description: "The name as people read it." })
  name?: string | null;

  @Field(() => ConnectionSettingsInput, {
    nullable: true,
    description:
      "Where the vendor is and the credentials, all of them anew: so nobody leads known credentials to another address.",
  })
  settings?: object | null;

  @Field(() => OnUnknown, {
    nullable: true,
    description: "What becomes of a write that isn't found though its answer was lost.",
  })
  onUnknown?: "resend" | "review" | null;

  @Field(() => Float, {
    nullable: true,
    description: "How long one call to the vendor may take, in seconds; at most 600.",
  })
  timeoutSeconds?: number | null;

  @Field(() => SyncPlanInput, { nullable: true, description: "When its tickets are copied." })
  sync?: Ref<SyncPlanInput> | null;

  @Field(() => WebhookInput, { nullable: true, description: "How the vendor signs what it sends." })
  webhook?: Ref<WebhookInput> | null;
}

/** An input as the operations take it. */
export function wishOf({ settings, ...rest }: CreateConnectionInput | UpdateConnectionInput): ConnectionWish {
  return { ...rest, ...(settings && { settings: settingsGiven(settings) }) };
}
