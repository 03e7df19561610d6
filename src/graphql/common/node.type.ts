import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType("Node", {
  description:
    "Every object with an id: an opaque string that names the vendor connection, the kind and the vendor's own id.",
})
export abstract class NodeType {
  @Field(() => ID, { description: "The opaque id, the same after every restart." })
  abstract readonly id: string;
}
