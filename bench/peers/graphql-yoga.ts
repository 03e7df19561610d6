import type { RequestListener } from "node:http";
import { candidate, listen } from "../candidates/candidate.js";
import { openJira } from "../candidates/jira.js";
import { peer } from "./peer.js";
import { contextOf, resolvers, typeDefs } from "./schema.js";

interface Yoga {
  createSchema(options: object): object;
  createYoga(options: object): RequestListener;
}

/** graphql-yoga with compiled queries. */
candidate(async (vendor) => {
  const { createSchema, createYoga } = await peer<Yoga>("graphql-yoga");
  const { useGraphQlJit } = await peer<{ useGraphQlJit(): object }>("@envelop/graphql-jit");
  const context = contextOf(openJira(vendor));
  const schema = createSchema({ typeDefs, resolvers });
  return listen(createYoga({ schema, context, plugins: [useGraphQlJit()], logging: false, graphiql: false }));
});
