import { Field, ObjectType } from "type-graphql";
import type { InputError } from "../../domain/input-error.js";
import { InputErrorCode } from "./enums.js";

@ObjectType("InputError", {
  description:
    "What is wrong with an input, so that nothing was done. Faults of the whole request are GraphQL errors instead.",
  simpleResolvers: true,
})
export class InputErrorType implements InputError {
  @Field(() => InputErrorCode, { description: "What kind of trouble it is." })
  readonly code!: InputError["code"];

  @Field({ description: "What is wrong and what to do, for people." })
  readonly message!: string;

  @Field(() => [String], { description: 'Where in the input: ["scopes", "1"].' })
  readonly path!: readonly string[];

  @Field(() => [String], { description: "What could have been given, where that is known." })
  readonly allowedValues!: readonly string[];
}
