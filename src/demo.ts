import { makeDemoKey } from "./auth/api-key.js";
import { SCOPES } from "./domain/caller.js";
import type { ConnectionSettings, Settings } from "./config/settings.js";
import { startJiraSandbox } from "./sandbox/jira/server.js";
import { startLeenSandbox } from "./sandbox/leen/server.js";
import { startRezolveSandbox } from "./sandbox/rezolve/server.js";
import { startStackOneSandbox } from "./sandbox/stackone/server.js";

/** A gateway that needs nothing: vendors in small on loopback, one tenant, one key. */
export interface Demo {
  readonly settings: Settings;
  readonly apiKey: string;
  close(): Promise<void>;
}

/** Starts the sandbox vendors and makes settings for them, with a new key each time. */
export async function startDemo(): Promise<Demo> {
  const [jira, leen, rezolve, stackone] = await Promise.all([
    startJiraSandbox(),
    startLeenSandbox(),
    startRezolveSandbox(),
    startStackOneSandbox(),
  ]);
  const { clientId, clientSecret, tokenUrl, tenantId, realm } = rezolve;
  const connections: readonly ConnectionSettings[] = [
    connectionTo("jira", "Demo Jira", {
      baseUrl: jira.url,
      credentials: { email: jira.email, apiToken: jira.apiToken },
    }),
    connectionTo("leen", "Demo Leen", {
      baseUrl: leen.baseUrl,
      credentials: { apiKey: leen.apiKey, connectionId: leen.connectionId },
    }),
    connectionTo("rezolve", "Demo Rezolve", {
      baseUrl: rezolve.url,
      tenantId,
      realm,
      credentials: { oauth: { tokenUrl, clientId, clientSecret } },
    }),
    connectionTo("stackone", "Demo StackOne", {
      baseUrl: stackone.url,
      accountId: stackone.accountId,
      credentials: { apiKey: stackone.apiKey },
    }),
  ];
  const apiKey = makeDemoKey();
  const settings: Settings = {
    limits: { bulkSyncMax: 50, bulkJobMax: 10_000, requestsPerMinute: 6_000 },
    tenants: [
      {
        id: "demo",
        apiKeys: [
          { name: "demo", key: apiKey, scopes: [...SCOPES], connections: "all", defaultConnection: "demo-jira" },
        ],
        connections,
      },
    ],
  };
  const close = async (): Promise<void> => {
    await Promise.all([jira, leen, rezolve, stackone].map((sandbox) => sandbox.close()));
  };
  return { settings, apiKey, close };
}

function connectionTo(vendor: string, name: string, settings: unknown): ConnectionSettings {
  return { id: `demo-${vendor}`, vendor, name, allowPrivateAddress: true, settings };
}
