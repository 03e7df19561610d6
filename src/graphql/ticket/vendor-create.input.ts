import { Field, InputType, registerEnumType, type ClassType } from "type-graphql";
import type { ZodObject, ZodType } from "zod";
import { VENDORS } from "../../connectors/registry.js";
import { PriorityLevel } from "../common/enums.js";
import { Json } from "../common/scalars.js";

/** What a vendor's `createInput` says beside zod: the name of an enum, and what each of its values means. */
interface Meta {
  readonly id?: string;
  readonly description?: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** Enums that a vendor may mean by name. */
const SHARED: Readonly<Record<string, object>> = { PriorityLevel };

/** A field's GraphQL type, and whether it may be left out. Throws for a shape that inputs don't have: a bug that no start survives. */
function typeOf(shape: ZodType): { type: unknown; nullable: boolean; defaultValue?: unknown } {
  const def = shape.def as {
    readonly type: string;
    readonly innerType?: ZodType;
    readonly defaultValue?: unknown;
    readonly element?: ZodType;
    readonly entries?: Readonly<Record<string, string>>;
  };
  switch (def.type) {
    case "optional":
      return { ...typeOf(def.innerType as ZodType), nullable: true };
    case "default":
      return { ...typeOf(def.innerType as ZodType), defaultValue: def.defaultValue };
    case "string":
      return { type: String, nullable: false };
    case "boolean":
      return { type: Boolean, nullable: false };
    case "array":
      return { type: [typeOf(def.element as ZodType).type], nullable: false };
    case "enum":
      return { type: enumOf(shape, def.entries ?? {}), nullable: false };
    case "unknown":
      return { type: Json, nullable: true };
    default:
      throw new Error(`A vendor's create input can't hold a ${def.type}.`);
  }
}

function enumOf(shape: ZodType, entries: Readonly<Record<string, string>>): object {
  const { id = "", description = "", values = {} } = (shape.meta() ?? {}) as Meta;
  const shared = SHARED[id];
  if (shared) return shared;
  const valuesConfig = Object.fromEntries(
    Object.keys(entries).map((name) => [name, { description: values[name] ?? "" }]),
  );
  registerEnumType(entries, { name: id, description, valuesConfig });
  return entries;
}

/** An input without fields yet: a vendor's folder says which it has, so there is no class to write them on. */
function inputClass(name: string, description: string): ClassType {
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- type-graphql knows inputs as classes only
  const input: ClassType = class {};
  InputType(name, { description })(input);
  return input;
}

function inputOf(name: string, description: string, shape: ZodObject["shape"]): ClassType {
  const input = inputClass(name, description);
  for (const [field, zod] of Object.entries(shape) as [string, ZodType][]) {
    const { type, ...options } = typeOf(zod);
    Field(() => type as StringConstructor, { ...options, description: zod.description ?? "" })(input.prototype, field);
  }
  return input;
}

/** One field for each vendor that takes more than the common ones. */
export const VendorCreateInput = inputClass("VendorCreateInput", "What only one vendor's creates take.");
for (const { name, title, createInput } of VENDORS) {
  if (!createInput) continue;
  const { id = "" } = (createInput.meta() ?? {}) as Meta;
  const input = inputOf(id, `What only ${title} takes when a ticket is created.`, createInput.shape);
  Field(() => input, { nullable: true, description: `For a connection to ${title}.` })(
    VendorCreateInput.prototype,
    name,
  );
}

/** What the caller gave under `vendor`, by the vendor's name: null is as good as absent. */
export function vendorFieldsOf(input: object): Readonly<Record<string, unknown>> {
  return present(input, (own) => (typeof own === "object" ? present(own as object, (value) => value) : own));
}

function present(given: object, read: (value: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, read(value)]));
}
