import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SCOPES } from "../../src/domain/caller.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const KEY = "chaos_key_0123456789abcdefgh";

/** Where gateways keep things, and what they speak to. */
export interface Setup {
  readonly folder: string;
  /** PostgreSQL's address; without it each gateway has the folder's embedded database. */
  readonly databaseUrl?: string;
  /** What else its environment says. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Writes a configuration for one connection, "vendor", or several, and one key that may do everything. Each connection is as in the
 * configuration file; a lease lasts two seconds unless told, and a quiet time one: a vendor may commit no later than that.
 */
export async function setUp(
  connections: object | readonly object[],
  databaseUrl?: string,
  leaseSeconds = 2,
  quietSeconds = 1,
  limits: object = {},
): Promise<Setup> {
  const folder = await mkdtemp(join(tmpdir(), "chaos-"));
  const settings = {
    tenants: [
      {
        id: "acme",
        apiKeys: [{ name: "chaos", key: KEY, scopes: SCOPES }],
        connections: [connections].flat().map((one) => ({ id: "vendor", allowPrivateAddress: true, ...one })),
      },
    ],
    limits,
    delivery: { quietSeconds, leaseSeconds, waitSeconds: 5 },
  };
  await writeFile(join(folder, "ticketgraph.json"), JSON.stringify(settings));
  return { folder, ...(databaseUrl && { databaseUrl }) };
}

export const tearDown = ({ folder }: Setup): Promise<void> => rm(folder, { recursive: true, force: true });

/** A gateway in a process of its own, as the program starts it. */
export interface Gateway {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it wrote so far. */
  output(): string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** What `npm run build` makes; the tests build it before they begin. */
export const AS_BUILT = ["dist/main.js"];

/** Starts a gateway as it is built. */
export async function startGateway({ folder, databaseUrl, env }: Setup, program = AS_BUILT): Promise<Gateway> {
  const child = spawn(process.execPath, program, {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH ?? "",
      PORT: "0",
      LOG_LEVEL: "error",
      EXPLORER: "off",
      DATA_DIR: folder,
      TICKETGRAPH_CONFIG: join(folder, "ticketgraph.json"),
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      ...env,
      ...(process.env["QUEUE_BACKEND"] && { QUEUE_BACKEND: process.env["QUEUE_BACKEND"] }),
    },
  });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (out += chunk.toString()));
  const ended = once(child, "close");
  for (;;) {
    const [, url] = /Explorer: (http:\S+\/graphql)\n/.exec(out) ?? [];
    if (url) {
      return {
        url,
        process: child,
        output: () => out,
        async kill() {
          child.kill("SIGKILL");
          await ended;
        },
      };
    }
    const isOver = await Promise.race([once(child.stdout, "data").then(() => false), ended.then(() => true)]);
    if (isOver) throw new Error(`The gateway ended at its start: ${out}`);
  }
}

/** Asks a gateway; undefined when it isn't there to answer. Throws what it answers in errors. */
export async function ask<T>(url: string, query: string, variables: object = {}, key = KEY): Promise<T | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": key },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(20_000),
    });
    const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  } catch (error) {
    // An error of fetch itself is of another realm than the tests' own, and no instance of their Error.
    const { name, message } = error as Error;
    if (/fetch failed|terminated|aborted|socket/i.test(`${message} ${name}`)) return undefined;
    throw error;
  }
}
