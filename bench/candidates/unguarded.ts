import "reflect-metadata";
import { DEFAULT_LIMITS } from "../../src/config/settings-shape.js";
import { createContext } from "../../src/graphql/context.js";
import { createSchema } from "../../src/graphql/schema.js";
import { openGateway } from "../../src/gateway/open-gateway.js";
import { openJobProgress } from "../../src/operations/bulk/job-progress.js";
import { openTicketChanges } from "../../src/operations/sync/ticket-changes.js";
import { makeApollo } from "../../src/server/apollo.js";
import { readJson } from "../../src/server/body.js";
import { compiledQueries } from "../../src/server/compiled-queries.js";
import { answerGraphql } from "../../src/server/graphql-handler.js";
import { createLogger } from "../../src/server/logger.js";
import { CALLER, configOf, connectionTo } from "../../test/support/gateway.js";
import { candidate, listen } from "./candidate.js";

/** The same gateway with nobody at its door: whoever asks is let in, nothing is counted, measured or logged. */
candidate(async ({ databaseUrl, ...vendor }) => {
  const log = createLogger("silent");
  const tenants = [{ id: CALLER.tenantId, apiKeys: [], connections: [connectionTo(vendor)] }];
  const settings = { limits: DEFAULT_LIMITS, tenants };
  const { kernel, store, work } = await openGateway({
    config: configOf(),
    settings,
    log,
    store: databaseUrl ? { url: databaseUrl } : "memory",
  });
  await work();
  const live = { jobProgress: openJobProgress(store), ticketChanges: openTicketChanges(store) };
  const apollo = makeApollo({
    schema: createSchema(),
    formatError: (formatted) => formatted,
    log,
    executor: compiledQueries(),
    maxTokens: 1_000_000,
  });
  await apollo.start();
  return listen((req, res) => {
    void readJson(req, 1_000_000).then((body) =>
      answerGraphql(apollo, req, res, { url: req.url ?? "", body }, async () =>
        createContext(kernel, live, CALLER, ""),
      ),
    );
  });
});
