import { startApp, type App } from "../../src/app.js";
import type { Settings } from "../../src/config/settings.js";
import { SCOPES } from "../../src/domain/caller.js";
import { startVendors, type DemoVendors } from "../../src/demo.js";
import { createLogger } from "../../src/server/logger.js";
import { KEY, type Answer } from "./app.js";
import { newPlace } from "./databases.js";
import { testExecutor } from "./executor.js";
import { configOf, LIMITS } from "./gateway.js";

/** The whole gateway over every vendor in small; the connections are `demo-jira`, `demo-leen`, `demo-rezolve`, `demo-stackone`. */
export interface VendorsApp extends DemoVendors {
  readonly app: App;
  query(document: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
}

export async function startVendorsApp(delivery?: Settings["delivery"]): Promise<VendorsApp> {
  const vendors = await startVendors();
  const place = await newPlace();
  const app = await startApp({
    ...testExecutor(),
    config: configOf(),
    log: createLogger("silent"),
    store: place.where,
    sampleQuery: "",
    settings: {
      ...(delivery && { delivery }),
      limits: LIMITS,
      tenants: [
        {
          id: "acme",
          apiKeys: [{ name: "backend", key: KEY, scopes: [...SCOPES], connections: "all" }],
          // What a sync reads by itself would be counted among the calls.
          connections: vendors.connections.map(({ sync: _sync, ...connection }) => connection),
        },
      ],
    },
  });
  return {
    ...vendors,
    app,
    async query(query, variables = {}, headers = {}) {
      const response = await fetch(`${app.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": KEY, ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async close() {
      await app.close();
      await place.drop();
      await vendors.close();
    },
  };
}
