import { makeDemoKey } from "./auth/api-key.js";
import { SCOPES } from "./domain/caller.js";
import type { Settings } from "./config/settings.js";
import { startJiraSandbox } from "./sandbox/jira/server.js";

/** A gateway that needs nothing: vendors in small on loopback, one tenant, one key. */
export interface Demo {
  readonly settings: Settings;
  readonly apiKey: string;
  close(): Promise<void>;
}

/** Starts the sandbox vendors and makes settings for them, with a new key each time. */
export async function startDemo(): Promise<Demo> {
  const jira = await startJiraSandbox();
  const apiKey = makeDemoKey();
  const settings: Settings = {
    limits: { bulkSyncMax: 50, bulkJobMax: 10_000, requestsPerMinute: 6_000 },
    tenants: [
      {
        id: "demo",
        apiKeys: [{ name: "demo", key: apiKey, scopes: [...SCOPES], connections: "all" }],
        connections: [
          {
            id: "demo-jira",
            vendor: "jira",
            name: "Demo Jira",
            allowPrivateAddress: true,
            settings: { baseUrl: jira.url, credentials: { email: jira.email, apiToken: jira.apiToken } },
          },
        ],
      },
    ],
  };
  return { settings, apiKey, close: () => jira.close() };
}
