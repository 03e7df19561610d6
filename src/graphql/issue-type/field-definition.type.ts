import { Field, ObjectType } from "type-graphql";
import type { FieldDefinition, FieldOption } from "../../domain/ticket.js";
import { FieldType } from "../common/enums.js";
import { Json } from "../common/scalars.js";

@ObjectType("FieldOption", { description: "A value that a field takes.", simpleResolvers: true })
class FieldOptionType implements FieldOption {
  @Field({ description: "The vendor's own id of the value." })
  readonly vendorId!: string;

  @Field({ description: "The value as people read it." })
  readonly name!: string;
}

@ObjectType("FieldDefinition", { description: "A field that a ticket of some type takes.", simpleResolvers: true })
export class FieldDefinitionType implements FieldDefinition {
  @Field({
    description:
      "The vendor's own id of the field: the key to use in `customFields`, unless the input has a field for it.",
  })
  readonly id!: string;

  @Field({ description: "The name as people read it." })
  readonly name!: string;

  @Field(() => FieldType, { description: "What it holds." })
  readonly type!: FieldDefinition["type"];

  @Field({ description: "Whether the vendor refuses a ticket without it." })
  readonly required!: boolean;

  @Field(() => Json, { nullable: true, description: "What the vendor fills in by itself." })
  readonly defaultValue!: unknown;

  @Field(() => [FieldOptionType], { description: "What can be given; empty where anything of the type can." })
  readonly allowedValues!: readonly FieldOptionType[];
}
