import { buildSchema, type GraphQLFieldResolver, type GraphQLSchema } from "graphql";
import { authenticateBy } from "../../src/auth/authenticate.js";
import { openApiKeys } from "../../src/auth/api-key.js";
import { createLogger } from "../../src/server/logger.js";
import { startServer, type RunningServer } from "../../src/server/http.js";
import type { ServerOptions } from "../../src/server/server-options.js";

/** The key that opens a toy server. */
export const KEY = "toy_key_of_at_least_24_characters";

type Resolvers = Readonly<Record<string, GraphQLFieldResolver<unknown, object, Record<string, unknown>>>>;

/** A schema with resolvers for the fields of Query and Mutation, and sources for those of Subscription. */
export function toySchema(text: string, resolvers: Resolvers = {}): GraphQLSchema {
  const schema = buildSchema(text);
  for (const type of [schema.getQueryType(), schema.getMutationType()])
    for (const [name, field] of Object.entries(type?.getFields() ?? {}))
      if (resolvers[name]) field.resolve = resolvers[name];
  for (const [name, field] of Object.entries(schema.getSubscriptionType()?.getFields() ?? {}))
    if (resolvers[name]) field.subscribe = resolvers[name];
  return schema;
}

const SCHEMA = 'type Query { hello(name: String = "world"): String! } type Mutation { touch: String! }';
const RESOLVERS: Resolvers = { hello: (_, { name }) => `Hello, ${String(name)}!`, touch: () => "touched" };

/** A server on a free port with one key and a toy schema; whatever is given replaces its options. */
export function startToy(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const keys = openApiKeys([
    { tenantId: "acme", name: "backend", key: KEY, scopes: ["tickets:read"], connections: "all" },
  ]);
  return startServer({
    schema: toySchema(SCHEMA, RESOLVERS),
    host: "127.0.0.1",
    port: 0,
    authenticate: authenticateBy({ keys }),
    context: (caller) => ({ caller }),
    ready: async () => undefined,
    explorer: { kind: "off", sampleQuery: "{ hello }" },
    corsOrigins: [],
    bodyLimit: 10_000,
    log: createLogger("silent"),
    formatError: (formatted) => formatted,
    ...options,
  });
}

/** Posts a query with the toy's key. */
export function ask(url: string, query: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return post(url, JSON.stringify({ query }), headers);
}

/** Posts a body as JSON with the toy's key. */
export function post(url: string, body: BodyInit, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const all = { "content-type": "application/json", "x-api-key": KEY, ...headers };
  return fetch(`${url}/graphql`, { method: "POST", headers: all, body });
}
