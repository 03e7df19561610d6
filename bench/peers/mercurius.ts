import { candidate } from "../candidates/candidate.js";
import { openJira } from "../candidates/jira.js";
import { peer } from "./peer.js";
import { contextOf, resolvers, typeDefs } from "./schema.js";

interface Fastify {
  register(plugin: unknown, options: object): Promise<void>;
  listen(options: { port: number; host: string }): Promise<string>;
}

/** mercurius on fastify, compiling each query from its first time on. */
candidate(async (vendor) => {
  const { default: fastify } = await peer<{ default(): Fastify }>("fastify");
  const { default: mercurius } = await peer<{ default: unknown }>("mercurius");
  const app = fastify();
  await app.register(mercurius, { schema: typeDefs, resolvers, context: contextOf(openJira(vendor)), jit: 1 });
  return `${await app.listen({ port: 0, host: "127.0.0.1" })}/graphql`;
});
