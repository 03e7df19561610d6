import type { Config } from "../../src/config/env.js";
import type { ConnectionSettings, Settings } from "../../src/config/settings.js";
import { DEFAULT_LIMITS } from "../../src/config/settings-shape.js";
import { SCOPES, type Caller } from "../../src/domain/caller.js";
import type { NewTicket } from "../../src/domain/new-ticket.js";
import type { TicketDraft } from "../../src/domain/ticket.js";
import type { JiraSandbox } from "../../src/sandbox/jira/server.js";

/** The environment of a gateway that says nothing and listens on a free port. */
export function configOf(): Config {
  return {
    port: 0,
    host: "127.0.0.1",
    dataDir: "/nonexistent",
    masterKeys: [Buffer.alloc(32, "a master key of the tests")],
    databaseUrl: undefined,
    queueBackend: (process.env["QUEUE_BACKEND"] ?? "postgres") as Config["queueBackend"],
    settingsPath: undefined,
    logLevel: "silent",
    explorer: "off",
    corsOrigins: [],
    attachmentLimit: 150_000_000,
    publicUrl: undefined,
    trustedProxies: 0,
    bodyLimit: 5_242_880,
    introspection: "tickets:read",
    trustedDocuments: undefined,
    trustedDocumentsOnly: false,
    federation: false,
    metricsToken: undefined,
    metricsPort: undefined,
  };
}

/** As a gateway has them that is told none, but for the requests: tests ask faster than people may. */
export const LIMITS: Settings["limits"] = { ...DEFAULT_LIMITS, requestsPerMinute: 1_000_000 };

/** A connection to a sandbox. */
export function connectionTo(
  { url, email, apiToken }: Pick<JiraSandbox, "url" | "email" | "apiToken">,
  id = "jira",
  name = id,
): ConnectionSettings {
  const credentials = { email, apiToken };
  return { id, vendor: "jira", name, allowPrivateAddress: true, settings: { baseUrl: url, credentials } };
}

/** One tenant with one connection, for those who speak to the kernel itself. */
export function settingsOf(jira: JiraSandbox): Settings {
  return { limits: LIMITS, tenants: [{ id: "acme", apiKeys: [], connections: [connectionTo(jira)] }] };
}

/** Somebody of that tenant who may do everything. */
export const CALLER: Caller = {
  tenantId: "acme",
  name: "test",
  keyId: "config:test",
  scopes: new Set(SCOPES),
  connections: "all",
};

/** A task as short as can be. */
export function newTicket(name: string): NewTicket {
  return { name, project: { vendorId: "PLAT" }, type: { name: "Task" }, assignees: [], reporters: [], tags: [] };
}

/** A draft as short as can be. */
export function newDraft(name: string): TicketDraft {
  return { name, projectId: "1", typeId: "1", assigneeIds: [], reporterIds: [], tags: [], customFields: {} };
}
