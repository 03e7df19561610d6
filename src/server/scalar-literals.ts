import {
  type ASTNode,
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isScalarType,
  isValueNode,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/**
 * Whether a scalar that may hold variables is written out, as in `customFields: { Severity: $severity }`: compiled code knows no
 * variables in it.
 */
export function hasOpenLiterals(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let found = false;
  const enter = (node: ASTNode): void => {
    const type = getNamedType(types.getInputType());
    const isLiteral = isValueNode(node) && node.kind !== Kind.VARIABLE;
    found ||= isLiteral && isScalarType(type) && type.parseLiteral.length > 1;
  };
  visit(document, visitWithTypeInfo(types, { enter }));
  return found;
}
