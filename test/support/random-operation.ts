import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isAbstractType,
} from "graphql";

/** Chance: a whole number from 0 to below `below`. */
type Pick = (below: number) => number;

/** A query and what is sent with it; valid in nearly all cases. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Draft {
  readonly schema: GraphQLSchema;
  readonly pick: Pick;
  readonly definitions: string[];
  readonly variables: Record<string, unknown>;
  readonly fragments: string[];
  /** So many names were given out. */
  names: number;
  /** So many fields may still be asked for. */
  left: number;
}

const DEPTH = 6;
const FIELDS = 60;

/** A query over a schema, by chance: fragments, aliases, directives, arguments and variables in every state that they can be in. */
export function randomOperation(schema: GraphQLSchema, pick: Pick): RandomOperation {
  const draft: Draft = { schema, pick, definitions: [], variables: {}, fragments: [], names: 0, left: FIELDS };
  const root = schema.getQueryType();
  if (!root) throw new Error("The schema has no queries.");
  const body = selection(draft, root, DEPTH);
  const head = draft.definitions.length > 0 ? `query Q(${draft.definitions.join(", ")})` : "query Q";
  return { query: [`${head} ${body}`, ...draft.fragments].join("\n"), variables: draft.variables };
}

function selection(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const { pick } = draft;
  const parts = Array.from({ length: 1 + pick(4) }, () => {
    const kind = pick(10);
    if (kind === 0) return `__typename${directives(draft)}`;
    if (kind <= 2 && depth > 1) return fragment(draft, type, depth - 1);
    return field(draft, type, depth);
  });
  return `{ ${parts.join(" ")} }`;
}

function field(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const { pick } = draft;
  const all = "getFields" in type ? Object.values(type.getFields()) : [];
  // Where it is deep enough, only what has nothing below it; and where that isn't there, the name of the type.
  const fits = all.filter(({ type: inner }) => (depth > 1 && draft.left > 0) || !isCompositeType(getNamedType(inner)));
  const chosen: GraphQLField<unknown, unknown> | undefined = fits[pick(Math.max(1, fits.length))];
  if (!chosen) return `__typename${directives(draft)}`;
  draft.left -= 1;
  const args = chosen.args.flatMap((arg) => argument(draft, arg));
  const inner = getNamedType(chosen.type);
  // Two fields of one name with different arguments can't be merged.
  const alias = chosen.args.length > 0 || pick(4) === 0 ? `${name(draft, "a")}: ` : "";
  const below = isCompositeType(inner) ? ` ${selection(draft, inner, depth - 1)}` : "";
  return `${alias}${chosen.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${directives(draft)}${below}`;
}

function fragment(draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const { pick, schema } = draft;
  const condition = conditionFor(schema, type, pick);
  const how = pick(3);
  if (how === 0 && condition === type) return `...${directives(draft)} ${selection(draft, type, depth)}`;
  if (how <= 1) return `... on ${condition.name}${directives(draft)} ${selection(draft, condition, depth)}`;
  const title = name(draft, "F");
  draft.fragments.push(`fragment ${title} on ${condition.name} ${selection(draft, condition, depth)}`);
  return `...${title}${directives(draft)}${pick(3) === 0 ? ` ...${title}` : ""}`;
}

/** The type itself, one of those that it may be, or one that it is. */
function conditionFor(schema: GraphQLSchema, type: GraphQLCompositeType, pick: Pick): GraphQLCompositeType {
  const others = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? type.getInterfaces() : [];
  return pick(4) === 0 ? type : (others[pick(Math.max(1, others.length))] ?? type);
}

function directives(draft: Draft): string {
  const { pick } = draft;
  if (pick(12) > 0) return "";
  const of = (directive: string): string => {
    const way = pick(4);
    if (way < 2) return ` @${directive}(if: ${way === 0})`;
    const variable = name(draft, "b");
    draft.definitions.push(`$${variable}: Boolean!${way === 2 ? " = true" : ""}`);
    if (way === 3 || pick(2) === 0) draft.variables[variable] = pick(2) === 0;
    return ` @${directive}(if: $${variable})`;
  };
  return pick(4) === 0 ? of("include") + of("skip") : of(pick(2) === 0 ? "include" : "skip");
}

function argument(draft: Draft, arg: GraphQLArgument): string[] {
  if (!isRequiredArgument(arg) && draft.pick(2) === 0) return [];
  return [`${arg.name}: ${value(draft, arg.type, 3, isRequiredArgument(arg))}`];
}

/** As it is written in a query: a variable, or the value itself with variables in it. */
function value(draft: Draft, type: GraphQLInputType, depth: number, isRequired: boolean): string {
  const { pick } = draft;
  if (pick(3) === 0) return variable(draft, type);
  if (!isRequired && !isNonNullType(type) && pick(8) === 0) return "null";
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) {
    // One thing alone stands for a list of one.
    if (pick(5) === 0) return value(draft, inner.ofType as GraphQLInputType, depth, true);
    return `[${Array.from({ length: pick(3) }, () => value(draft, inner.ofType as GraphQLInputType, depth, false)).join(", ")}]`;
  }
  if (isInputObjectType(inner)) {
    const fields = Object.values(inner.getFields());
    const one = inner.isOneOf ? fields[pick(fields.length)] : undefined;
    const given = one ? [one] : fields.filter((each) => isRequiredInputField(each) || (depth > 0 && pick(4) === 0));
    const texts = given.map((each) => {
      const text = one
        ? plain(draft, each.type, depth - 1)
        : value(draft, each.type, depth - 1, isRequiredInputField(each));
      return `${each.name}: ${text}`;
    });
    return `{ ${texts.join(", ")} }`;
  }
  return plain(draft, inner, depth);
}

/** Never null and never a variable. */
function plain(draft: Draft, type: GraphQLInputType, depth: number): string {
  return asText(sent(draft, type, depth));
}

function variable(draft: Draft, type: GraphQLInputType): string {
  const { pick, variables, definitions } = draft;
  const title = name(draft, "v");
  const fallback = pick(3) === 0;
  // With a default a variable may be left out, even where null is not allowed.
  const declared = fallback && isNonNullType(type) && pick(2) === 0 ? String(type.ofType) : String(type);
  definitions.push(`$${title}: ${declared}${fallback ? ` = ${plain(draft, type, 2)}` : ""}`);
  const state = pick(12);
  if (state === 0) variables[title] = null;
  else if (state === 1) variables[title] = ["nothing", { of: "the kind" }];
  else if (state > 4 || (!fallback && isNonNullType(type))) variables[title] = sent(draft, type, 2);
  return `$${title}`;
}

/** As it is sent, valid unless it is of a scalar that refuses it. */
function sent(draft: Draft, wanted: GraphQLInputType, depth: number): unknown {
  const { pick } = draft;
  const type = isNonNullType(wanted) ? wanted.ofType : wanted;
  if (isListType(type))
    return Array.from({ length: 1 + pick(2) }, () => sent(draft, type.ofType as GraphQLInputType, depth));
  if (isEnumType(type)) return new EnumName(type.getValues()[pick(type.getValues().length)]?.name ?? "");
  if (!isInputObjectType(type)) return LEAVES[type.name]?.(pick);
  const fields = Object.values(type.getFields());
  const given = type.isOneOf
    ? [fields[pick(fields.length)]]
    : fields.filter((each) => isRequiredInputField(each) || (depth > 0 && pick(4) === 0));
  return Object.fromEntries(given.flatMap((each) => (each ? [[each.name, sent(draft, each.type, depth - 1)]] : [])));
}

/** In JSON a text, in a query a name. */
class EnumName {
  constructor(readonly name: string) {}
  toJSON(): string {
    return this.name;
  }
}

const LEAVES: Readonly<Record<string, (pick: Pick) => unknown>> = {
  ID: (pick) => (pick(3) === 0 ? pick(1_000) : `id-${pick(10)}`),
  String: (pick) => ["", "a text", 'with "quotes" and \\', "PLAT"][pick(4)],
  Int: (pick) => pick(50),
  Float: (pick) => pick(9) / 2,
  Boolean: (pick) => pick(2) === 0,
  JSON: (pick) => ({ some: [pick(5), { deep: null }] }),
  URL: (pick) => `https://made.example/${pick(9)}`,
  DateTime: (pick) => (pick(2) === 0 ? "2026-03-01" : "2026-03-01T09:30:00+02:00"),
};

function asText(one: unknown): string {
  if (one instanceof EnumName) return one.name;
  if (Array.isArray(one)) return `[${one.map(asText).join(", ")}]`;
  if (typeof one !== "object" || one === null) return JSON.stringify(one);
  return `{ ${Object.entries(one)
    .map(([key, inner]) => `${key}: ${asText(inner)}`)
    .join(", ")} }`;
}

function name(draft: Draft, letter: string): string {
  return `${letter}${(draft.names += 1)}`;
}
