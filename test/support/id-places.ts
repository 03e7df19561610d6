import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";

/** Where a call can hold an id: "Mutation.createTicket(input.project.id)". */
export interface IdPlace {
  readonly name: string;
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  /** The argument, and the way to the id within it. */
  readonly path: readonly string[];
}

/** How to fill in what isn't the id in question: GraphQL text by the name of an argument or of an input's field. */
export type Fillers = Readonly<Record<string, string>>;

/** Every place of a schema that takes an id, of every field of every type. */
export function idPlaces(schema: GraphQLSchema): readonly IdPlace[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  return types
    .filter(({ name }) => !name.startsWith("__"))
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) =>
        field.args.flatMap((arg) =>
          pathsTo(arg).map((path) => ({ name: `${type.name}.${field.name}(${path.join(".")})`, type, field, path })),
        ),
      ),
    );
}

function pathsTo({ name, type }: GraphQLArgument | GraphQLInputField, within: readonly string[] = []): string[][] {
  const inner = getNamedType(type);
  // What a router refers to holds an id, of whatever kind it says.
  if (inner.name === "ID" || inner.name === "_Any") return [[name]];
  // An input that holds itself is walked through once.
  if (!isInputObjectType(inner) || within.includes(inner.name)) return [];
  return Object.values(inner.getFields()).flatMap((field) =>
    pathsTo(field, [...within, inner.name]).map((path) => [name, ...path]),
  );
}

/** The field with `id` (GraphQL text: a variable or a literal) in that place, and whatever else it needs or `fillers` knows. */
export function callWith({ field, path }: IdPlace, id: string, fillers: Fillers): string {
  const [first, ...rest] = path;
  const inner = getNamedType(field.type);
  const args = field.args.flatMap((arg) => {
    if (getNamedType(arg.type).name === "_Any" && isUnionType(inner)) {
      const each = inner.getTypes().map(({ name }) => `{ __typename: "${name}" id: ${id} }`);
      return [`${arg.name}: [${each.join(" ")}]`];
    }
    if (arg.name === first) return [`${arg.name}: ${holding(arg.type, rest, id, fillers)}`];
    const filled = filler(arg, fillers);
    return filled === undefined ? [] : [`${arg.name}: ${filled}`];
  });
  return `${field.name}${args.length > 0 ? `(${args.join(" ")})` : ""} ${selection(field.type)}`;
}

function holding(type: GraphQLInputType, path: readonly string[], id: string, fillers: Fillers): string {
  if (isNonNullType(type)) return holding(type.ofType as GraphQLInputType, path, id, fillers);
  if (isListType(type)) return `[${holding(type.ofType as GraphQLInputType, path, id, fillers)}]`;
  if (!isInputObjectType(type)) return id;
  const [first, ...rest] = path;
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (field.name === first) return [`${field.name}: ${holding(field.type, rest, id, fillers)}`];
    const filled = type.isOneOf ? undefined : filler(field, fillers);
    return filled === undefined ? [] : [`${field.name}: ${filled}`];
  });
  return `{ ${fields.join(" ")} }`;
}

/** What stands in an argument or field that the id isn't in; undefined where it may be left out. */
function filler({ name, type, ...rest }: GraphQLArgument | GraphQLInputField, fillers: Fillers): string | undefined {
  if (fillers[name] !== undefined) return fillers[name];
  return isNonNullType(type) && rest.defaultValue === undefined ? anyOf(type, fillers) : undefined;
}

function anyOf(type: GraphQLInputType, fillers: Fillers): string {
  if (isNonNullType(type)) return anyOf(type.ofType as GraphQLInputType, fillers);
  if (isListType(type)) return `[${anyOf(type.ofType as GraphQLInputType, fillers)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "";
  if (isInputObjectType(type)) {
    const [first] = Object.values(type.getFields());
    return type.isOneOf && first ? `{ ${first.name}: ${anyOf(first.type, fillers)} }` : holding(type, [], "", fillers);
  }
  return { Int: "1", Float: "1", Boolean: "true", DateTime: '"2030-01-01"', JSON: "{}" }[type.name] ?? '"something"';
}

/** So deep answers are read: what became of the tickets of a job, and why. */
const DEPTH = 3;

/** All that can be read without arguments, a few levels deep. */
function selection(type: GraphQLOutputType, depth = DEPTH): string {
  const inner = getNamedType(type);
  if (isLeafType(inner)) return "";
  if (isUnionType(inner)) return "{ __typename }";
  const fields = Object.values(inner.getFields()).flatMap((field) => {
    const isDeep = !isLeafType(getNamedType(field.type));
    if (field.args.some(({ type: taken }) => isNonNullType(taken)) || (isDeep && depth === 1)) return [];
    return [`${field.name} ${isDeep ? selection(field.type, depth - 1) : ""}`];
  });
  return `{ __typename ${fields.join(" ")} }`;
}
