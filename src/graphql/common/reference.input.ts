import { Field, ID, InputType } from "type-graphql";

@InputType("RefInput", { description: "Exactly one: the id of this API, or the vendor's own id or key." })
export class RefInput {
  @Field(() => ID, { nullable: true, description: "An id that this API gave." })
  id?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The vendor's own id, or the key that people read (PLAT, PLAT-42).",
  })
  vendorId?: string | null;
}

@InputType("IssueTypeRefInput", {
  description: "Exactly one: an issue type by id, by the vendor's id, or by its name in the project.",
})
export class IssueTypeRefInput {
  @Field(() => ID, { nullable: true, description: "An id that this API gave." })
  id?: string | null;

  @Field(() => String, { nullable: true, description: "The vendor's own id." })
  vendorId?: string | null;

  @Field(() => String, { nullable: true, description: "The name in the project, in any case: Bug." })
  name?: string | null;
}
