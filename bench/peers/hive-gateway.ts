import type { RequestListener } from "node:http";
import { fileURLToPath } from "node:url";
import { candidate, listen } from "../candidates/candidate.js";
import { joinedFields, joinedTypes } from "./hive-joins.js";
import { peer } from "./peer.js";

interface Compose {
  getComposedSchemaFromConfig(config: object, log: object): Promise<string>;
}
interface OpenApi {
  loadOpenAPISubgraph(name: string, options: object): unknown;
}
interface Hive {
  createGatewayRuntime(options: object): RequestListener;
}

const nothing = (): void => {};
const quiet = {
  log: nothing,
  info: nothing,
  debug: nothing,
  warn: console.warn,
  error: console.error,
  child: () => quiet,
};

/** Hive Gateway over the sandbox's OpenAPI description, composed as its documentation does it, with compiled queries. */
candidate(async ({ url, email, apiToken }) => {
  const { getComposedSchemaFromConfig } = await peer<Compose>("@graphql-mesh/compose-cli");
  const { loadOpenAPISubgraph } = await peer<OpenApi>("@omnigraph/openapi");
  const { createGatewayRuntime } = await peer<Hive>("@graphql-hive/gateway");
  const { useJIT } = await peer<{ useJIT(): object }>("@graphql-mesh/plugin-jit");
  const jira = loadOpenAPISubgraph("jira", {
    source: fileURLToPath(new URL("openapi.json", import.meta.url)),
    endpoint: url,
    operationHeaders: { Authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString("base64")}` },
    // A search is a POST, and a query all the same.
    selectQueryOrMutationField: [{ type: "query", fieldName: "search" }],
  });
  const supergraph = await getComposedSchemaFromConfig(
    { subgraphs: [{ sourceHandler: jira }], additionalTypeDefs: joinedTypes },
    quiet,
  );
  const plugins = (): object[] => [useJIT()];
  return listen(
    createGatewayRuntime({
      supergraph,
      additionalResolvers: joinedFields,
      plugins,
      logging: "warn",
      landingPage: false,
      graphiql: false,
    }),
  );
});
