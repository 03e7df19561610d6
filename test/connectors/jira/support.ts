import { afterEach, expect } from "@jest/globals";
import { Connection } from "../../../src/connectors/connection.js";
import { jira as vendor } from "../../../src/connectors/jira/index.js";
import type { TicketDraft } from "../../../src/domain/ticket.js";
import { openHttp, type HttpOptions } from "../../../src/http/open-http.js";
import { startJiraSandbox, type JiraSandbox, type JiraSandboxOptions } from "../../../src/sandbox/jira/server.js";
import { undescribed } from "../../support/jira-description.js";
import { keptTokens } from "../../support/kept-tokens.js";

export interface TestJira {
  readonly jira: JiraSandbox;
  readonly connection: Connection;
  readonly saved: string[];
}

interface Options {
  readonly sandbox?: JiraSandboxOptions;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly oauth?: boolean;
  readonly http?: Partial<HttpOptions>;
}

const opened: TestJira[] = [];
afterEach(async () => {
  for (const { jira, connection } of opened.splice(0)) {
    await connection.close();
    await jira.close();
    expect(undescribed(jira.calls)).toEqual([]);
  }
});

/** A connection to a sandbox of its own; when the test ends, every request that it made is held against Jira's description. */
export async function openTestJira(options: Options = {}): Promise<TestJira> {
  const jira = await startJiraSandbox({ issues: 30, ...options.sandbox });
  const { email, apiToken, oauth, cloudId, url } = jira;
  const settings = vendor.settings.parse({
    baseUrl: url,
    credentials: options.oauth ? { oauth: { ...oauth, cloudId, authUrl: url, apiUrl: url } } : { email, apiToken },
    ...options.settings,
  });
  const refreshTokens = keptTokens();
  const http = openHttp({
    wire: vendor.wire,
    settings,
    allowPrivateAddress: true,
    refreshTokens,
    random: () => 0,
    ...(options.http && { options: options.http }),
  });
  const connection = new Connection({ id: "jira", name: "Jira", vendor, settings, http });
  const opening = { jira, connection, saved: refreshTokens.saved };
  opened.push(opening);
  return opening;
}

export const PLAT = "10000";
export const BUG = "10003";

export function draft(name: string, change: Partial<TicketDraft> = {}): TicketDraft {
  return {
    name,
    projectId: PLAT,
    typeId: BUG,
    assigneeIds: [],
    reporterIds: [],
    tags: [],
    customFields: {},
    ...change,
  };
}
