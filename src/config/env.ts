import { ConfigError } from "./config-error.js";
import { SCOPES } from "../domain/caller.js";
import {
  choice,
  flag,
  optionalNumber,
  optionalText,
  origin,
  origins,
  postgresUrl,
  secretKeys,
  secretText,
  text,
  wholeNumber,
  type Variable,
} from "./variable.js";

/** What the environment decides; made once at start and frozen. */
export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** PostgreSQL's address; undefined: an embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** What kind of PostgreSQL it is, for the job queue. */
  readonly queueBackend: (typeof QUEUE_BACKENDS)[number];
  /** Path of the configuration file; undefined starts the demo. */
  readonly settingsPath: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly explorer: (typeof EXPLORERS)[number];
  /** Origins of web pages that may call this server. */
  readonly corsOrigins: readonly string[];
  /** The longest request body that is read, in bytes. */
  readonly bodyLimit: number;
  /** The longest file that is passed on to a ticket, in bytes. */
  readonly attachmentLimit: number;
  /** The keys that wrap the keys of connections: the present one, and older ones that are still to be read. Empty: one in `dataDir`. */
  readonly masterKeys: readonly Buffer[];
  /** How many proxies stand in front that write X-Forwarded-For. */
  readonly trustedProxies: number;
  /** Where others reach this server, without a slash at the end; undefined: as their requests say. */
  readonly publicUrl: string | undefined;
  /** The scope that the schema is shown to; "off" shows it to nobody. */
  readonly introspection: (typeof INTROSPECTIONS)[number];
  /** Path of a manifest of documents that may be asked for by hash. */
  readonly trustedDocuments: string | undefined;
  /** Whether no other documents are accepted. */
  readonly trustedDocumentsOnly: boolean;
  /** Whether the schema is a subgraph of Apollo Federation as well. */
  readonly federation: boolean;
  /** What a scraper of /metrics must send; undefined: only this machine may scrape. */
  readonly metricsToken: string | undefined;
  /** Where a replica that only works tells how it is; undefined: nowhere. */
  readonly metricsPort: number | undefined;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const QUEUE_BACKENDS = ["postgres", "citus", "cockroachdb", "yugabytedb"] as const;
const INTROSPECTIONS = [...SCOPES, "off"] as const;
const EXPLORERS = ["graphiql", "apollo", "off"] as const;

const VARIABLES = {
  PORT: wholeNumber("4000", "The port that the server listens on; 0 takes any free one.", 0, 65_535),
  HOST: text("127.0.0.1", "The address that it listens on; 0.0.0.0 lets other machines in."),
  DATA_DIR: text(".ticketgraph", "The folder for what must outlive a restart."),
  DATABASE_URL: postgresUrl(
    "Address of a PostgreSQL database (postgres://user:password@host/name). Without it there is an embedded one in DATA_DIR, for one process alone.",
  ),
  TICKETGRAPH_MASTER_KEY: secretKeys(
    "Encrypts the credentials of connections. Without it there is one in DATA_DIR, for one machine alone.",
    1,
  ),
  TICKETGRAPH_OLD_MASTER_KEYS: secretKeys(
    "Earlier ones, separated by commas, until `ticketgraph rotate-keys` was run.",
    10,
  ),
  QUEUE_BACKEND: choice("postgres", "What kind of database DATABASE_URL leads to, for the job queue.", QUEUE_BACKENDS),
  TICKETGRAPH_CONFIG: optionalText("Path of the configuration file (JSON or YAML). Without it the demo starts."),
  LOG_LEVEL: choice("info", "How much is logged; in the demo no more than warnings, unless told.", LOG_LEVELS),
  EXPLORER: choice("graphiql", "The page that a browser gets at /graphql.", EXPLORERS),
  CORS_ORIGINS: origins("Web origins that may call this server, separated by commas; none by default."),
  BODY_LIMIT: wholeNumber("5242880", "The longest request body in bytes.", 1024, 1_073_741_824),
  ATTACHMENT_LIMIT: wholeNumber("262144000", "The longest file that may be attached, in bytes.", 1024, 107_374_182_400),
  TRUSTED_PROXIES: wholeNumber("0", "How many proxies of your own stand in front and write X-Forwarded-For.", 0, 10),
  PUBLIC_URL: origin(
    "The address at which others reach this server, for links in answers. Without it, the one that each request was sent to.",
  ),
  INTROSPECTION: choice("tickets:read", "The scope that the schema is shown to.", INTROSPECTIONS),
  TRUSTED_DOCUMENTS: optionalText("Path of a JSON manifest of documents that clients may ask for by hash."),
  TRUSTED_DOCUMENTS_ONLY: flag("Whether no other documents are accepted than those of TRUSTED_DOCUMENTS."),
  FEDERATION: flag("Whether the schema can be composed into a supergraph, as a subgraph of Apollo Federation 2."),
  METRICS_TOKEN: secretText(
    "What a scraper of /metrics sends as a bearer token. Without it only this machine may scrape.",
  ),
  METRICS_PORT: optionalNumber(
    "The port at which `ticketgraph work` serves /metrics, /healthz and /readyz. Without it, it doesn't listen.",
    0,
    65_535,
  ),
};

/** The names of all environment variables that serve and work read. */
export const ENVIRONMENT: readonly string[] = Object.keys(VARIABLES);

/** Reads the environment. An empty variable counts as absent. Throws ConfigError, naming every variable that is wrong. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  function read<T>(name: keyof typeof VARIABLES, { schema, fallback, wanted, isSecret }: Variable<T>): T {
    const given = env[name]?.trim();
    const result = schema.safeParse(given ? given : fallback);
    if (result.success) return result.data;
    const told = isSecret ? "is wrong: it" : `is "${given ?? ""}", but`;
    problems.push(`The environment variable ${name} ${told} must be ${wanted}.`);
    return schema.parse(fallback);
  }
  const settingsPath = read("TICKETGRAPH_CONFIG", VARIABLES.TICKETGRAPH_CONFIG);
  // The demo tells a person its key: what would scroll it away is for who asks for it.
  const quiet = settingsPath === undefined && { fallback: "warn" };
  const config: Config = {
    port: read("PORT", VARIABLES.PORT),
    host: read("HOST", VARIABLES.HOST),
    dataDir: read("DATA_DIR", VARIABLES.DATA_DIR),
    databaseUrl: read("DATABASE_URL", VARIABLES.DATABASE_URL),
    queueBackend: read("QUEUE_BACKEND", VARIABLES.QUEUE_BACKEND),
    settingsPath,
    logLevel: read("LOG_LEVEL", { ...VARIABLES.LOG_LEVEL, ...quiet }),
    explorer: read("EXPLORER", VARIABLES.EXPLORER),
    corsOrigins: Object.freeze(read("CORS_ORIGINS", VARIABLES.CORS_ORIGINS)),
    masterKeys: Object.freeze([
      ...read("TICKETGRAPH_MASTER_KEY", VARIABLES.TICKETGRAPH_MASTER_KEY),
      ...read("TICKETGRAPH_OLD_MASTER_KEYS", VARIABLES.TICKETGRAPH_OLD_MASTER_KEYS),
    ]),
    bodyLimit: read("BODY_LIMIT", VARIABLES.BODY_LIMIT),
    attachmentLimit: read("ATTACHMENT_LIMIT", VARIABLES.ATTACHMENT_LIMIT),
    trustedProxies: read("TRUSTED_PROXIES", VARIABLES.TRUSTED_PROXIES),
    publicUrl: read("PUBLIC_URL", VARIABLES.PUBLIC_URL),
    introspection: read("INTROSPECTION", VARIABLES.INTROSPECTION),
    trustedDocuments: read("TRUSTED_DOCUMENTS", VARIABLES.TRUSTED_DOCUMENTS),
    trustedDocumentsOnly: read("TRUSTED_DOCUMENTS_ONLY", VARIABLES.TRUSTED_DOCUMENTS_ONLY),
    federation: read("FEDERATION", VARIABLES.FEDERATION),
    metricsToken: read("METRICS_TOKEN", VARIABLES.METRICS_TOKEN),
    metricsPort: read("METRICS_PORT", VARIABLES.METRICS_PORT),
  };
  if (config.masterKeys.length > 0 && !env["TICKETGRAPH_MASTER_KEY"]?.trim())
    problems.push("TICKETGRAPH_OLD_MASTER_KEYS are given without a present one. Set TICKETGRAPH_MASTER_KEY too.");
  if (config.trustedDocumentsOnly && config.trustedDocuments === undefined)
    problems.push("TRUSTED_DOCUMENTS_ONLY is true, but there is no manifest. Set TRUSTED_DOCUMENTS to its path.");
  if (problems.length > 0) throw new ConfigError(problems.join("\n"));
  return Object.freeze(config);
}

/** The environment variables for people, one paragraph each: what `--help` prints. */
export function describeEnvironment(): string {
  return Object.entries<Variable<unknown>>(VARIABLES)
    .map(([name, { about, wanted, fallback }]) => {
      const otherwise = fallback ? `default ${fallback}` : "no default";
      return `  ${name}\n      ${about}\n      ${wanted[0]?.toUpperCase()}${wanted.slice(1)}; ${otherwise}.`;
    })
    .join("\n");
}
