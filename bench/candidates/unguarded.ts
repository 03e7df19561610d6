import "reflect-metadata";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DEFAULT_LIMITS } from "../../src/config/settings-shape.js";
import { createContext } from "../../src/graphql/context.js";
import { createSchema } from "../../src/graphql/schema.js";
import { openGateway } from "../../src/open-gateway.js";
import { openJobProgress } from "../../src/operations/bulk/job-progress.js";
import { openTicketChanges } from "../../src/operations/sync/ticket-changes.js";
import { makeApollo } from "../../src/server/apollo.js";
import { readJson } from "../../src/server/body.js";
import { compiledQueries } from "../../src/server/compiled-queries.js";
import { answerGraphql } from "../../src/server/graphql-handler.js";
import { createLogger } from "../../src/server/logger.js";
import { CALLER, configOf, connectionTo } from "../../test/support/gateway.js";
import { newPlace } from "../../test/support/databases.js";
import { candidate } from "./candidate.js";

/** The same gateway with nobody at its door: whoever asks is let in, nothing is counted, measured or logged. */
candidate(async (vendor) => {
  const log = createLogger("silent");
  const tenants = [{ id: CALLER.tenantId, apiKeys: [], connections: [connectionTo(vendor)] }];
  const settings = { limits: DEFAULT_LIMITS, tenants };
  const where = process.env["TEST_DATABASE_URL"] ? (await newPlace("postgres")).where : "memory";
  const { kernel, store, work } = await openGateway({ config: configOf(), settings, log, store: where });
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
  const server = createServer((req, res) => {
    void readJson(req, 1_000_000).then((body) =>
      answerGraphql(apollo, req, res, { url: req.url ?? "", body }, async () =>
        createContext(kernel, live, CALLER, ""),
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
