import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { candidate } from "./candidate.js";
import { openJira } from "./jira.js";
import { buildStockSchema, type Context } from "./stock-schema.js";
import { openLoaders } from "./tickets.js";

/** Apollo Server as its documentation starts it: standalone, default plugins, a DataLoader for each nested kind. */
candidate(async (vendor) => {
  const jira = openJira(vendor);
  const server = new ApolloServer<Context>({ schema: await buildStockSchema() });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: "127.0.0.1" },
    context: async () => ({ jira, load: openLoaders() }),
  });
  return url;
});
