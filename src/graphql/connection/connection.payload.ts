import { Field, ObjectType } from "type-graphql";
import type { InputError } from "../../domain/input-error.js";
import { InputErrorType } from "../common/input-error.type.js";
import type { Ref } from "../common/ref.js";
import { Url } from "../common/scalars.js";
import { VendorConnectionType } from "./connection.type.js";

@ObjectType("ConnectionPayload", {
  description: "The connection as it is now, or what stood against it.",
  simpleResolvers: true,
})
export class ConnectionPayload {
  @Field(() => VendorConnectionType, {
    nullable: true,
    description: "Null where something stood against it, and until somebody has signed in at `authorizeUrl`.",
  })
  readonly connection: Ref<VendorConnectionType> | null;

  @Field(() => Url, {
    nullable: true,
    description:
      "Where somebody must sign in at the vendor, in a browser and within 10 minutes, before the connection can be used; null where that isn't needed.",
  })
  readonly authorizeUrl: string | null;

  @Field(() => [InputErrorType], { description: "Why it was not made or changed." })
  readonly errors: readonly InputError[];

  constructor(
    connection: VendorConnectionType | null,
    authorizeUrl: string | null = null,
    errors: readonly InputError[] = [],
  ) {
    this.connection = connection;
    this.authorizeUrl = authorizeUrl;
    this.errors = errors;
  }
}
