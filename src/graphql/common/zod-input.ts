import { Field, Float, InputType, Int, registerEnumType, type ClassType } from "type-graphql";
import type { ZodObject, ZodType } from "zod";
import { PriorityLevel } from "./enums.js";
import { ONE_OF } from "./one-of.js";
import { Json } from "./scalars.js";

/** What a vendor's schema says beside zod. */
interface Meta {
  /** An enum's name, or an input's. */
  readonly id?: string;
  readonly description?: string;
  /** What each value of an enum means. */
  readonly values?: Readonly<Record<string, string>>;
  /** By which name one of several kinds of an input is chosen, where it has more than one field of its own. */
  readonly branch?: string;
  /** Comes from the vendor's authorization server, so a person may leave it out. */
  readonly granted?: boolean;
  /** For the operator's configuration alone. */
  readonly operatorOnly?: boolean;
}

export function metaOf(shape: ZodType): Meta {
  return (shape.meta() ?? {}) as Meta;
}

/** Enums that a vendor may mean by name. */
const SHARED: Readonly<Record<string, object>> = { PriorityLevel };

interface Def {
  readonly type: string;
  readonly innerType?: ZodType;
  readonly defaultValue?: unknown;
  readonly element?: ZodType;
  readonly entries?: Readonly<Record<string, string>>;
  readonly in?: ZodType;
  readonly options?: readonly ZodObject[];
  readonly format?: string;
}
const defOf = (shape: ZodType): Def => shape.def as unknown as Def;

/** A field's GraphQL type, and whether it may be left out. Throws for a shape that inputs don't have: a bug that no start survives. */
function typeOf(
  shape: ZodType,
  name: string,
  about = "",
): { type: unknown; nullable: boolean; defaultValue?: unknown } {
  const def = defOf(shape);
  const inner = (): ReturnType<typeof typeOf> => typeOf((def.innerType ?? def.in) as ZodType, name, about);
  switch (def.type) {
    case "optional":
    case "nullable":
    case "prefault":
      return { ...inner(), nullable: true };
    case "pipe":
      return inner();
    case "default":
      return typeof def.defaultValue === "object"
        ? { ...inner(), nullable: true }
        : { ...inner(), defaultValue: def.defaultValue };
    case "string":
      return { type: String, nullable: false };
    case "boolean":
      return { type: Boolean, nullable: false };
    case "number":
      return { type: /int/.test(def.format ?? "") || isInt(shape) ? Int : Float, nullable: false };
    case "array":
      return { type: [typeOf(def.element as ZodType, name).type], nullable: false };
    case "enum":
      return { type: enumOf(shape, name.replace(/Input$/, ""), def.entries ?? {}), nullable: false };
    case "object":
      return {
        type: inputOf(metaOf(shape).id ?? name, shape as ZodObject, shape.description ?? about),
        nullable: false,
      };
    case "union":
      return { type: choiceOf(name, shape, about), nullable: false };
    case "unknown":
      return { type: Json, nullable: true };
    default:
      throw new Error(`An input can't hold a ${def.type}.`);
  }
}

function isInt(shape: ZodType): boolean {
  return (shape as { readonly isInt?: boolean }).isInt === true;
}

function enumOf(shape: ZodType, name: string, entries: Readonly<Record<string, string>>): object {
  const { id = name, description = "", values = {} } = metaOf(shape);
  const shared = SHARED[id];
  if (shared) return shared;
  const valuesConfig = Object.fromEntries(
    Object.keys(entries).map((value) => [value, { description: values[value] ?? "" }]),
  );
  registerEnumType(entries, { name: id, description, valuesConfig });
  return entries;
}

/** An input without fields yet: a vendor's folder says which it has, so there is no class to write them on. */
export function inputClass(name: string, description: string): ClassType {
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- type-graphql knows inputs as classes only
  const input: ClassType = class {};
  InputType(name, { description })(input);
  return input;
}

/** The input that a zod object describes; nested ones are called by its name and their field's. */
export function inputOf(name: string, shape: ZodObject, description = shape.description ?? ""): ClassType {
  const input = inputClass(name, description);
  for (const [field, zod] of Object.entries(shape.shape) as [string, ZodType][]) {
    if (metaOf(zod).operatorOnly) continue;
    const { type, ...options } = typeOf(zod, nested(name, field), descriptionOf(zod));
    const nullable = options.nullable || metaOf(zod).granted === true;
    Field(() => type as StringConstructor, { ...options, nullable, description: descriptionOf(zod) })(
      input.prototype,
      field,
    );
  }
  return input;
}

/** Of several kinds exactly one, each under its name. */
function choiceOf(name: string, union: ZodType, about: string): ClassType {
  const input = inputClass(name, union.description ?? about);
  for (const option of defOf(union).options ?? []) {
    const branch = branchOf(option);
    const only = soleField(option);
    const { type } = only
      ? typeOf(only, nested(name, branch), descriptionOf(only))
      : { type: inputOf(nested(name, branch), option) };
    const description = only ? descriptionOf(only) : (option.description ?? "");
    Field(() => type as StringConstructor, { nullable: true, description })(input.prototype, branch);
  }
  ONE_OF.push(name);
  return input;
}

/** "JiraConnectionInput" and "credentials": "JiraConnectionCredentialsInput". */
function nested(name: string, field: string): string {
  return `${name.replace(/Input$/, "")}${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
}

function branchOf(option: ZodObject): string {
  return metaOf(option).branch ?? Object.keys(option.shape)[0] ?? "";
}

/** What a kind with one field has is given under its name at once. */
function soleField(option: ZodObject): ZodType | undefined {
  const [only, ...others] = Object.values(option.shape) as ZodType[];
  return others.length === 0 && metaOf(option).branch === undefined ? only : undefined;
}

function descriptionOf(zod: ZodType): string {
  const inner = defOf(zod).innerType ?? defOf(zod).in;
  return zod.description ?? (inner ? descriptionOf(inner) : "");
}

/** What was given for an input of `inputOf`, as the zod schema wants it: null is as good as absent. */
export function givenFor(shape: ZodType, given: unknown): unknown {
  const def = defOf(shape);
  if (given === null || given === undefined) return undefined;
  if (def.innerType ?? def.in) return givenFor((def.innerType ?? def.in) as ZodType, given);
  if (typeof given !== "object") return given;
  if (def.type === "object") {
    const fields = (shape as ZodObject).shape as Readonly<Record<string, ZodType>>;
    const entries = Object.entries(given).map(([name, value]) => {
      const field = fields[name];
      return [name, field ? givenFor(field, value) : (value as unknown)] as const;
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  if (def.type === "union") {
    const [[branch, value] = ["", undefined]] = Object.entries(given).filter(([, one]) => one != null);
    const option = def.options?.find((one) => branchOf(one) === branch);
    if (!option) return undefined;
    const only = soleField(option);
    return only ? { [branch]: givenFor(only, value) } : givenFor(option, value);
  }
  return given;
}
