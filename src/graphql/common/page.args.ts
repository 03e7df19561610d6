import { ArgsType, Field, Int } from "type-graphql";

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 50, description: "How many, 1 to 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "A cursor that an earlier page gave." })
  after?: string | null;
}

/** For lists within a thing, which is itself one of many. */
@ArgsType()
export class PartPageArgs extends PageArgs {
  @Field(() => Int, { defaultValue: 20, description: "How many, 1 to 100." })
  declare first: number;
}

@ArgsType()
export class TextPageArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: "Words that the name or key holds; all without it." })
  query?: string | null;
}
