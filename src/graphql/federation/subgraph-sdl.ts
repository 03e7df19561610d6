import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  graphqlSync,
  Kind,
  parse,
  printSchema,
  visit,
} from "graphql";

/** The first version has all that is used here, so whatever composes Federation 2 knows it. Composition takes @oneOf for unknown unless told. */
const HEADER = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])
  directive @oneOf on INPUT_OBJECT`;

/** What every subgraph has by itself; and `node` and `nodes`, of which no router could know which subgraph to ask. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "_Any",
  "_Entity",
  "_Service",
  "Query._entities",
  "Query._service",
  "Query.node",
  "Query.nodes",
]);

/** The same in every Relay-like subgraph, and told apart by nothing: each of them may fill it in. */
const SHAREABLE: ReadonlySet<string> = new Set(["PageInfo"]);

/** A subgraph's schema as composition takes it, with its descriptions: every Node has the key `id`. Throws where it is no valid subgraph. */
export function subgraphSdl(schema: GraphQLSchema): string {
  const built = buildSubgraphSchema(withDirectives(parse(printSchema(schema), { noLocation: true })));
  const { data, errors } = graphqlSync({ schema: built, source: "{ _service { sdl } }" });
  if (errors?.[0]) throw errors[0];
  return (data as { _service: { sdl: string } })._service.sdl;
}

function withDirectives(document: DocumentNode): DocumentNode {
  const marked = visit(document, {
    ScalarTypeDefinition: ({ name }) => (LEFT_OUT.has(name.value) ? null : undefined),
    UnionTypeDefinition: ({ name }) => (LEFT_OUT.has(name.value) ? null : undefined),
    ObjectTypeDefinition(type) {
      const { name, interfaces = [], fields = [] } = type;
      if (LEFT_OUT.has(name.value)) return null;
      const directives = [
        ...(interfaces.some((one) => one.name.value === "Node") ? [directive("key", "id")] : []),
        ...(SHAREABLE.has(name.value) ? [directive("shareable")] : []),
      ];
      return { ...type, directives, fields: fields.filter((one) => !LEFT_OUT.has(`${name.value}.${one.name.value}`)) };
    },
  });
  return { ...marked, definitions: [...parse(HEADER, { noLocation: true }).definitions, ...marked.definitions] };
}

/** The directive, with this argument `fields` where it has one. */
function directive(name: string, fields?: string): ConstDirectiveNode {
  const named = (value: string) => ({ kind: Kind.NAME, value }) as const;
  const given = {
    kind: Kind.ARGUMENT,
    name: named("fields"),
    value: { kind: Kind.STRING, value: fields ?? "" },
  } as const;
  return { kind: Kind.DIRECTIVE, name: named(name), arguments: fields === undefined ? [] : [given] };
}
