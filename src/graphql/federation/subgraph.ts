import { extendSchema, type GraphQLField, type GraphQLSchema, isInterfaceType, isUnionType, parse } from "graphql";
import type { Context } from "../context.js";
import { partsOfTicket } from "../ticket/parts-in.js";
import { findEntities } from "./entities.js";

/**
 * The same schema with what makes it a subgraph of Apollo Federation: `_service`, `_entities`, and a PageInfo as Relay has it,
 * since composition wants one that all subgraphs can fill in. Fields and types of the schema itself stay as they are.
 * Throws where the schema has no interface Node.
 */
export function asSubgraph(schema: GraphQLSchema): GraphQLSchema {
  const node = schema.getType("Node");
  if (!isInterfaceType(node)) throw new Error("The schema has no interface Node.");
  const names = schema
    .getPossibleTypes(node)
    .map(({ name }) => name)
    .sort();
  const subgraph = extendSchema(schema, parse(additions(names)));
  const kinds = new Set(names);
  const entity = subgraph.getType("_Entity");
  if (isUnionType(entity)) entity.resolveType = node.resolveType;
  const fields = subgraph.getQueryType()?.getFields() ?? {};
  let sdl: Promise<string> | undefined;
  resolve(fields["_service"], async () => ({ sdl: await (sdl ??= printed(subgraph)) }));
  resolve(fields["_entities"], (_, { representations }, context, info) =>
    findEntities(context, representations as readonly unknown[], kinds, partsOfTicket(info)),
  );
  return subgraph;
}

/** Loaded when it is first asked for: whoever isn't composed needn't wait for it at the start. */
async function printed(subgraph: GraphQLSchema): Promise<string> {
  const { subgraphSdl } = await import("./subgraph-sdl.js");
  return subgraphSdl(subgraph);
}

type Field = GraphQLField<unknown, Context>;

function resolve(field: Field | undefined, resolver: NonNullable<Field["resolve"]>): void {
  if (field) field.resolve = resolver;
}

// https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
function additions(entities: readonly string[]): string {
  return `
    "What a router knows of an object: its \`__typename\` and its \`id\`."
    scalar _Any

    "Whatever has a key by which a router can refer to it."
    union _Entity = ${entities.join(" | ")}

    "What this subgraph is."
    type _Service {
      "The schema in its own language, with the directives that composition reads."
      sdl: String!
    }

    extend type Query {
      "For routers: the schema to compose. Shown to those who may see the schema."
      _service: _Service!

      "For routers: what these refer to, in their order; null where nothing has the id. At most 1,000."
      _entities(
        "Objects with the members __typename and id."
        representations: [_Any!]!
      ): [_Entity]!
    }

    extend type PageInfo {
      "The cursor of the page's first; null on an empty page."
      startCursor: String

      "Whether there is more before this page: whether it was asked for by \`after\`."
      hasPreviousPage: Boolean!
    }`;
}
