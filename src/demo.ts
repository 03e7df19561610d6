import { makeDemoKey } from "./auth/key-format.js";
import { SCOPES } from "./domain/caller.js";
import type { ConnectionSettings, Settings } from "./config/settings.js";
import { DEFAULT_LIMITS } from "./config/settings-shape.js";
import { startJiraSandbox, type JiraSandbox } from "./sandbox/jira/server.js";
import { startLeenSandbox, type LeenSandbox } from "./sandbox/leen/server.js";
import { startRezolveSandbox, type RezolveSandbox } from "./sandbox/rezolve/server.js";
import { startStackOneSandbox, type StackOneSandbox } from "./sandbox/stackone/server.js";

/** A gateway that needs nothing: vendors in small on loopback, one tenant, one key. */
interface Demo {
  readonly settings: Settings;
  readonly apiKey: string;
  close(): Promise<void>;
}

/** Every vendor in small, and a connection to each. */
export interface DemoVendors {
  readonly jira: JiraSandbox;
  readonly leen: LeenSandbox;
  readonly rezolve: RezolveSandbox;
  readonly stackone: StackOneSandbox;
  readonly connections: readonly ConnectionSettings[];
  close(): Promise<void>;
}

/** Starts the sandbox vendors and makes settings for them, with a new key each time. */
export async function startDemo(): Promise<Demo> {
  const { connections, close } = await startVendors();
  const apiKey = makeDemoKey();
  const key = {
    name: "demo",
    key: apiKey,
    scopes: [...SCOPES],
    connections: "all",
    defaultConnection: "demo-jira",
  } as const;
  const settings: Settings = {
    limits: DEFAULT_LIMITS,
    // The vendors of the demo live on this machine, and so may those that are connected to it by hand.
    hosts: { allow: ["127.0.0.1"], allowPrivate: ["127.0.0.1"] },
    tenants: [{ id: "demo", apiKeys: [key], connections }],
  };
  return { settings, apiKey, close };
}

/** Starts all sandbox vendors; the connections' ids are `demo-` and the vendor's name. */
export async function startVendors(): Promise<DemoVendors> {
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
  const close = async (): Promise<void> => {
    await Promise.all([jira, leen, rezolve, stackone].map((sandbox) => sandbox.close()));
  };
  return { jira, leen, rezolve, stackone, connections, close };
}

function connectionTo(vendor: string, name: string, settings: unknown): ConnectionSettings {
  const sync = { everyMinutes: 1, fullEveryHours: 1 };
  return { id: `demo-${vendor}`, vendor, name, allowPrivateAddress: true, sync, settings };
}
