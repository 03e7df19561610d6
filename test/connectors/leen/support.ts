import { afterEach, expect } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { Connection } from "../../../src/connectors/connection.js";
import { leen as vendor } from "../../../src/connectors/leen/index.js";
import type { TicketDraft } from "../../../src/domain/ticket.js";
import { startLeenSandbox, type LeenSandbox, type LeenSandboxOptions } from "../../../src/sandbox/leen/server.js";
import { describeApi, type ApiDescription, type Description } from "../../support/api-description.js";
import { connect, type ConnectOptions } from "../../support/connect.js";

interface TestLeen {
  readonly leen: LeenSandbox;
  readonly connection: Connection;
}

/** Leen's own description of its bulk create, in the file that LEEN_DESCRIPTION names; undefined where it isn't here. */
export function leenDescription(): ApiDescription | undefined {
  const usual = fileURLToPath(new URL("../../../../shared/specs/leen-bulk-sync.yaml", import.meta.url));
  const file = process.env["LEEN_DESCRIPTION"] ?? usual;
  return existsSync(file) ? describeApi(parse(readFileSync(file, "utf8")) as Description, /^\/v1(?=\/)/) : undefined;
}
export const NO_DESCRIPTION =
  "Leen's description isn't here: name its file in LEEN_DESCRIPTION to check requests and answers against it.";

const described = leenDescription();
const opened: TestLeen[] = [];
afterEach(async () => {
  for (const { leen, connection } of opened.splice(0)) {
    await connection.close();
    await leen.close();
    const bulk = leen.calls.filter(({ method, path }) => method === "POST" && path.endsWith("/bulk/sync"));
    expect(bulk.flatMap((call) => described?.check(call) ?? [])).toEqual([]);
  }
});

/** A connection to Leen in small; when the test ends, every bulk create that it made is held against Leen's description. */
export async function openTestLeen(
  options: LeenSandboxOptions & ConnectOptions & { readonly settings?: object } = {},
): Promise<TestLeen> {
  const leen = await startLeenSandbox(options);
  const { baseUrl, apiKey, connectionId } = leen;
  const settings = { baseUrl, credentials: { apiKey, connectionId }, ...options.settings };
  const connection = connect(vendor, settings, options);
  const opening = { leen, connection };
  opened.push(opening);
  return opening;
}

/** The Leen ids of the sandbox's first project. */
export const SEC = "3c90c3cc-0d44-4b50-8888-8dd25736052a";

export function draft(name: string, change: Partial<TicketDraft> = {}): TicketDraft {
  return {
    name,
    projectId: "SEC",
    typeId: "10034",
    assigneeIds: [],
    reporterIds: [],
    tags: [],
    customFields: {},
    ...change,
  };
}
