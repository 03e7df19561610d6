import { pino } from "pino";
import { startApp } from "../../src/app.js";
import { DEFAULT_LIMITS } from "../../src/config/settings-shape.js";
import { createLogger } from "../../src/server/logger.js";
import type { Where } from "../../src/store/open.js";
import { configOf, connectionTo } from "../../test/support/gateway.js";
import { KEY, type VendorAddress } from "./candidate.js";

/** The gateway as it is run: a key with scopes, a rate that is shared, every limit, and a line in the log for each request. */
export async function guarded(vendor: VendorAddress, store: Where): Promise<string> {
  const app = await startApp({
    config: configOf(),
    log: createLogger("info", pino.destination("/dev/null")),
    store,
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
}
