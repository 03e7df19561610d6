import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENGINES, newPlace } from "../test/support/databases.js";
import type { VendorAddress } from "./candidates/candidate.js";
import { CONNECTIONS, KEY, openAsker, type Asker } from "./load.js";
import { measured, running, type Running } from "./process.js";

export type Engine = (typeof ENGINES)[number];
/** PostgreSQL where TEST_DATABASE_URL names a server, as most gateways are run; else the embedded store. */
export const STORE: Engine = ENGINES.at(-1) ?? "pglite";

/** A connection to Jira as the configuration file has it. */
export function jiraConnection({ url: baseUrl, email, apiToken }: VendorAddress, id = "jira"): object {
  return { id, vendor: "jira", baseUrl, credentials: { email, apiToken } };
}

/** Where a gateway keeps things, between its starts too. */
interface Home {
  readonly folder: string;
  readonly databaseUrl: string | undefined;
  clear(): Promise<void>;
}

/** Makes a place for a gateway with these connections: a folder with its configuration, and a database of its own. */
export async function makeHome(connections: readonly object[], engine: Engine = STORE): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), "ticketgraph-bench-"));
  const place = await newPlace(engine);
  const scopes = ["tickets:read", "tickets:write", "connections:admin"];
  const settings = {
    tenants: [
      {
        id: "bench",
        apiKeys: [{ name: "bench", key: KEY, scopes }],
        connections: connections.map((one) => ({ allowPrivateAddress: true, ...one })),
      },
    ],
    limits: { requestsPerMinute: 6_000_000 },
  };
  await writeFile(join(folder, "ticketgraph.json"), JSON.stringify(settings));
  return {
    folder,
    databaseUrl: typeof place.where === "object" && "url" in place.where ? place.where.url : undefined,
    async clear() {
      await place.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Node's flags as `npm start` has them. */
async function startedWith(): Promise<readonly string[]> {
  const { scripts } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly scripts: { readonly start: string };
  };
  return scripts.start.match(/--\S+/g) ?? [];
}

/**
 * Starts the gateway as it is built and run: a key with scopes, every limit, metrics, a line in the log for each request.
 * Throws what it said where it doesn't start; its home is cleared then.
 */
export async function startGateway(home: Home): Promise<Running> {
  const { folder, databaseUrl, clear } = home;
  const said = join(folder, `said-${Date.now()}`);
  const log = await open(said, "w");
  const env = {
    PATH: process.env["PATH"] ?? "",
    PORT: "0",
    LOG_LEVEL: "info",
    EXPLORER: "off",
    DATA_DIR: folder,
    TICKETGRAPH_CONFIG: join(folder, "ticketgraph.json"),
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  };
  const child = measured(new URL("../dist/main.js", import.meta.url), {
    env,
    flags: await startedWith(),
    stdout: log.fd,
  });
  await log.close();
  for (;;) {
    const text = await readFile(said, "utf8");
    const [, url] = /Explorer: (http:\S+\/graphql)\n/.exec(text) ?? [];
    if (url) return running(child, url, clear);
    if (child.exitCode !== null) {
      await clear();
      throw new Error(`The gateway ended at its start: ${text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A gateway over some connections, asked by so many sockets, for as long as something is done with it. */
export async function withGateway<T>(
  connections: readonly object[],
  work: (gateway: Running & Asker) => Promise<T>,
  { engine = STORE, sockets = CONNECTIONS }: { engine?: Engine; sockets?: number } = {},
): Promise<T> {
  const gateway = await startGateway(await makeHome(connections, engine));
  const asker = openAsker(gateway.url, sockets);
  try {
    return await work({ ...gateway, ...asker });
  } finally {
    await asker.close();
    await gateway.stop();
  }
}
