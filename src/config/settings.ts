import { z, type ZodType } from "zod";
import { ConfigError } from "./config-error.js";
import { check, formatPath, type Path, type Problem } from "../domain/problems.js";
import { findRepeats } from "./repeats.js";
import { resolveSecrets, type Resolved } from "./secrets.js";
import { readSettingsFile } from "./settings-file.js";
import type { JwtSettings } from "./settings-jwt.js";
import { connectionShape, settingsShape } from "./settings-shape.js";
import type { Scope } from "../domain/caller.js";
import { didYouMean } from "../domain/suggest.js";
import { isRecord, listIn } from "./tree.js";

/** The configuration file, checked, with defaults in place and secrets put in. */
export interface Settings {
  readonly tenants: readonly TenantSettings[];
  readonly limits: {
    /** How many tickets one synchronous bulk mutation takes; default 50. */
    readonly bulkSyncMax: number;
    /** How many tickets one bulk job takes; default 10,000. */
    readonly bulkJobMax: number;
    /** Per API key; default 6,000. */
    readonly requestsPerMinute: number;
    /** Of one document; default 2,000. */
    readonly queryTokens: number;
    /** Fields within fields; default 10. */
    readonly queryDepth: number;
    /** Default 30. */
    readonly queryAliases: number;
    /** Default 20. */
    readonly queryDirectives: number;
    /** How many calls to vendors one operation may need, as it is estimated before it runs; default 500. */
    readonly vendorCalls: number;
  };
  readonly delivery?: DeliverySettings;
  /** No token is taken where this is absent. */
  readonly jwt?: JwtSettings;
  readonly hosts?: HostSettings;
}
/** Where connections that are made over the API may lead beyond their vendors' own hosts: names, `*.name`, IP addresses. */
export interface HostSettings {
  readonly allow: readonly string[];
  /** These may lie outside the public internet, and be spoken to without TLS. */
  readonly allowPrivate: readonly string[];
}
interface DeliverySettings {
  /** How long a lost answer may still be a late one; default 120. */
  readonly quietSeconds: number;
  /** How long a write is one replica's alone unless it is renewed; default 60. */
  readonly leaseSeconds: number;
  /** How long a caller waits before it is told PENDING; default 10. */
  readonly waitSeconds: number;
}
interface TenantSettings {
  readonly id: string;
  readonly apiKeys: readonly ApiKeySettings[];
  readonly connections: readonly ConnectionSettings[];
}
interface ApiKeySettings {
  readonly name: string;
  readonly key: string;
  readonly scopes: readonly Scope[];
  /** Ids of this tenant's connections; "all" where the file names none. */
  readonly connections: readonly string[] | "all";
  /** The connection that operations are for which name none; without it, and with several to choose from, they must. */
  readonly defaultConnection?: string;
}
export interface ConnectionSettings {
  readonly id: string;
  /** As the vendor is registered: "jira". */
  readonly vendor: string;
  /** For people; default: the id. */
  readonly name: string;
  /** Whether the vendor may live at a private address; default false. */
  readonly allowPrivateAddress: boolean;
  /** What becomes of a create that isn't found though its answer was lost; default "resend", "review" where the vendor can't say for sure. */
  readonly onUnknown?: "resend" | "review";
  /** How long one call to the vendor may take, waits for its limits included; default 30, or what the vendor needs. */
  readonly timeoutSeconds?: number;
  /** How often its tickets are copied into the store by themselves; only when somebody asks for it where this is absent. */
  readonly sync?: { readonly everyMinutes: number; readonly fullEveryHours: number };
  /** By which secret, and how, its vendor signs what it sends to /webhooks; nothing is taken where this is absent. */
  readonly webhook?: {
    readonly secret: string;
    readonly signatureHeader?: string;
    readonly ticketIdAt?: readonly string[];
  };
  /** All the rest (baseUrl, credentials, options) as the vendor's own schema parsed it. */
  readonly settings: unknown;
}

/**
 * Reads and checks the configuration file. `{"env": "NAME"}` may stand wherever a string may; `vendorSchemas` are by vendor name.
 * Throws one ConfigError that names the file and every problem in it, and never the value of a secret.
 */
export async function readSettings(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  vendorSchemas: ReadonlyMap<string, ZodType>,
): Promise<Settings> {
  const resolved = resolveSecrets(await readSettingsFile(path), env);
  const { tree, secrets } = resolved;
  const base = check(
    settingsShape,
    tree,
    [],
    (value, at) => at.at(-1) === "key" || at.at(-1) === "secret" || isSecret(secrets, value),
  );
  const { parsed, problems } = checkConnections(resolved, vendorSchemas);
  const all = [...resolved.problems, ...base.problems, ...problems, ...findRepeats(tree)];
  if (all.length > 0 || !base.value) throw new ConfigError(tell(path, withoutEchoes(all, resolved.problems)));

  return {
    limits: base.value.limits,
    delivery: base.value.delivery,
    ...(base.value.jwt && { jwt: base.value.jwt }),
    hosts: base.value.hosts,
    tenants: base.value.tenants.map((tenant, t) => ({
      id: tenant.id,
      apiKeys: tenant.apiKeys.map((key) => ({ ...key, connections: key.connections ?? "all" })),
      connections: tenant.connections.map(
        ({ id, vendor, name, allowPrivateAddress, onUnknown, timeoutSeconds, sync, webhook }, c) => ({
          id,
          vendor,
          name: name ?? id,
          allowPrivateAddress,
          onUnknown,
          timeoutSeconds,
          ...(sync && { sync }),
          ...(webhook && { webhook }),
          settings: parsed.get(formatPath(["tenants", t, "connections", c])),
        }),
      ),
    })),
  };
}

const OWN_KEYS = Object.keys(connectionShape.shape);

/** Runs each connection that can be found through its vendor's schema, however broken the rest of the file is. */
function checkConnections({ tree, secrets }: Resolved, vendorSchemas: ReadonlyMap<string, ZodType>) {
  const parsed = new Map<string, unknown>();
  const problems: Problem[] = [];
  for (const [path, connection] of connectionsIn(tree)) {
    const vendor = connection["vendor"];
    if (typeof vendor !== "string" || vendor === "") continue;
    const schema = vendorSchemas.get(vendor);
    if (!schema) {
      problems.push({ path: [...path, "vendor"], message: unknownVendor(vendor, [...vendorSchemas.keys()]) });
      continue;
    }
    const own = Object.fromEntries(Object.entries(connection).filter(([key]) => !OWN_KEYS.includes(key)));
    const hide = (value: unknown, at: Path) => !isTopLevelOption(at, own) || isSecret(secrets, value);
    const result = check(strict(schema), own, path, hide, OWN_KEYS);
    problems.push(...result.problems);
    parsed.set(formatPath(path), result.value);
  }
  return { parsed, problems };
}

function* connectionsIn(tree: unknown): Generator<readonly [Path, Readonly<Record<string, unknown>>]> {
  for (const [t, tenant] of listIn(tree, "tenants").entries())
    for (const [c, connection] of listIn(tenant, "connections").entries())
      if (isRecord(connection)) yield [["tenants", t, "connections", c], connection];
}

function unknownVendor(vendor: string, known: readonly string[]): string {
  return `there is no vendor "${vendor}".${didYouMean(vendor, known)} Known are: ${known.join(", ")}.`;
}

/** Credentials may be anywhere below the top level, or be what a union inside them reports without its place. */
function isTopLevelOption(path: Path, own: object): boolean {
  const [key] = path;
  return path.length === 1 && typeof key === "string" && key !== "credentials" && Object.hasOwn(own, key);
}

function isSecret(secrets: ReadonlySet<string>, value: unknown): boolean {
  return typeof value === "string" && secrets.has(value);
}

function strict(schema: ZodType): ZodType {
  return schema instanceof z.ZodObject ? schema.strict() : schema;
}

/** Leaves out what only repeats that a variable is not set. */
function withoutEchoes(all: readonly Problem[], unset: readonly Problem[]): readonly Problem[] {
  const missing = new Set(unset.map(({ path }) => formatPath(path)));
  return all.filter((problem) => unset.includes(problem) || !missing.has(formatPath(problem.path)));
}

function tell(file: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const lines = problems.map(({ path, message }) => `  - ${formatPath(path) || "the file as a whole"}: ${message}`);
  return `The configuration file ${file} has ${count}:\n${lines.join("\n")}`;
}
