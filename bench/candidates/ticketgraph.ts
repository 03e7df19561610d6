import { startApp } from "../../src/app.js";
import { createLogger } from "../../src/server/logger.js";
import { candidate, KEY } from "./candidate.js";

candidate(async (vendor) => {
  const app = await startApp({
    config: {
      port: 0,
      host: "127.0.0.1",
      dataDir: "/nonexistent",
      databaseUrl: undefined,
      queueBackend: "postgres",
      settingsPath: undefined,
      logLevel: "silent",
      explorer: "off",
      corsOrigins: [],
      bodyLimit: 5_242_880,
    },
    log: createLogger("silent"),
    store: "memory",
    sampleQuery: "",
    settings: {
      limits: { bulkSyncMax: 50, bulkJobMax: 10_000, requestsPerMinute: 6_000_000 },
      tenants: [
        {
          id: "bench",
          apiKeys: [{ name: "bench", key: KEY, scopes: ["tickets:read", "tickets:write"], connections: "all" }],
          connections: [
            {
              id: "jira",
              vendor: "jira",
              name: "Jira",
              allowPrivateAddress: true,
              settings: { baseUrl: vendor.url, credentials: { email: vendor.email, apiToken: vendor.apiToken } },
            },
          ],
        },
      ],
    },
  });
  return `${app.url}/graphql`;
});
