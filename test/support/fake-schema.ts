import {
  getNullableType,
  GraphQLError,
  type GraphQLFieldMap,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import canonicalize from "canonicalize";
import { createSchema } from "../../src/graphql/schema.js";
import { seededRandom } from "../../src/sandbox/random.js";

/** What stands for a thing: of it and a field follows what the field gives, whoever asks. */
interface Made {
  readonly __typename: string;
  readonly seed: number;
}

/** How often something goes wrong, of a thousand fields each, and when it is known. */
interface Troubles {
  /** How many of the resolvers answer later, from 0 to 1. Where any do, only resolvers have troubles: see below. */
  readonly later: number;
  /** Throws, at once or later. */
  readonly thrown: number;
  /** Is null, allowed or not. */
  readonly missing: number;
  /** Is nothing that its scalar can write. */
  readonly unwritable: number;
}

/** The gateway's own schema, whose resolvers make things up: the same for the same seed, place and arguments. */
export function fakeSchema(troubles: Troubles): GraphQLSchema {
  const schema = createSchema();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isAbstractType(type)) type.resolveType = ({ __typename }: Made) => __typename;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      // What has no resolver is read off the thing: a way of its own in either executor.
      if (field.resolve)
        field.resolve = (parent: Made | undefined, args: object) => {
          const random = seededRandom(hash(`${parent?.seed ?? 0} ${type.name}.${field.name} ${canonicalize(args)}`));
          const later = random() < troubles.later;
          const wrong = random() * 1_000 < troubles.thrown;
          if (wrong && later) return Promise.reject(fault(random, field.name));
          if (wrong) throw fault(random, field.name);
          // graphql-js lets go of what is under way in a list when another of its items fails at once, and its failure is nobody's.
          const inside = troubles.later > 0 ? { ...troubles, missing: 0, unwritable: 0 } : troubles;
          const isMissing = random() * 1_000 < troubles.missing;
          const value = isMissing ? null : make(schema, field.type, random, inside);
          return later ? Promise.resolve(value) : value;
        };
  }
  return schema;
}

function fault(random: () => number, name: string): Error {
  if (random() < 0.5) return new Error(`${name} broke`);
  return new GraphQLError(`${name} was refused`, { extensions: { code: "NOT_FOUND", at: { field: name } } });
}

function make(schema: GraphQLSchema, wanted: GraphQLOutputType, random: () => number, troubles: Troubles): unknown {
  if (random() * 1_000 < troubles.missing) return random() < 0.5 ? null : undefined;
  const type = getNullableType(wanted);
  if (!isNonNullType(wanted) && random() < 0.15) return null;
  if (isListType(type))
    return Array.from({ length: Math.floor(random() * 4) }, () => {
      const one = make(schema, type.ofType as GraphQLOutputType, random, troubles);
      return random() < 0.3 * troubles.later ? Promise.resolve(one) : one;
    });
  if (isAbstractType(type)) {
    const possible = schema.getPossibleTypes(type);
    return made(schema, possible[Math.floor(random() * possible.length)]?.name ?? "", random, troubles);
  }
  if (isObjectType(type)) return made(schema, type.name, random, troubles);
  if (random() * 1_000 < troubles.unwritable) return type.name === "JSON" ? 1n : { nothing: "of the kind" };
  const number = Math.floor(random() * 1_000);
  if (isEnumType(type)) return type.getValues()[number % type.getValues().length]?.value;
  return LEAVES[type.name]?.(number);
}

const LEAVES: Readonly<Record<string, (number: number) => unknown>> = {
  ID: (n) => (n % 2 === 0 ? `id-${n}` : n),
  String: (n) => (n % 7 === 0 ? n : `text "${n}" \u2028`),
  Boolean: (n) => n % 2 === 0,
  Int: (n) => n,
  Float: (n) => n / 3,
  JSON: (n) => ({ n, deep: [null, { [`key ${n}`]: true }] }),
  URL: (n) => new URL(`https://made.example/${n}`),
  DateTime: (n) => new Date(n * 1e9),
};

function made(schema: GraphQLSchema, name: string, random: () => number, troubles: Troubles): Made {
  const seed = Math.floor(random() * 2 ** 31);
  const fields = (schema.getType(name) as { getFields(): GraphQLFieldMap<unknown, unknown> }).getFields();
  const thing = { __typename: name, seed };
  for (const [field, { type, resolve }] of Object.entries(fields))
    if (!resolve)
      Object.defineProperty(thing, field, {
        get: () => make(schema, type, seededRandom(hash(`${seed} ${field}`)), troubles),
      });
  return thing;
}

/** 32 bits of FNV-1a. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) bits = Math.imul(bits ^ text.charCodeAt(n), 0x01000193);
  return bits >>> 0;
}
