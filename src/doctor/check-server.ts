import type { ServerState } from "../store/server-state.js";
import { failed, ok, warning, type Finding } from "./finding.js";

const WHAT = "database";
const LEAST = 14;
/** What one replica opens: for itself, for the queue, and to listen. */
const PER_REPLICA = 16;

/** Whether the database keeps what it promises, and keeps tenants apart; an embedded one has no server to look at. */
export function checkServer(server: ServerState, isEmbedded: boolean): readonly Finding[] {
  const troubles = [...(isEmbedded ? [] : [...durability(server), ...room(server)]), ...tenants(server)];
  if (troubles.length > 0) return troubles;
  return [ok(WHAT, `${isEmbedded ? "Embedded " : ""}PostgreSQL ${major(server)}; tenants are kept apart.`)];
}

function major({ version }: ServerState): number {
  return Math.floor(version / 10_000);
}

function* durability(server: ServerState): Generator<Finding> {
  if (major(server) < LEAST)
    yield failed(WHAT, `PostgreSQL ${major(server)} is too old.`, `Use version ${LEAST} or later.`);
  if (server.isStandby)
    yield failed(WHAT, "It is a standby, which takes no writes.", "Point DATABASE_URL at the primary.");
  if (server.synchronousCommit === "off")
    yield failed(
      WHAT,
      "Commits don't wait for the disk, though the gateway asks for it.",
      "Use a pooler that passes the option synchronous_commit on, in session mode.",
    );
  for (const [name, value] of [
    ["fsync", server.fsync],
    ["full_page_writes", server.fullPageWrites],
  ] as const)
    if (value === "off")
      yield failed(WHAT, `${name} is off: a crash may take what was promised.`, `Turn ${name} on at the server.`);
}

function* room({ connections, maxConnections }: ServerState): Generator<Finding> {
  if (maxConnections - connections >= PER_REPLICA) return;
  yield warning(
    WHAT,
    `${connections} of ${maxConnections} connections are open, and a replica needs up to ${PER_REPLICA}.`,
    "Raise max_connections, or run fewer replicas.",
  );
}

function* tenants({ missingRoles, openTables }: ServerState): Generator<Finding> {
  if (missingRoles.length > 0)
    yield failed(
      WHAT,
      `Its user can't become ${missingRoles.join(" and ")}, by which tenants are kept apart.`,
      "Run `ticketgraph migrate`: it makes them, or says what an administrator has to run.",
    );
  if (openTables.length > 0)
    yield failed(
      WHAT,
      `Row-level security isn't forced on ${openTables.join(", ")}.`,
      "Run `alter table … enable row level security` and `… force row level security` on them, and find out who took it away.",
    );
}
