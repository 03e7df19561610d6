import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { ConfigError } from "../../src/config/config-error.js";
import { readSettings, type Settings } from "../../src/config/settings.js";

export const KEY = "a-key-of-more-than-24-characters";
export const VENDORS = new Map<string, z.ZodType>([
  [
    "jira",
    z.object({
      baseUrl: z.url(),
      credentials: z.union([
        z.strictObject({ email: z.email(), apiToken: z.string().min(1) }),
        z.strictObject({ oauth: z.strictObject({ clientId: z.string(), clientSecret: z.string() }) }),
      ]),
      pageSize: z.int().default(50),
    }),
  ],
  ["request-tracker", z.strictObject({ baseUrl: z.url(), credentials: z.strictObject({ token: z.string() }) })],
]);

export const jira = {
  id: "acme-jira",
  vendor: "jira",
  name: "Acme Jira",
  baseUrl: "https://acme.example",
  credentials: { email: "bot@acme.test", apiToken: { env: "JIRA_TOKEN" } },
};
export const tracker = {
  id: "acme-rt",
  vendor: "request-tracker",
  baseUrl: "https://rt.example",
  credentials: { token: "t" },
};
export const backend = {
  name: "backend",
  key: { env: "ACME_KEY" },
  scopes: ["tickets:read"],
  connections: ["acme-jira"],
};
export const acme = { id: "acme", apiKeys: [backend], connections: [jira, tracker] };
export const ENV = { JIRA_TOKEN: "very-secret-token", ACME_KEY: KEY };

/** Reads this content as a configuration file; text as it stands, anything else as JSON. */
export async function read(content: unknown, env: Record<string, string | undefined> = ENV): Promise<Settings> {
  const folder = await mkdtemp(join(tmpdir(), "settings-"));
  try {
    const path = join(folder, "settings.yaml");
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
    return await readSettings(path, env, VENDORS);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What is complained of, line by line, without the first line. */
export async function complaints(content: unknown, env?: Record<string, string | undefined>): Promise<string[]> {
  const error: unknown = await read(content, env).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error(`Expected a ConfigError, found ${String(error)}`);
  const [head = "", ...lines] = error.message.split("\n");
  if (!/^The configuration file .*settings\.yaml has (a problem|\d+ problems):$/.test(head)) throw new Error(head);
  return lines.map((line) => line.replace("  - ", ""));
}

export const withTenant = (tenant: object): object => ({ tenants: [{ ...acme, ...tenant }] });
