import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";

/** Fragments within fragments may make of a short text a huge one: more fields than this are nobody's page. */
const MOST_FIELDS = 5_000;

/** What can't be told without fragments. */
class Unflat extends Error {}

interface Flat {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  fields: number;
}

/**
 * The same query without fragments but one for each kind that an abstract type may be, its fields in the order in which they are answered:
 * graphql-jit puts those of fragments last, mixes up the conditions of fragments that are used twice, and writes into the document, which
 * others hold too. Undefined where conditions meet that no field alone can carry. The places in the text stay.
 */
export function flatQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): DocumentNode | undefined {
  const root = schema.getQueryType();
  if (!root) return undefined;
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  try {
    const selectionSet = flatSet({ schema, fragments, fields: 0 }, root, operation.selectionSet);
    const { loc } = document;
    return { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }], ...(loc && { loc }) };
  } catch (error) {
    if (error instanceof Unflat) return undefined;
    throw error;
  }
}

function flatSet(flat: Flat, type: GraphQLCompositeType, set: SelectionSetNode): SelectionSetNode {
  const isPlain = set.selections.every(({ kind }) => kind === Kind.FIELD);
  const selections: readonly SelectionNode[] =
    !isAbstractType(type) || isPlain
      ? fieldsOf(flat, type, set)
      : flat.schema.getPossibleTypes(type).flatMap((possible) => {
          const fields = fieldsOf(flat, possible, set);
          return fields.length > 0 ? [onlyFor(possible.name, fields)] : [];
        });
  return { kind: Kind.SELECTION_SET, selections: selections.length > 0 ? selections : [NOTHING] };
}

/** A selection can't be empty. */
const NOTHING: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: "__typename" },
  directives: [
    {
      kind: Kind.DIRECTIVE,
      name: { kind: Kind.NAME, value: "skip" },
      arguments: [
        {
          kind: Kind.ARGUMENT,
          name: { kind: Kind.NAME, value: "if" },
          value: { kind: Kind.BOOLEAN, value: true },
        },
      ],
    },
  ],
};

function onlyFor(type: string, selections: readonly FieldNode[]): SelectionNode {
  const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } } as const;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

/** What is asked of a thing of this type, in order. */
function fieldsOf(flat: Flat, type: GraphQLCompositeType, set: SelectionSetNode): readonly FieldNode[] {
  const fields: FieldNode[] = [];
  collect(flat, type, set, [], new Map(), fields);
  const known = new Map<string, boolean>();
  for (const field of fields) {
    const key = (field.alias ?? field.name).value;
    const conditional = hasConditions(field);
    // Of a field that is asked for twice, once on a condition, only the places that count may be told, in their order.
    if (known.has(key) && (known.get(key) || conditional)) throw new Unflat();
    known.set(key, conditional);
  }
  return fields;
}

function hasConditions({ directives = [], selectionSet }: FieldNode): boolean {
  const within = (node: SelectionNode): boolean =>
    node.kind === Kind.FIELD
      ? hasConditions(node)
      : node.kind === Kind.INLINE_FRAGMENT && node.selectionSet.selections.some(within);
  return directives.length > 0 || (selectionSet?.selections.some(within) ?? false);
}

function collect(
  flat: Flat,
  type: GraphQLCompositeType,
  { selections }: SelectionSetNode,
  above: readonly DirectiveNode[],
  seen: Map<string, boolean>,
  into: FieldNode[],
): void {
  for (const selection of selections) {
    const directives = conditions(above, selection.directives ?? []);
    if (!directives) continue;
    if (selection.kind === Kind.FIELD) {
      if ((flat.fields += 1) > MOST_FIELDS) throw new Unflat();
      const inner = getNamedType(typeOf(type, selection.name.value));
      const { selectionSet } = selection;
      into.push({
        ...selection,
        directives,
        ...(selectionSet && isCompositeType(inner) && { selectionSet: flatSet(flat, inner, selectionSet) }),
      });
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? flat.fragments.get(selection.name.value) : selection;
    if (!fragment) continue;
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const known = seen.get(selection.name.value);
      if (known === false) continue;
      if (known === true) throw new Unflat();
      seen.set(selection.name.value, directives.length > 0);
    }
    if (applies(flat.schema, type, fragment.typeCondition?.name.value))
      collect(flat, type, fragment.selectionSet, directives, seen, into);
  }
}

function applies(schema: GraphQLSchema, type: GraphQLCompositeType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && !isAbstractType(type) && schema.isSubType(wanted, type);
}

function typeOf(type: GraphQLCompositeType, name: string): GraphQLOutputType | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef.type;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef.type;
  return "getFields" in type ? type.getFields()[name]?.type : undefined;
}

/** The conditions that depend on variables, at most one of each kind; undefined where the selection is left out whatever they are. */
function conditions(
  above: readonly DirectiveNode[],
  own: readonly DirectiveNode[],
): readonly DirectiveNode[] | undefined {
  const all = [...above];
  for (const directive of own) {
    const name = directive.name.value;
    const value = directive.arguments?.[0]?.value;
    if ((name !== "skip" && name !== "include") || !value) continue;
    if (value.kind === Kind.BOOLEAN) {
      if (value.value === (name === "skip")) return undefined;
      continue;
    }
    const other = all.find((one) => one.name.value === name);
    if (!other) all.push(directive);
    else if (variableOf(other) !== variableOf(directive)) throw new Unflat();
  }
  return all;
}

function variableOf({ arguments: [argument] = [] }: DirectiveNode): string | undefined {
  return argument?.value.kind === Kind.VARIABLE ? argument.value.name.value : undefined;
}
