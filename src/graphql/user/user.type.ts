import { Field, ObjectType } from "type-graphql";
import { globalId } from "../../domain/global-id.js";
import type { User } from "../../domain/ticket.js";
import { NodeType } from "../common/node.type.js";
import { pageType } from "../common/page.type.js";
import type { Ref } from "../common/ref.js";
import { Url } from "../common/scalars.js";
import type { ConnectionView } from "../connection-view.js";
import { VendorConnectionType } from "../connection/connection.type.js";

@ObjectType("User", {
  description: "A person or an account at the vendor.",
  implements: NodeType,
  simpleResolvers: true,
})
export class UserType extends NodeType {
  /** Made once: many tickets of a page speak of the same. */
  override readonly id: string;

  constructor(
    private readonly view: ConnectionView,
    private readonly user: User,
  ) {
    super();
    this.id = globalId("User", view.connection.id, user.vendorId);
  }

  @Field(() => VendorConnectionType, { description: "The connection that knows this user." })
  get connection(): Ref<VendorConnectionType> {
    return new VendorConnectionType(this.view);
  }

  @Field(() => String, { description: "The vendor's own id: Jira's accountId, Request Tracker's user name." })
  get vendorId(): string {
    return this.user.vendorId;
  }

  @Field({ description: "The name as people read it." })
  get name(): string {
    return this.user.name;
  }

  @Field(() => String, { nullable: true, description: "Null where the vendor hides it." })
  get email(): string | null {
    return this.user.email;
  }

  @Field({ description: "Whether the user can still sign in." })
  get active(): boolean {
    return this.user.active;
  }

  @Field(() => Url, { nullable: true, description: "A picture." })
  get avatarUrl(): string | null {
    return this.user.avatarUrl;
  }
}

export const UserPage = pageType("User", () => UserType as never, "users");
