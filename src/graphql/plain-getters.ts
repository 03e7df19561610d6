import { type GraphQLSchema, isObjectType } from "graphql";
import { getMetadataStorage } from "type-graphql";

/**
 * Has getters read as the plain properties that they look like. type-graphql gives each accessor a resolver which makes objects
 * and goes through a chain of middlewares for every field of every ticket; compiled queries read a plain property in place.
 * A getter that may give a promise says `simple: false` and keeps a resolver, since compiled queries wait for nothing else.
 */
export function readGetters(schema: GraphQLSchema): void {
  for (const { name, target, interfaceClasses = [], fields = [] } of getMetadataStorage().objectTypes) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const inherited = getMetadataStorage().interfaceTypes.filter((one) => interfaceClasses.includes(one.target));
    for (const { name: property, schemaName, simple } of [...fields, ...inherited.flatMap((one) => one.fields ?? [])]) {
      const field = type.getFields()[schemaName];
      if (!field || !isRead(target.prototype as object, property)) continue;
      if (simple === false) field.resolve = (source: Record<string, unknown>) => source[property];
      else delete field.resolve;
    }
  }
}

/** Whether this is a property or a getter, and not a method. */
function isRead(prototype: object, property: string): boolean {
  const own = Object.getOwnPropertyDescriptor(prototype, property);
  if (own) return own.get !== undefined;
  const parent = Object.getPrototypeOf(prototype) as object | null;
  return parent === null || isRead(parent, property);
}
