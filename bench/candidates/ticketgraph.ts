import { startApp } from "../../src/app.js";
import { DEFAULT_LIMITS } from "../../src/config/settings-shape.js";
import { createLogger } from "../../src/server/logger.js";
import { configOf, connectionTo } from "../../test/support/gateway.js";
import { candidate, KEY } from "./candidate.js";

candidate(async (vendor) => {
  const app = await startApp({
    config: configOf(),
    log: createLogger("silent"),
    store: "memory",
    sampleQuery: "",
    settings: {
      limits: { ...DEFAULT_LIMITS, requestsPerMinute: 6_000_000 },
      tenants: [
        {
          id: "bench",
          apiKeys: [{ name: "bench", key: KEY, scopes: ["tickets:read", "tickets:write"], connections: "all" }],
          connections: [connectionTo(vendor)],
        },
      ],
    },
  });
  return `${app.url}/graphql`;
});
