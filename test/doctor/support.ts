import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "../../src/doctor/finding.js";
import { emptyPlace } from "../support/databases.js";

/** A folder with a configuration file for one tenant, and an environment that names both and listens on a free port. */
export interface Surroundings {
  readonly folder: string;
  readonly env: Record<string, string>;
  drop(): Promise<void>;
}

/** Makes a database that is still empty, and the surroundings of a gateway that would use it. */
export async function surroundings(
  engine: "pglite" | "postgres",
  connections: readonly object[],
): Promise<Surroundings> {
  const folder = await mkdtemp(join(tmpdir(), "doctor-"));
  const path = join(folder, "ticketgraph.json");
  const tenant = { id: "acme", connections: connections.map((one) => ({ allowPrivateAddress: true, ...one })) };
  await writeFile(path, JSON.stringify({ tenants: [tenant] }));
  const place = engine === "postgres" ? await emptyPlace(engine) : undefined;
  const where = place?.where;
  return {
    folder,
    env: {
      PORT: "0",
      TICKETGRAPH_CONFIG: path,
      DATA_DIR: folder,
      ...(typeof where === "object" && "url" in where && { DATABASE_URL: where.url }),
    },
    async drop() {
      await place?.drop();
      await rm(folder, { recursive: true });
    },
  };
}

/** What was found of one thing: each as "state found → todo". */
export function toldOf(findings: readonly Finding[], what: string): readonly string[] {
  return findings
    .filter((one) => one.what === what)
    .map(({ state, found, todo }) => `${state} ${found}${todo === undefined ? "" : ` → ${todo}`}`);
}

/** All that isn't as it should be. */
export function troubles(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ state }) => state !== "ok").map(({ state, what, found }) => `${state} ${what}: ${found}`);
}
