import { expect } from "@jest/globals";
import { GraphQLClient } from "graphql-request";
import { startApp, type App } from "../../src/app.js";
import type { Config } from "../../src/config/env.js";
import type { ConnectionSettings, Settings } from "../../src/config/settings.js";
import { SCOPES, type Scope } from "../../src/domain/caller.js";
import { startJiraSandbox, type JiraSandbox } from "../../src/sandbox/jira/server.js";
import type { Where } from "../../src/store/open.js";
import { createLogger, type Logger } from "../../src/server/logger.js";
import type { Tracing } from "../../src/server/trace.js";
import { getSdk, type Sdk } from "../generated/sdk.js";
import { newPlace } from "./databases.js";
import { testExecutor } from "./executor.js";
import { configOf, connectionTo, LIMITS } from "./gateway.js";
import { undescribed } from "./jira-description.js";

export const KEY = "test_key_0123456789abcdefghij";
export const READER_KEY = "test_reader_0123456789abcdefg";
export const STRANGER_KEY = "test_stranger_0123456789abcde";

/** The whole gateway over a sandbox Jira, spoken to through real HTTP. */
export interface TestApp {
  readonly app: App;
  readonly jira: JiraSandbox;
  readonly sdk: Sdk;
  /** The client with other headers. */
  sdkAs(headers: Record<string, string>): Sdk;
  /** Any document, errors included. */
  query(document: string, variables?: Record<string, unknown>, key?: string): Promise<Answer>;
  close(): Promise<void>;
}
export interface Answer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the tests assert what is in it
  readonly data?: any;
  readonly errors?: readonly { message: string; path?: unknown[]; extensions?: Record<string, unknown> }[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the same
  readonly extensions?: any;
}

export interface TestAppOptions {
  readonly jira?: Parameters<typeof startJiraSandbox>[0];
  readonly store?: Where;
  readonly delivery?: Settings["delivery"];
  readonly onUnknown?: "resend" | "review";
  readonly timeoutSeconds?: number;
  readonly sync?: ConnectionSettings["sync"];
  readonly webhook?: ConnectionSettings["webhook"];
  readonly jwt?: Settings["jwt"];
  readonly limits?: Partial<Settings["limits"]>;
  readonly hosts?: Settings["hosts"];
  readonly config?: Partial<Config>;
  /** Another replica over the same Jira, which is then not this one's to close. */
  readonly over?: JiraSandbox;
  /** The other tenant's own Jira, not this one's to close; the same one for both unless told. */
  readonly strangerJira?: JiraSandbox;
  /** Nothing is logged unless told where. */
  readonly log?: Logger;
  /** Where spans go; none are made without it. */
  readonly tracing?: Tracing;
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const jira = options.over ?? (await startJiraSandbox(options.jira));
  const connection = (id: string, name: string, site = jira): ConnectionSettings => ({
    ...connectionTo(site, id, name),
    ...(options.onUnknown && { onUnknown: options.onUnknown }),
    ...(options.sync && { sync: options.sync }),
    ...(options.webhook && { webhook: options.webhook }),
    ...(options.timeoutSeconds && { timeoutSeconds: options.timeoutSeconds }),
  });
  const key = (name: string, value: string, scopes: readonly Scope[]) => ({
    name,
    key: value,
    scopes: [...scopes],
    connections: "all" as const,
  });
  const place = options.store ? { where: options.store, drop: async () => {} } : await newPlace();
  const letGo = async (): Promise<void> => {
    await place.drop();
    if (!options.over) await jira.close();
  };
  const starting = startApp({
    ...testExecutor(),
    config: { ...configOf(), ...options.config },
    log: options.log ?? createLogger("silent"),
    store: place.where,
    tracing: options.tracing,
    sampleQuery: "",
    settings: {
      ...(options.delivery && { delivery: options.delivery }),
      ...(options.jwt && { jwt: options.jwt }),
      ...(options.hosts && { hosts: options.hosts }),
      limits: { ...LIMITS, ...options.limits },
      tenants: [
        {
          id: "acme",
          apiKeys: [key("backend", KEY, SCOPES), key("reader", READER_KEY, ["tickets:read"])],
          connections: [connection("jira", "Acme Jira")],
        },
        {
          id: "stranger",
          apiKeys: [key("stranger", STRANGER_KEY, SCOPES)],
          connections: [connection("stranger-jira", "Another Jira", options.strangerJira)],
        },
      ],
    },
  });
  const app = await starting.catch(async (error: unknown) => {
    await letGo();
    throw error;
  });
  const endpoint = `${app.url}/graphql`;
  const sdkAs = (headers: Record<string, string>): Sdk => getSdk(new GraphQLClient(endpoint, { headers }));
  return {
    app,
    jira,
    sdk: sdkAs({ "x-api-key": KEY }),
    sdkAs,
    async query(query, variables = {}, apiKey = KEY) {
      const response = await fetch(endpoint, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": apiKey },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async close() {
      await app.close();
      await letGo();
      if (!options.over) expect(undescribed(jira.calls)).toEqual([]);
    },
  };
}
