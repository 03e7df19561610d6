import { Field, ObjectType } from "type-graphql";
import type { CheckState, ConnectionCheck, ConnectionCheckName, ConnectionTest } from "../../domain/connection-test.js";
import { ConnectionCheckKind, ConnectionCheckState } from "../common/enums.js";

@ObjectType("ConnectionCheck", { description: "One thing that was looked at.", simpleResolvers: true })
class ConnectionCheckType implements ConnectionCheck {
  @Field(() => ConnectionCheckKind, { description: "What was looked at." })
  readonly name!: ConnectionCheckName;

  @Field(() => ConnectionCheckState, { description: "What came of it." })
  readonly state!: CheckState;

  @Field({ description: "What was found and, where it failed, what to do." })
  readonly message!: string;
}

@ObjectType("ConnectionTest", { description: "What a test of a connection found.", simpleResolvers: true })
export class ConnectionTestType implements ConnectionTest {
  @Field({ description: "Whether nothing failed." })
  readonly ok!: boolean;

  @Field(() => [ConnectionCheckType], {
    description: "One of each kind, in the order in which they build on each other.",
  })
  readonly checks!: ConnectionCheckType[];
}
