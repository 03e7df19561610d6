import { afterEach } from "@jest/globals";
import type { Connection } from "../../../src/connectors/connection.js";
import { rezolve as vendor } from "../../../src/connectors/rezolve/index.js";
import type { TicketDraft } from "../../../src/domain/ticket.js";
import {
  startRezolveSandbox,
  type RezolveSandbox,
  type RezolveSandboxOptions,
} from "../../../src/sandbox/rezolve/server.js";
import { connect, type ConnectOptions } from "../../support/connect.js";

export interface TestRezolve {
  readonly rezolve: RezolveSandbox;
  readonly connection: Connection;
}

const opened: TestRezolve[] = [];
afterEach(async () => {
  for (const { rezolve, connection } of opened.splice(0)) {
    await connection.close();
    await rezolve.close();
  }
});

interface Options extends RezolveSandboxOptions, ConnectOptions {
  /** How the connection signs; by a token that never ends unless told. */
  readonly credentials?: (sandbox: RezolveSandbox) => object;
  readonly settings?: object;
}

/** A connection to Rezolve in small. */
export async function openTestRezolve(options: Options = {}): Promise<TestRezolve> {
  const rezolve = await startRezolveSandbox(options);
  const { url: baseUrl, tenantId, realm, token } = rezolve;
  const credentials = options.credentials?.(rezolve) ?? { token };
  const connection = connect(vendor, { baseUrl, tenantId, realm, credentials, ...options.settings }, options);
  const opening = { rezolve, connection };
  opened.push(opening);
  return opening;
}

const HARDWARE = "16910";
export const SOFTWARE = "16911";

export function draft(name: string, change: Partial<TicketDraft> = {}): TicketDraft {
  return {
    name,
    projectId: "james",
    typeId: HARDWARE,
    assigneeIds: [],
    reporterIds: [],
    tags: [],
    own: { offerId: "23629" },
    customFields: {},
    ...change,
  };
}
