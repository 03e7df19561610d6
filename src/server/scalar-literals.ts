import {
  BREAK,
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** Whether a variable stands within what is written out for a scalar of ours, as in `customFields: { Severity: $severity }`. */
export function hasVariableInScalar(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let found = false;
  const look = (value: ValueNode): undefined => {
    const type = getNamedType(types.getInputType());
    if (isScalarType(type) && !isSpecifiedScalarType(type)) found ||= holdsVariable(value);
  };
  visit(document, visitWithTypeInfo(types, { [Kind.OBJECT]: look, [Kind.LIST]: look }));
  return found;
}

function holdsVariable(value: ValueNode): boolean {
  let holds = false;
  const enter = (): typeof BREAK => {
    holds = true;
    return BREAK;
  };
  visit(value, { Variable: enter });
  return holds;
}
